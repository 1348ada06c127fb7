/** Mouse and touch over the field: where the pointer is, which buttons are held, and two sticks for two thumbs. */
import type { Point } from "../views/view.ts";
import { Stick } from "./stick.ts";

/** What touches mean: `two` thumbs (move left, act right), `one` stick anywhere, or `none`: a finger is a mouse. */
export type StickLayout = "two" | "one" | "none";

export class Pointer {
  readonly move = new Stick();
  readonly act = new Stick();
  #layout: StickLayout;
  #at: Point | undefined;
  #buttons = 0;
  #pressed = 0;
  /** Until something is used: what the device is made for. */
  #isTouch = window.matchMedia("(pointer: coarse)").matches;

  constructor(field: HTMLElement, layout: StickLayout) {
    this.#layout = layout;
    field.addEventListener("pointerdown", (event) => this.#down(event, field));
    field.addEventListener("pointermove", (event) => this.#moved(event));
    for (const name of ["pointerup", "pointercancel"] as const)
      field.addEventListener(name, (event) => this.#up(event));
    field.addEventListener("contextmenu", (event) => event.preventDefault());
    field.ownerDocument.defaultView?.addEventListener("blur", () => {
      this.#buttons = 0;
    });
  }

  set layout(layout: StickLayout) {
    this.#layout = layout;
  }

  /** Where the mouse (or the finger that is one) is; undefined before it was seen. */
  get at(): Point | undefined {
    return this.#at;
  }

  /** The last thing used was a finger. */
  get isTouch(): boolean {
    return this.#isTouch;
  }

  /** 0 the left button, 1 the right one. A click between two samples counts. */
  isDown(button: 0 | 1): boolean {
    const bit = button === 0 ? 1 : 2;
    return ((this.#buttons | this.#pressed) & bit) !== 0;
  }

  settle(): void {
    this.#pressed = 0;
  }

  #down(event: PointerEvent, field: HTMLElement): void {
    const at = pointOf(event);
    this.#isTouch = event.pointerType === "touch";
    field.setPointerCapture(event.pointerId);
    if (this.#isTouch && this.#layout !== "none") {
      const isLeft = this.#layout === "one" || at.x < field.clientWidth / 2;
      const stick = isLeft ? this.move : this.act;
      if (!stick.isHeld) stick.grab(event.pointerId, at);
      if (!isLeft) this.#pressed |= 1;
      event.preventDefault();
      return;
    }
    this.#at = at;
    this.#buttons = event.buttons;
    this.#pressed |= event.buttons;
  }

  #moved(event: PointerEvent): void {
    const at = pointOf(event);
    if (this.move.move(event.pointerId, at) || this.act.move(event.pointerId, at)) return;
    if (event.pointerType === "touch" && this.#layout !== "none") return;
    this.#isTouch = event.pointerType === "touch";
    this.#at = at;
    this.#buttons = event.buttons;
  }

  #up(event: PointerEvent): void {
    if (this.move.release(event.pointerId) || this.act.release(event.pointerId)) return;
    this.#buttons = event.buttons;
  }
}

const pointOf = (event: PointerEvent): Point => ({ x: event.offsetX, y: event.offsetY });
