/** The preview over the scrub bar: what it was like where the pointer is, and when that was. */
import { make, setText } from "../../ui/dom.ts";
import type { Thumbnails } from "./thumbnails.ts";

/** Of the handle, in pixels: its middle is never nearer to an edge. */
const EDGE = 8;

export interface PreviewOptions {
  readonly thumbnails: Thumbnails;
  readonly firstTick: number;
  readonly endTick: number;
  readonly timeOf: (tick: number) => string;
}

export class Preview {
  readonly element = make("div", "", "preview");
  readonly #time = make("span");
  readonly #options: PreviewOptions;
  /** Where the pointer is, in pixels from the left edge of the bar; shown at the next draw. */
  #pointed: { readonly x: number; readonly width: number } | undefined;

  constructor(over: HTMLElement, options: PreviewOptions) {
    this.#options = options;
    this.element.hidden = true;
    this.element.setAttribute("aria-hidden", "true");
    const point = ({ clientX }: PointerEvent): void => {
      const { left, width } = over.getBoundingClientRect();
      this.#pointed = { x: clientX - left, width };
    };
    const end = (): void => {
      this.#pointed = undefined;
      this.element.hidden = true;
    };
    over.addEventListener("pointermove", point);
    over.addEventListener("pointerdown", point);
    over.addEventListener("pointerleave", end);
    over.addEventListener("pointercancel", end);
    // A finger that is lifted leaves nothing; a mouse stays where it is.
    over.addEventListener("pointerup", (event) => event.pointerType !== "mouse" && end());
  }

  /** Once a draw: however many events tell of the pointer, one picture is made. */
  show(): void {
    const pointed = this.#pointed;
    if (pointed === undefined) return;
    this.#pointed = undefined;
    const { firstTick, endTick, thumbnails, timeOf } = this.#options;
    const { x, width } = pointed;
    const share = Math.max(0, Math.min(1, (x - EDGE) / Math.max(1, width - 2 * EDGE)));
    const tick = Math.round(firstTick + share * (endTick - firstTick));
    const picture = thumbnails.at(tick);
    if (picture === undefined) return;
    setText(this.#time, timeOf(tick));
    if (this.element.firstChild !== picture) this.element.replaceChildren(picture, this.#time);
    this.element.hidden = false;
    const half = this.element.offsetWidth / 2;
    this.element.style.left = `${Math.max(half, Math.min(width - half, x))}px`;
  }
}
