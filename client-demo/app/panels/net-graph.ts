/** The last seconds as columns: how far ahead the drawn world was, and how deep each rollback went. */
import type { LockstepStats } from "../../../shared/engine/lockstep/lockstep-stats.ts";
import { make } from "../../ui/dom.ts";
import { FONT, INK } from "../../ui/palette.ts";

const COLUMNS = 98;
const WIDTH = 196;
const HEIGHT = 40;
/** Ticks at the top of the graph, at least. */
const LEAST_TOP = 6;

export class NetGraph {
  readonly element = make("figure");
  readonly #canvas = make("canvas");
  readonly #columns: { readonly ahead: number; readonly depth: number }[] = [];
  #rollbacks = 0;

  constructor() {
    const scale = Math.max(1, window.devicePixelRatio);
    this.#canvas.width = WIDTH * scale;
    this.#canvas.height = HEIGHT * scale;
    this.#canvas.setAttribute("aria-hidden", "true");
    this.#canvas.getContext("2d")?.scale(scale, scale);
    this.element.append(this.#canvas, make("figcaption", "blue: ahead · orange: rollbacks"));
  }

  /** One draw of the game. */
  add(ahead: number, { rollbacks, rollbackDepth }: Readonly<LockstepStats>): void {
    this.#columns.push({ ahead, depth: rollbacks > this.#rollbacks ? rollbackDepth : 0 });
    this.#rollbacks = rollbacks;
    if (this.#columns.length > COLUMNS) this.#columns.shift();
  }

  draw(): void {
    const brush = this.#canvas.getContext("2d");
    if (brush === null) return;
    brush.clearRect(0, 0, WIDTH, HEIGHT);
    const top = Math.max(LEAST_TOP, ...this.#columns.map(({ ahead }) => ahead));
    const step = WIDTH / COLUMNS;
    this.#columns.forEach(({ ahead, depth }, index) => {
      const x = (COLUMNS - this.#columns.length + index) * step;
      brush.fillStyle = "#2c4a78";
      brush.fillRect(x, HEIGHT - (ahead / top) * HEIGHT, step, (ahead / top) * HEIGHT);
      brush.fillStyle = INK.accent;
      brush.fillRect(x, HEIGHT - (depth / top) * HEIGHT, step, (depth / top) * HEIGHT);
    });
    brush.font = `10px ${FONT}`;
    brush.fillStyle = INK.muted;
    brush.fillText(String(top), 2, 9);
  }
}
