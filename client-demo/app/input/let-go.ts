/**
 * The moments at which every key and finger counts as released, because no browser promises to report what happens to
 * them afterwards.
 */

/** What takes keys for itself while the focus is in it. */
const TAKES_KEYS = "input, textarea, select, dialog";

export const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TAKES_KEYS) !== null;

/** Calls `letGo` when the window or the page goes out of sight, becomes full or small, or a dialog opens over it. */
export function whenHandsLetGo(view: Window, letGo: () => void): void {
  view.addEventListener("blur", letGo);
  view.addEventListener("pagehide", letGo);
  for (const name of ["visibilitychange", "fullscreenchange"]) view.document.addEventListener(name, letGo);
  // A dialog takes the focus when it opens.
  view.document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.closest("dialog") !== null) letGo();
  });
}
