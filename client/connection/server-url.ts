/**
 * The address of a page's server: below the folder that the page lies in, at the root of a host or under any path of
 * it.
 */

/**
 * @param page the page's own address.
 * @param folder of the server seen from the page's: "." for the game's page.
 * @returns what an SDK takes, such as `wss://play.example/game/`.
 */
export const serverUrlOf = (page: string, folder: "." | ".."): string => {
  const { protocol, host, pathname } = new URL(folder, page);
  return `${protocol.replace("http", "ws")}//${host}${pathname}`;
};
