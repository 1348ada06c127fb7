/** A stick under a thumb: it appears where the thumb lands and follows when the thumb goes too far. */
import type { Point } from "../../views/view.ts";

/** In CSS pixels. */
export const STICK_RADIUS = 54;
const DEAD_ZONE = 0.2;

export class Stick {
  #pointer: number | undefined;
  #origin: { x: number; y: number } = { x: 0, y: 0 };
  #thumb: Point = { x: 0, y: 0 };

  get isHeld(): boolean {
    return this.#pointer !== undefined;
  }

  get origin(): Point {
    return this.#origin;
  }

  get thumb(): Point {
    return this.#thumb;
  }

  grab(pointer: number, at: Point): void {
    this.#pointer = pointer;
    this.#origin = { ...at };
    this.#thumb = at;
  }

  /** False when this is another finger. */
  move(pointer: number, at: Point): boolean {
    if (pointer !== this.#pointer) return false;
    this.#thumb = at;
    const x = at.x - this.#origin.x;
    const y = at.y - this.#origin.y;
    const far = Math.hypot(x, y) / STICK_RADIUS;
    if (far > 1) {
      this.#origin.x = at.x - x / far;
      this.#origin.y = at.y - y / far;
    }
    return true;
  }

  release(pointer: number): boolean {
    if (pointer !== this.#pointer) return false;
    this.drop();
    return true;
  }

  /** The pointer that holds it. */
  drop(): void {
    this.#pointer = undefined;
  }

  /** Where it is pushed, each way -1 .. 1; zero in the dead zone. */
  get push(): Point {
    if (!this.isHeld) return { x: 0, y: 0 };
    const x = (this.#thumb.x - this.#origin.x) / STICK_RADIUS;
    const y = (this.#thumb.y - this.#origin.y) / STICK_RADIUS;
    return Math.hypot(x, y) < DEAD_ZONE ? { x: 0, y: 0 } : { x, y };
  }
}

const OCTANT = Math.PI / 4;

/** The nearest of eight directions, each way -1, 0 or 1. */
export function snap({ x, y }: Point): Point {
  if (x === 0 && y === 0) return { x: 0, y: 0 };
  const angle = Math.round(Math.atan2(y, x) / OCTANT) * OCTANT;
  return { x: Math.round(Math.cos(angle)) || 0, y: Math.round(Math.sin(angle)) || 0 };
}
