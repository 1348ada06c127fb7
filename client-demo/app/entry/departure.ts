/**
 * A departure: a player who follows a link from the page to somewhere else gives up the seat first, so that no
 * abandoned figure stays behind. A reload, a closed tab, back and forward cannot be told from each other, and keep it
 * for a while.
 */

/** A server that does not answer keeps nobody here, in milliseconds. */
const MOST_WAIT_MS = 500;

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether this click leads this window to another page; another tab, window or file does not. */
function leadsAway({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent, link: HTMLAnchorElement): boolean {
  if (button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return false;
  const isHere = link.target === "" || link.target === "_self";
  const isSamePage = link.href.split("#")[0] === location.href.split("#")[0] && link.hash !== "";
  return isHere && !isSamePage && !link.hasAttribute("download");
}

/** @param leave gives the seat up, if there is one. */
export function departByLinks(leave: () => Promise<void> | undefined): void {
  let hasLeft = false;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    if (event.defaultPrevented || !link?.href || !leadsAway(event, link)) return;
    event.preventDefault();
    hasLeft = true;
    const left = Promise.resolve(leave()).catch(() => {});
    void Promise.race([left, wait(MOST_WAIT_MS)]).then(() => location.assign(link.href));
  });
  // Back, to a page that the browser has kept as it was: its seat is not there any more.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && hasLeft) location.reload();
  });
}
