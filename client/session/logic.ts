/** The logic hash of this client's games, put in by the build of the page; absent where nothing was built. */

declare const __PHALANX_LOGIC__: Readonly<Record<string, string>> | undefined;

/** The logic hash of a game, eight hexadecimal digits; undefined for a client that was not built, such as a test. */
export function logicOf(game: string): string | undefined {
  return typeof __PHALANX_LOGIC__ === "undefined" ? undefined : __PHALANX_LOGIC__[game];
}
