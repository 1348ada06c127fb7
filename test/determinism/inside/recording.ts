/**
 * The recordings of matches, made up and replayed: bots, fuzzed inputs, seats that come and go, and a hash at every
 * tick.
 */
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";
import { assert } from "../../../shared/engine/game/assert.ts";
import type { AnyGame, Seat } from "../../../shared/engine/game/game.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { decodeFrame } from "../../../shared/engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { Recording } from "../../../shared/recording/recording.ts";
import { Driver } from "../../contract/driver.ts";
import { MatchWriter } from "../../kit/memory/match-writer.ts";
import { fromHex, hashText, toHex } from "./hex.ts";
import type { Evidence, Jobs, Match, MatchPlan } from "./jobs.ts";

/** A game slower than this cannot be compared in a time that anybody waits for. */
const MOST_MS_PER_TICK = 10;
/** The first ticks are slow in every engine, so that only what goes on for a while counts. */
const WARM_UP_MS = 2000;

export type World = Simulation<unknown, unknown>;

/** Counts what happens in a match. */
class Witness {
  readonly #acted = new Set<Seat>();
  readonly #states = new Set<number>();
  readonly #bytes = new ByteWriter();
  #held = 0;
  #leaves = 0;

  see(world: World, frame: Frame<Plain<unknown>>): void {
    const { seats, codec } = world;
    let held = 0;
    for (let seat = 0; seat < seats.count; seat++) {
      if (!seats.isHeld(seat)) continue;
      held++;
      if (!seats.codec.equals(seats.input(seat), seats.neutral)) this.#acted.add(seat);
    }
    for (const { seat } of frame.commands) this.#acted.add(seat);
    this.#held = Math.max(this.#held, held);
    this.#leaves += frame.leaves.length;
    codec.encode(world.state, this.#bytes.reset());
    this.#states.add(hashBytes(this.#bytes.view()));
  }

  get evidence(): Evidence {
    return { held: this.#held, acted: this.#acted.size, leaves: this.#leaves, states: this.#states.size };
  }
}

/** Plays a match with bots, fuzzed inputs, joins and leaves; the same for the same plan. */
export function record(game: AnyGame, plan: MatchPlan): Jobs["record"]["answer"] {
  const world: World = new Simulation(game, plan.seed);
  const driver = new Driver(game, plan.seed);
  const witness = new Witness();
  const writer = new MatchWriter(game, world, plan.seed);
  let hashes = hashText(world.hash());
  let stopped: string | undefined;
  const began = Date.now();
  try {
    while (world.tick < plan.ticks) {
      const frame = driver.next(world);
      writer.write(frame, world);
      world.step(frame);
      witness.see(world, frame);
      hashes += hashText(writer.stepped(world));
      const elapsed = Date.now() - began;
      const perTick = elapsed / world.tick;
      if (elapsed > WARM_UP_MS && perTick > MOST_MS_PER_TICK)
        throw new Error(
          `a tick takes ${perTick.toFixed(0)} ms, and at most ${MOST_MS_PER_TICK} can be compared: make step and bot faster`,
        );
    }
  } catch (error) {
    stopped = `tick ${world.tick}: ${(error as Error).message}`;
  }
  const match = { ...plan, recording: toHex(writer.end()) };
  return { match, evidence: witness.evidence, hashes, ...(stopped === undefined ? {} : { stopped }) };
}

export function recordingOf({ recording }: Match): Recording {
  const opened = Recording.open(fromHex(recording));
  if (typeof opened === "string") throw new Error(opened);
  return opened;
}

/**
 * Decodes and steps the frames of a match one by one, and yields the one world: as this engine sets it up, then after each step.
 * The keyframes of the recording are those of another one, and are left alone.
 */
export function* steps(game: AnyGame, match: Match): Generator<World> {
  const world: World = new Simulation(game, match.seed);
  const recording = recordingOf(match);
  const frame = createFrame(game);
  yield world;
  for (const index of recording.blocks.keys()) {
    const block = recording.block(index);
    if (typeof block === "string") throw new Error(block);
    const reader = new ByteReader(block.bodies);
    while (world.tick < block.tick + block.frames) {
      const { ok } = decodeFrame(world.tick, reader, world.seats, frame);
      assert(ok, `the frame of tick ${world.tick} cannot be decoded`);
      world.step(frame);
      yield world;
    }
  }
}

/** Steps the frames of a match and hashes every world. */
export function replay(game: AnyGame, match: Match): Jobs["replay"]["answer"] {
  let hashes = "";
  let ticks = 0;
  try {
    for (const world of steps(game, match)) {
      hashes += hashText(world.hash());
      ticks = world.tick;
    }
  } catch (error) {
    return { hashes, stopped: `tick ${ticks}: ${(error as Error).message}` };
  }
  return { hashes };
}
