/** Options of a match: how it is played, which is said once and saved with it, and what it runs on, which is said anew wherever it goes on. */

import type { DesyncReport } from "./desync/desync-report.ts";
import type { PauseRule } from "./inputs/pause.ts";
import type { MakeGuard } from "./match-guard.ts";
import type { JournalSink } from "./match-journal.ts";
import type { Pack } from "./peers/outbox.ts";

export type AwayPlay = "neutral" | "bot";

/** How a match is played, from its first tick to its last. */
export interface PlayOptions {
  /** Bots fill the table up to this many held seats; 0 for none. */
  readonly bots: number;
  /** Who plays a seat whose player's connection dropped, while it is held: nobody (default), or the game's bot. */
  readonly away?: AwayPlay;
  /** Who may pause; default "off". */
  readonly pause?: PauseRule;
  /** Strict mode: how long a tick waits for the input of every seat, in seconds (R2). Left out: it waits for nobody. */
  readonly strictSeconds?: number;
}

/** What a match runs on. */
export interface HostOptions {
  /** The transport's envelope. */
  readonly pack: Pack;
  /** The platform of this process, for desync reports. */
  readonly engine?: string;
  /** The logic hash of the game, for desync reports. */
  readonly logic?: string | undefined;
  /** Is given a report of every desync. */
  readonly onReport?: (report: DesyncReport) => void;
  /**
   * Is told of each input at which the game's `accepts` threw, as a `RulesError`: it is not accepted, and the match goes on.
   * Any client that can send an input could end every match otherwise.
   */
  readonly onInputFault?: ((error: unknown) => void) | undefined;
  /** Where the match is written down while it is played; left out: nowhere. */
  readonly journal?: JournalSink | undefined;
  /** Where it is written down to be watched later; left out: nowhere. */
  readonly recording?: JournalSink | undefined;
  /** Watches the match, in development. */
  readonly guard?: MakeGuard | undefined;
}

export interface MatchOptions extends PlayOptions, HostOptions {
  /** Any unsigned 32-bit number; the same seed and inputs give the same match. */
  readonly seed: number;
}

export interface ResumeOptions extends HostOptions {
  /** Milliseconds of the monotonic clock that ticks are closed by from now on; 0 when left out. */
  readonly now?: number;
  /** The tick before which the standing was saved, when frames of later ones follow it, as in a journal; left out: the open tick. */
  readonly standingTick?: number;
}

/** Only how it is played; what was left out is left out. */
export function playOptionsOf({ bots, away, pause, strictSeconds }: PlayOptions): PlayOptions {
  return {
    bots,
    ...(away === undefined ? {} : { away }),
    ...(pause === undefined ? {} : { pause }),
    ...(strictSeconds === undefined ? {} : { strictSeconds }),
  };
}
