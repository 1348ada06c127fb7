/** The camera: the whole field on the screen if that is large enough, else a part that follows a point. */
import type { Point, Screen } from "./view.ts";

/** How fast a following camera catches up: two thirds of the way in this time. */
const FOLLOW_MS = 110;

export class Camera {
  readonly #width: number;
  readonly #height: number;
  readonly #leastScale: number;
  #scale = 1;
  #left = 0;
  #top = 0;
  #centre: { x: number; y: number } | undefined;

  /** @param leastScale pixels per field unit below which the camera follows instead of showing everything. */
  constructor(field: { readonly width: number; readonly height: number }, leastScale: number) {
    this.#width = field.width;
    this.#height = field.height;
    this.#leastScale = leastScale;
  }

  /** Pixels per field unit. */
  get scale(): number {
    return this.#scale;
  }

  /** Aims at `target` (field units); `elapsed` is milliseconds since the last draw. */
  follow(screen: Screen, target: Point | undefined, elapsed: number): void {
    const { insets } = screen;
    const width = Math.max(1, screen.width - insets.left - insets.right);
    const height = Math.max(1, screen.height - insets.top - insets.bottom);
    this.#scale = Math.max(Math.min(width / this.#width, height / this.#height), this.#leastScale);
    const wanted = target ?? this.#centre ?? { x: this.#width / 2, y: this.#height / 2 };
    this.#centre ??= { ...wanted };
    const share = screen.isCalm ? 1 : 1 - Math.exp(-elapsed / FOLLOW_MS);
    this.#centre.x += (wanted.x - this.#centre.x) * share;
    this.#centre.y += (wanted.y - this.#centre.y) * share;
    this.#left = insets.left + this.#place(width, this.#width, this.#centre.x);
    this.#top = insets.top + this.#place(height, this.#height, this.#centre.y);
  }

  toScreen({ x, y }: Point): Point {
    return { x: this.#left + x * this.#scale, y: this.#top + y * this.#scale };
  }

  toField({ x, y }: Point): Point {
    return { x: (x - this.#left) / this.#scale, y: (y - this.#top) / this.#scale };
  }

  /** From here on the brush draws in field units. */
  apply(brush: CanvasRenderingContext2D): void {
    brush.translate(this.#left, this.#top);
    brush.scale(this.#scale, this.#scale);
  }

  /** Where the field begins along one axis: centred when it fits, else so that no more than its edge is seen. */
  #place(space: number, field: number, centre: number): number {
    const size = field * this.#scale;
    if (size <= space) return (space - size) / 2;
    return Math.max(space - size, Math.min(0, space / 2 - centre * this.#scale));
  }
}
