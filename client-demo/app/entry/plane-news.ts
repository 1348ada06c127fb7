/** The news of a change of planes, where it means anything to the player. */
import type { Plane, PlaneReason } from "../../../shared/engine/protocol/plane.ts";

/** Undefined for a change that nobody needs to know of: a page that was hidden, or is seen again. */
export function newsOfPlane(plane: Plane, reason: PlaneReason, isSlow: boolean): string | undefined {
  if (reason === "wish") {
    if (plane === "lockstep" || !isSlow) return undefined;
    return "This device is slow: the server steps the game for it, for a while.";
  }
  if (reason === "diverging")
    return "This window's game kept differing from the server's, so the server now steps it. Reload the page.";
  return plane === "stream" ? "The server now steps the game for this window." : undefined;
}
