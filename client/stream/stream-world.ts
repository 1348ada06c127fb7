/** The world as a client of the stream plane has it: schema patches, read back into plain data to be drawn. */
import { codecOf } from "../../shared/engine/codec/codec.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import type { RecordLayout } from "../../shared/engine/layout/layout.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { plainRecord } from "./plain-record.ts";

/** The part of a room's state that only stream clients see. */
export interface StreamedState {
  /** Undefined as long as there is no world to show: a match that has not yet run for a spectator's delay. */
  readonly tick?: number;
  readonly world: unknown;
}

export class StreamWorld<I, S> {
  readonly #layout: RecordLayout;
  readonly #tickMs: number;
  #state: Plain<S> | undefined;
  #previous: Plain<S> | undefined;
  #tick = 0;
  #at = 0;

  constructor(game: Game<I, S>) {
    this.#layout = codecOf(game.state, game.name).layout;
    this.#tickMs = 1000 / game.tickRate;
  }

  /** The newest world; undefined before the first one. */
  get state(): Plain<S> | undefined {
    return this.#state;
  }

  /** The one before it; the same when there is only one. */
  get previous(): Plain<S> | undefined {
    return this.#previous ?? this.#state;
  }

  get tick(): number {
    return this.#tick;
  }

  /** How far from `previous` (0) to `state` (1) to draw at `now` (ms). */
  alpha(now: number): number {
    return Math.max(0, Math.min(1, (now - this.#at) / this.#tickMs));
  }

  /** Takes what a patch made of the room's state, at `now` (ms). */
  take({ tick, world }: StreamedState, now: number): void {
    if (world === undefined || tick === undefined || (this.#state !== undefined && tick === this.#tick)) return;
    this.#previous = this.#state;
    this.#state = plainRecord(this.#layout, world) as Plain<S>;
    this.#tick = tick;
    this.#at = now;
  }

  /** Forgets the worlds: they are out of date. */
  clear(): void {
    this.#state = undefined;
    this.#previous = undefined;
  }
}
