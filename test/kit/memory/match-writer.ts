/** The writer of a match that no referee closes: its frames as a recording, with digests and keyframes. No test framework: any engine can run it. */
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { encodeFrame } from "../../../shared/engine/protocol/frame-codec.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import type { Frame } from "../../../shared/engine/sim/frame.ts";
import type { Simulation } from "../../../shared/engine/sim/simulation.ts";
import type { At } from "../../../shared/recording/block.ts";
import { type BlockPlace, beginningOf, blockBytes, endingOf } from "../../../shared/recording/recording-bytes.ts";
import { FORMAT } from "../../../shared/recording/recording-head.ts";
import type { Mark, Roster } from "../../../shared/recording/roster.ts";
import { HashHistory } from "../../../shared/referee/history/hash-history.ts";

type World = Simulation<unknown, unknown>;
type AnyFrame = Frame<Plain<unknown>>;

/** Between two keyframes, as in the recordings of a server. */
const BLOCK_SECONDS = 30;

const nameOf = (seat: number): string => `seat ${seat}`;

function rosterOf({ seats }: World): Roster {
  const held = Array.from({ length: seats.count }, (_, seat) => seat).filter((seat) => seats.isHeld(seat));
  return held.map((seat) => ({ seat, kind: "bot", name: nameOf(seat), isAway: false }));
}

export class MatchWriter {
  readonly #blockTicks: number;
  readonly #hashes: HashHistory;
  readonly #file = new ByteWriter();
  readonly #bodies = new ByteWriter();
  readonly #places: BlockPlace[] = [];
  #firstTick = 0;
  #nextTick = 0;
  #keyframe: Uint8Array = new Uint8Array();
  #rosters: At<Roster>[] = [];
  #marks: At<Mark>[] = [];

  /** @param world as it was set up. @param seed by which it was. */
  constructor(game: AnyGame, world: World, seed: number) {
    const { name, tickRate } = game;
    this.#blockTicks = BLOCK_SECONDS * tickRate;
    this.#hashes = new HashHistory(game);
    // The same match is the same file whenever it is made.
    const when = { began: 0, protocol: PROTOCOL_VERSION, engine: "a made-up match" };
    this.#file.raw(beginningOf({ format: FORMAT, game: name, tickRate, ...when, seed }));
    this.#begin(world);
    this.stepped(world);
  }

  /** The next frame, before it is stepped. */
  write(frame: AnyFrame, world: World): void {
    const { tick, seats } = world;
    if (tick - this.#firstTick >= this.#blockTicks) {
      this.#close();
      this.#begin(world);
    }
    encodeFrame(frame, seats, this.#hashes.digestFor(tick), this.#bodies);
    this.#nextTick = tick + 1;
    for (const seat of frame.leaves) this.#mark(tick, { kind: "leave", seat, text: nameOf(seat) });
    for (const seat of frame.joins) this.#mark(tick, { kind: "join", seat, text: nameOf(seat) });
  }

  /** It was stepped. @returns the hash of the world. */
  stepped(world: World): number {
    const hash = world.hash();
    this.#hashes.record(world.tick, hash);
    if (this.#marks.at(-1)?.tick === world.tick - 1) this.#rosters.push({ tick: world.tick, what: rosterOf(world) });
    return hash;
  }

  /** The whole file. */
  end(): Uint8Array {
    this.#close();
    this.#file.raw(endingOf(this.#places, this.#file.length));
    return this.#file.view().slice();
  }

  #begin(world: World): void {
    this.#firstTick = world.tick;
    this.#nextTick = world.tick;
    this.#keyframe = world.snapshot();
    this.#rosters = [{ tick: world.tick, what: rosterOf(world) }];
    this.#marks = [];
    this.#bodies.reset();
  }

  #mark(tick: number, what: Mark): void {
    this.#marks.push({ tick, what });
  }

  #close(): void {
    const [tick, frames] = [this.#firstTick, this.#nextTick - this.#firstTick];
    if (frames === 0) return;
    this.#places.push({ at: this.#file.length, tick, frames });
    const [keyframe, rosters, marks] = [this.#keyframe, this.#rosters, this.#marks];
    this.#file.raw(blockBytes({ tick, frames, keyframe, rosters, marks, bodies: this.#bodies.view() }));
  }
}
