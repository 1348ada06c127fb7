/** The test hook: `window.phalanx`, for browser tests and for the curious in the console. The page itself reads none of it. */

import type { MatchSource } from "../client/match/match-source.ts";
import type { Session } from "../client/session/session.ts";
import type { HashRecord } from "./app/match/hash-record.ts";
import type { Point } from "./views/view.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests play any game of the shelf
type AnySession = Session<any, any>;

export interface PhalanxHook {
  /** The match being played, wherever; undefined before the first. */
  readonly source: MatchSource<unknown> | undefined;
  /** The session it is played in; undefined for a match without a server. */
  readonly session: AnySession | undefined;
  /** The local state hash by confirmed tick, once `hashes.keepAll()` was called: the last one of each draw. */
  readonly hashes: HashRecord;
  /** True once a world with a local seat has been drawn. */
  readonly ready: boolean;
  /** Where on the screen the local figure was drawn last, in CSS pixels. */
  readonly focus: Point | undefined;
  /** From the screen to the coordinates of the game's state, as it was drawn last; undefined before the first match. */
  toWorld(point: Point): Point | undefined;
}

declare global {
  interface Window {
    phalanx: PhalanxHook;
  }
}
