/** The canvas: sharp on every display, and how much of it the header, the footer, the side and the chat need. */

import { find } from "../../ui/dom.ts";
import type { Screen } from "../../views/view.ts";

const MOST_PIXEL_RATIO = 3;
const GAP = 8;
/** From here on the side has room beside the field. */
const WIDE = 1000;

export class Stage {
  readonly canvas = find("field", HTMLCanvasElement);
  readonly #brush: CanvasRenderingContext2D;
  readonly #bar = find("bar", HTMLElement);
  readonly foot = find("foot", HTMLElement);
  readonly #side = find("side", HTMLElement);
  readonly #chat = find("chat", HTMLElement);
  readonly #calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  #size = { width: 0, height: 0, ratio: 0 };
  #insets = { top: 0, right: 0, bottom: 0, left: 0 };

  constructor() {
    const brush = this.canvas.getContext("2d", { alpha: false });
    if (brush === null) throw new Error("this browser cannot draw on a canvas");
    this.#brush = brush;
    const observer = new ResizeObserver(() => this.#measure());
    for (const element of [this.canvas, this.#bar, this.foot]) observer.observe(element);
    this.#measure();
  }

  /** Clears the canvas in `colour` and returns what a view draws with, in CSS pixels. */
  begin(colour: string, isSideUsed: boolean): { readonly brush: CanvasRenderingContext2D; readonly screen: Screen } {
    const { width, height } = this.#size;
    const ratio = Math.min(MOST_PIXEL_RATIO, window.devicePixelRatio || 1);
    if (ratio !== this.#size.ratio) this.#measure();
    this.#brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#brush.fillStyle = colour;
    this.#brush.fillRect(0, 0, width, height);
    const insets = { ...this.#insets };
    const isWide = width >= WIDE;
    if (isSideUsed && isWide) insets.right = this.#side.offsetWidth + 3 * GAP;
    if (!this.#chat.hidden) {
      if (isWide) insets.left = this.#chat.offsetWidth + 3 * GAP;
      else insets.bottom += this.#chat.offsetHeight + GAP;
    }
    return { brush: this.#brush, screen: { width, height, insets, isCalm: this.#calm.matches } };
  }

  #measure(): void {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    const ratio = Math.min(MOST_PIXEL_RATIO, window.devicePixelRatio || 1);
    this.#size = { width, height, ratio };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    const top = this.#bar.offsetHeight;
    const gap = width < WIDE ? 0 : 2 * GAP;
    this.#insets = { top, right: gap, bottom: this.foot.offsetHeight, left: gap };
    document.documentElement.style.setProperty("--bar-height", `${top}px`);
    document.documentElement.style.setProperty("--foot-height", `${this.foot.offsetHeight}px`);
  }
}
