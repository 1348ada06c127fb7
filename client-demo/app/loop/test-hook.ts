/** The test hook: `window.phalanx`, for browser tests and for the curious in the console. */

import type { Point } from "../../views/view.ts";
import type { AnySession } from "../match/any-session.ts";
import type { HashRecord } from "../match/hash-record.ts";

export interface PhalanxHook {
  /** The session being played; undefined between two. */
  readonly session: AnySession | undefined;
  /** The own state hash by confirmed tick: the last one of each draw, the newest 4,000. */
  readonly hashes: HashRecord;
  /** True once a world with an own seat has been drawn. */
  readonly ready: boolean;
  /** Where on the screen the own figure was drawn last, in CSS pixels. */
  readonly focus: Point | undefined;
}

declare global {
  interface Window {
    phalanx: PhalanxHook;
  }
}
