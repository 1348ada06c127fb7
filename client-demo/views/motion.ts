/** The motion of drawn things: between two ticks, and gliding when a rollback put them elsewhere. */
import type { Moment, Point } from "./view.ts";

/** A correction is at one twentieth after 100 ms. */
const EASE_MS = 33;

interface Track {
  tick: number;
  alpha: number;
  from: Point;
  to: Point;
  /** What is still to be made good: drawn place minus simulated place. */
  errorX: number;
  errorY: number;
  draw: number;
}

/**
 * Draws things where the simulation has them, but spreads corrections over a moment: when the world says that a thing
 * was elsewhere than drawn, the difference is kept as an error that decays. Motion itself is never delayed.
 */
export class Motion {
  readonly #jump: number;
  readonly #tracks = new Map<number, Track>();
  #draw = 0;

  /** @param jump distance within a tick, or of a correction, from which a thing is put there at once. */
  constructor(jump: number) {
    this.#jump = jump;
  }

  /** Ends a draw: things that were not placed in it are forgotten. */
  sweep(): void {
    for (const [key, track] of this.#tracks) if (track.draw !== this.#draw) this.#tracks.delete(key);
    this.#draw++;
  }

  has(key: number): boolean {
    return this.#tracks.has(key);
  }

  /**
   * Where to draw the thing `key`, that was at `from` a tick before and is at `to`.
   *
   * @param late for a thing never seen before: where it should seem to come from, relative to its place.
   */
  place(key: number, from: Point, to: Point, moment: Moment, late?: Point): Point {
    const start = this.#isFar(to.x - from.x, to.y - from.y) ? to : from;
    const { tick, alpha } = moment;
    let track = this.#tracks.get(key);
    if (track === undefined) {
      track = { tick, alpha, from: start, to, errorX: late?.x ?? 0, errorY: late?.y ?? 0, draw: 0 };
      this.#tracks.set(key, track);
    } else {
      const decay = Math.exp(-moment.elapsed / EASE_MS);
      track.errorX *= decay;
      track.errorY *= decay;
      addError(track, start, to, tick);
      if (this.#isFar(track.errorX, track.errorY)) track.errorX = track.errorY = 0;
      track.tick = tick;
      track.alpha = alpha;
      track.from = start;
      track.to = to;
    }
    track.draw = this.#draw;
    return {
      x: start.x + (to.x - start.x) * alpha + track.errorX,
      y: start.y + (to.y - start.y) * alpha + track.errorY,
    };
  }

  #isFar(x: number, y: number): boolean {
    return x * x + y * y > this.#jump * this.#jump;
  }
}

/** Compares the two worlds at a moment that both know: the last drawn one, or the tick that has become the earlier. */
function addError(track: Track, from: Point, to: Point, tick: number): void {
  if (tick === track.tick) {
    const { alpha } = track;
    track.errorX += track.from.x + (track.to.x - track.from.x) * alpha - (from.x + (to.x - from.x) * alpha);
    track.errorY += track.from.y + (track.to.y - track.from.y) * alpha - (from.y + (to.y - from.y) * alpha);
  } else if (tick === track.tick + 1) {
    track.errorX += track.to.x - from.x;
    track.errorY += track.to.y - from.y;
  }
}

/** Between two angles in radians by the shorter way. */
export function turn(from: number, to: number, alpha: number): number {
  const whole = 2 * Math.PI;
  const way = ((((to - from) % whole) + whole + Math.PI) % whole) - Math.PI;
  return from + way * alpha;
}
