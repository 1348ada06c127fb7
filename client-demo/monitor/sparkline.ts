/** The last two minutes of one figure as a line over its area; the newest value is at the right. */
import { INK } from "../ui/palette.ts";
import { KEPT_PUSHES } from "./history.ts";

const HEIGHT = 40;
const HEADROOM = 6;
const LINE = "#5b86d6";
const AREA = "rgb(60 99 165 / 30%)";

export class Sparkline {
  readonly element = document.createElement("canvas");

  constructor() {
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param isBad draws it in the colour of what should not be. */
  draw(values: readonly number[], isBad = false): void {
    const width = this.element.clientWidth;
    const scale = Math.max(1, window.devicePixelRatio);
    this.element.width = width * scale;
    this.element.height = HEIGHT * scale;
    const brush = this.element.getContext("2d");
    if (brush === null || values.length === 0) return;
    brush.scale(scale, scale);
    const top = Math.max(...values, Number.MIN_VALUE);
    const step = width / (KEPT_PUSHES - 1);
    const at = (i: number): [number, number] => [
      width - (values.length - 1 - i) * step,
      HEIGHT - 1 - (values[i]! / top) * (HEIGHT - HEADROOM),
    ];
    brush.beginPath();
    for (let i = 0; i < values.length; i++) brush.lineTo(...at(i));
    brush.strokeStyle = isBad ? INK.danger : LINE;
    brush.lineWidth = 1.5;
    brush.stroke();
    brush.lineTo(width, HEIGHT);
    brush.lineTo(at(0)[0], HEIGHT);
    brush.fillStyle = AREA;
    brush.fill();
  }
}
