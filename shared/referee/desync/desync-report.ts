/** A desync report, in plain JSON: enough to understand the desync, and to run it again without the match (R7). */
import { toBase64 } from "../../engine/bytes/base64.ts";
import type { Difference } from "../../engine/codec/diff.ts";
import type { Seat } from "../../engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../engine/protocol/version.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import { diffWorlds } from "../../engine/sim/state-diff.ts";
import { type Culprit, culpritOf, type Engines, type Hashes, type LogicHashes, verdictOf } from "./culprit.ts";

export interface DesyncReport {
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
  /** The last closed frames before `tick`, newest last. */
  readonly frames: readonly unknown[];
  /** What `npm run desync` runs again, in base64: a snapshot of the referee, the frames from it to `tick`, the client's world. */
  readonly rerun: { readonly snapshot: string; readonly frames: string; readonly clientWorld: string };
}

/** The evidence that a report is made from. */
export interface Evidence<I, S> {
  readonly client: DesyncReport["client"];
  readonly engines: Engines;
  readonly logic: LogicHashes;
  readonly hashes: Hashes;
  /** Both worlds at the first tick that differs, and the client's as it came. */
  readonly truth: Simulation<I, S>;
  readonly sick: Simulation<I, S>;
  readonly sickBytes: Uint8Array;
  /** A keyframe before that tick, the encoded frames from it on, and the last of them decoded. */
  readonly snapshot: Uint8Array;
  readonly bodies: Uint8Array;
  readonly frames: readonly unknown[];
}

export const hex = (hash: number): string => hash.toString(16).padStart(8, "0");

export function reportOf<I, S>(evidence: Evidence<I, S>): DesyncReport {
  const { truth, sick, hashes, engines, logic } = evidence;
  const culprit = culpritOf(hashes);
  return {
    game: truth.game.name,
    protocol: PROTOCOL_VERSION,
    tick: truth.tick,
    culprit,
    verdict: verdictOf(culprit, engines, logic),
    client: evidence.client,
    engines,
    logic,
    hashes: {
      server: hex(hashes.server),
      serverAgain: hex(hashes.serverAgain),
      client: hex(hashes.client),
      clientAgain: hashes.clientAgain === undefined ? undefined : hex(hashes.clientAgain),
    },
    differences: diffWorlds(truth, sick),
    frames: evidence.frames,
    rerun: {
      snapshot: toBase64(evidence.snapshot),
      frames: toBase64(evidence.bodies),
      clientWorld: toBase64(evidence.sickBytes),
    },
  };
}
