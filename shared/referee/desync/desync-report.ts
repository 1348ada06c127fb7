/** A desync report: enough to understand the desync, and to run it again without the match (R7). */
import type { Difference } from "../../engine/codec/diff.ts";
import type { Seat } from "../../engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../engine/protocol/version.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import { diffWorlds } from "../../engine/sim/state-diff.ts";
import { type Culprit, culpritOf, type Engines, type Hashes, type LogicHashes, verdictOf } from "./culprit.ts";

/** What is known of a desync, in plain JSON. */
export interface DesyncFacts {
  readonly game: string;
  readonly protocol: number;
  /** The first tick at which the worlds differed: the step before it is the one to look at. */
  readonly tick: number;
  readonly culprit: Culprit;
  readonly verdict: string;
  readonly client: { readonly id: string; readonly seat: Seat | undefined };
  readonly engines: Engines;
  /** The logic hashes of the game on both sides, where they are known. */
  readonly logic: LogicHashes;
  /** As in `Hashes`, eight hexadecimal digits each. */
  readonly hashes: { readonly [K in keyof Hashes]: string | undefined };
  /** The first leaves that differ: `a` is the referee's, `b` the client's. */
  readonly differences: readonly Difference[];
}

/** What is stepped again: a world of the referee before that tick, the frames from it on, and the client's world at that tick. */
export interface RerunMaterial {
  readonly snapshot: Uint8Array;
  /** The tick of the snapshot and of the first frame. */
  readonly firstTick: number;
  /** How many frames there are. They end with the one that the step to the tick was made of. */
  readonly frames: number;
  /** The encoded frames, one after the other. */
  readonly bodies: Uint8Array;
  readonly clientWorld: Uint8Array;
}

export interface DesyncReport extends DesyncFacts {
  /** Ticks per second of the game. */
  readonly tickRate: number;
  readonly rerun: RerunMaterial;
}

/** The evidence that a report is made from. */
export interface Evidence<I, S> extends Pick<DesyncReport, "client" | "engines" | "logic" | "rerun"> {
  readonly hashes: Hashes;
  /** Both worlds at the first tick that differs. */
  readonly truth: Simulation<I, S>;
  readonly sick: Simulation<I, S>;
}

export const hex = (hash: number): string => hash.toString(16).padStart(8, "0");

export function reportOf<I, S>(evidence: Evidence<I, S>): DesyncReport {
  const { truth, sick, hashes, client, engines, logic, rerun } = evidence;
  const culprit = culpritOf(hashes);
  return {
    game: truth.game.name,
    tickRate: truth.game.tickRate,
    protocol: PROTOCOL_VERSION,
    tick: truth.tick,
    culprit,
    verdict: verdictOf(culprit, engines, logic),
    client,
    engines,
    logic,
    hashes: {
      server: hex(hashes.server),
      serverAgain: hex(hashes.serverAgain),
      client: hex(hashes.client),
      clientAgain: hashes.clientAgain === undefined ? undefined : hex(hashes.clientAgain),
    },
    differences: diffWorlds(truth, sick),
    rerun,
  };
}
