/** The rerun of a desync report without the match: the same snapshot, the same frames, this machine's engine. */
import { fromBase64 } from "../../engine/bytes/base64.ts";
import type { Difference } from "../../engine/codec/diff.ts";
import type { AnyGame } from "../../engine/game/game.ts";
import { stepFrames } from "../../engine/protocol/step-frames.ts";
import { Simulation } from "../../engine/sim/simulation.ts";
import { diffWorlds } from "../../engine/sim/state-diff.ts";
import type { DesyncReport } from "./desync-report.ts";

export interface Rerun {
  /** The state hash at the report's tick as this machine has it. */
  readonly hash: number;
  /** Where that world and the client's differ: `a` is this machine's, `b` the client's. */
  readonly differences: readonly Difference[];
}

/**
 * @returns a sentence instead when the report does not fit this game's declaration.
 * @throws RulesError when the game's rules throw.
 */
export function rerun(game: AnyGame, { tick, rerun: material }: DesyncReport): Rerun | string {
  const here = Simulation.from(game, fromBase64(material.snapshot));
  const client = Simulation.from(game, fromBase64(material.clientWorld));
  if (here === undefined || client === undefined || !stepFrames(here, fromBase64(material.frames), tick))
    return `the report cannot be read with this declaration of ${game.name}: it is of another build`;
  return { hash: here.hash(), differences: diffWorlds(here, client) };
}
