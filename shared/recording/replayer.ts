/**
 * The replayer of a recording: the world at any tick of it, from the keyframe before and the frames since, one step at a time.
 * Whatever the recording says of its worlds, digests and keyframes, is compared on the way: none is shown for right that is not.
 */
import { ByteReader } from "../engine/bytes/bytes.ts";
import type { Difference } from "../engine/codec/diff.ts";
import type { Game } from "../engine/game/game.ts";
import { RulesError } from "../engine/game/rules-error.ts";
import type { Plain } from "../engine/layout/plain.ts";
import { decodeFrame } from "../engine/protocol/frame-codec.ts";
import { createFrame, type Frame } from "../engine/sim/frame.ts";
import { Simulation } from "../engine/sim/simulation.ts";
import { diffWorlds } from "../engine/sim/state-diff.ts";
import { HashHistory } from "../referee/history/hash-history.ts";
import type { Block } from "./block.ts";
import type { Recording } from "./recording.ts";
import type { Roster } from "./roster.ts";
import { type Waypoint, Waypoints } from "./waypoints.ts";

/** Something that a step found out. */
export type Finding =
  /** The worlds since the last digest, up to this tick, are not those of the recording. The next keyframe will be right. */
  | { readonly kind: "digest"; readonly tick: number }
  /** The world of this tick was another: `a` is this machine's, `b` the recording's, which was taken over. */
  | { readonly kind: "keyframe"; readonly tick: number; readonly differences: readonly Difference[] }
  /** Ticks before this one were not recorded. */
  | { readonly kind: "gap"; readonly tick: number }
  /** There is nothing after this. */
  | { readonly kind: "end" }
  /** It goes no further: a sentence says why. */
  | { readonly kind: "fault"; readonly sentence: string };

const END: Finding = { kind: "end" };

export class Replayer<I, S> {
  readonly recording: Recording;
  readonly game: Game<I, S>;
  /** How often what is here was compared with what was recorded. */
  readonly compared = { digests: 0, keyframes: 0 };
  #world: Simulation<I, S>;
  #block: Block | undefined;
  #blockIndex = -1;
  /** Whether nothing has contradicted the world since the last keyframe. */
  #isTrue = true;
  #fault: Finding | undefined;
  readonly #bodies = new ByteReader(new Uint8Array());
  readonly #frame: Frame<Plain<I>>;
  readonly #hashes: HashHistory;
  readonly #waypoints = new Waypoints();
  readonly #clock: (() => number) | undefined;

  private constructor(game: Game<I, S>, recording: Recording, clock: (() => number) | undefined) {
    this.game = game;
    this.#clock = clock;
    this.recording = recording;
    this.#world = Simulation.empty(game);
    this.#frame = createFrame(game);
    this.#hashes = new HashHistory(game);
  }

  /**
   * At its first tick; a sentence when it cannot be played with this declaration of the game.
   *
   * @param clock milliseconds, to know what steps cost here (R12): where that is much, going back is quick all the same.
   */
  static open<I, S>(game: Game<I, S>, recording: Recording, clock?: () => number): Replayer<I, S> | string {
    const { head } = recording;
    if (head.game !== game.name) return `The recording is of the game "${head.game}", not of "${game.name}".`;
    if (recording.blocks.length === 0) return recording.fault ?? "There are no frames in the recording.";
    const replayer = new Replayer(game, recording, clock);
    return replayer.#enter(0) ?? replayer;
  }

  /** The world as it is. To be read only (R11). */
  get world(): Simulation<I, S> {
    return this.#world;
  }

  get tick(): number {
    return this.#world.tick;
  }

  /** Hash of the world as it is. */
  get hash(): number {
    return this.#hashes.latest!.hash;
  }

  /** Whether the world is that of the recording as far as is known. */
  get isTrue(): boolean {
    return this.#isTrue;
  }

  /** The frame that was stepped last; used again for the next one. */
  get frame(): Frame<Plain<I>> {
    return this.#frame;
  }

  /** Where in the bodies of its block the next frame begins. */
  get offset(): number {
    return this.#bodies.offset;
  }

  /** Who sits where. */
  get roster(): Roster {
    const { rosters } = this.#block!;
    let at = rosters.length - 1;
    while (at > 0 && rosters[at]!.tick > this.tick) at--;
    return rosters[at]!.what;
  }

  /** Steps the next frame; tells what was found out by it, if anything was. */
  step(): Finding | undefined {
    if (this.#fault !== undefined) return this.#fault;
    const found = this.tick === this.#endOfBlock ? this.#next() : undefined;
    if (found?.kind === "end" || found?.kind === "fault") return found;
    return this.#stepFrame() ?? found;
  }

  /** Goes to a tick, forth or back. A sentence when it is not in the recording, or cannot be reached. */
  seek(tick: number): string | undefined {
    const { recording } = this;
    const index = recording.blockAt(tick);
    if (index === undefined) return `Tick ${tick} is not in the recording.`;
    const isOnTheWay = index === this.#blockIndex && tick >= this.tick && this.#fault === undefined;
    const waypoint = this.#waypoints.lastOf(isOnTheWay ? this.tick + 1 : recording.blocks[index]!.tick + 1, tick);
    const fault = isOnTheWay && waypoint === undefined ? undefined : this.#enter(index, { waypoint });
    if (fault !== undefined) return fault;
    while (this.tick < tick) {
      const found = this.step();
      if (found?.kind === "fault") return found.sentence;
    }
    return undefined;
  }

  get #endOfBlock(): number {
    return this.#block!.tick + this.#block!.frames;
  }

  /** On to the next block, whose keyframe says whether all was right. */
  #next(): Finding | undefined {
    if (this.#bodies.remaining > 0) return this.#fail(`There are bytes after the last frame before tick ${this.tick}.`);
    const next = this.recording.blocks[this.#blockIndex + 1];
    if (next === undefined) return END;
    if (next.tick !== this.tick) {
      const fault = this.#enter(this.#blockIndex + 1);
      return fault === undefined ? { kind: "gap", tick: next.tick } : this.#fail(fault);
    }
    const own = this.#world;
    const hash = this.hash;
    const fault = this.#enter(this.#blockIndex + 1, { own });
    if (fault !== undefined) return this.#fail(fault);
    this.compared.keyframes++;
    if (hash === this.hash) return undefined;
    return { kind: "keyframe", tick: this.tick, differences: diffWorlds(own, this.#world) };
  }

  /** At its keyframe, or at a waypoint of it. @param from `own`: the world that was stepped to here: hashes before it are kept when it is right. */
  #enter(index: number, from: { own?: Simulation<I, S>; waypoint?: Waypoint | undefined } = {}): string | undefined {
    const block = this.recording.block(index);
    if (typeof block === "string") return block;
    const { own, waypoint } = from;
    const tick = waypoint?.tick ?? block.tick;
    const world = Simulation.from(this.game, waypoint?.snapshot ?? block.keyframe);
    if (world === undefined || world.tick !== tick)
      return `The world of tick ${tick} cannot be read with this declaration of ${this.game.name}: it is of another build.`;
    const hash = world.hash();
    if (own === undefined || hash !== this.hash) this.#hashes.trail.reset();
    this.#hashes.record(tick, hash);
    this.#world = world;
    this.#block = block;
    this.#blockIndex = index;
    this.#bodies.reset(block.bodies);
    if (waypoint !== undefined) this.#bodies.raw(waypoint.offset);
    this.#isTrue = waypoint?.isTrue ?? true;
    this.#fault = undefined;
    this.#waypoints.begin();
    return undefined;
  }

  #stepFrame(): Finding | undefined {
    const world = this.#world;
    const began = this.#clock?.() ?? 0;
    const { tick } = world;
    const { ok, digest } = decodeFrame(tick, this.#bodies, world.seats, this.#frame);
    if (!ok) return this.#fail(`The frame of tick ${tick} cannot be read with this declaration of ${this.game.name}.`);
    const own = digest === undefined ? undefined : this.#hashes.digestFor(tick);
    const isOther = own !== undefined && own !== digest && this.#isTrue;
    if (own !== undefined) this.compared.digests++;
    if (isOther) this.#isTrue = false;
    try {
      world.step(this.#frame);
    } catch (error) {
      if (!(error instanceof RulesError)) throw error;
      return this.#fail(`The rules threw at tick ${tick}: ${String(error.cause)}.`);
    }
    this.#hashes.record(world.tick, world.hash());
    if (this.#clock !== undefined && this.#waypoints.isDueAfter(this.#clock() - began)) this.#keepWaypoint();
    return isOther ? { kind: "digest", tick } : undefined;
  }

  #keepWaypoint(): void {
    const { tick, offset } = this;
    this.#waypoints.keep({ tick, snapshot: this.#world.snapshot(), offset, isTrue: this.#isTrue });
  }

  #fail(sentence: string): Finding {
    this.#isTrue = false;
    this.#fault = { kind: "fault", sentence };
    return this.#fault;
  }
}
