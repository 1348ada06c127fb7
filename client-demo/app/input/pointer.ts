/** Mouse and touch over the field: where the pointer is, which buttons are held, and two sticks for two thumbs. */
import type { Point } from "../../views/view.ts";
import { whenHandsLetGo } from "./let-go.ts";
import { Stick } from "./stick.ts";

/** What touches mean: `two` thumbs (move left, act right), `one` stick anywhere, or `none`: a finger is a mouse. */
export type StickLayout = "two" | "one" | "none";

export class Pointer {
  readonly move = new Stick();
  readonly act = new Stick();
  readonly #field: HTMLElement;
  #layout: StickLayout;
  #at: Point | undefined;
  /** The mouse, pen or finger that pressed last; others that are lifted do not let go of its buttons. */
  #presser: number | undefined;
  #buttons = 0;
  #pressed = 0;
  /** Until something is used: what the device is made for. */
  #isTouch = window.matchMedia("(pointer: coarse)").matches;

  constructor(field: HTMLElement, layout: StickLayout) {
    this.#field = field;
    this.#layout = layout;
    field.addEventListener("pointerdown", (event) => this.#down(event));
    field.addEventListener("pointermove", (event) => this.#moved(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const)
      field.addEventListener(name, (event) => this.#up(event));
    field.addEventListener("contextmenu", (event) => event.preventDefault());
    whenHandsLetGo(window, () => this.#letGo());
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

  #down(event: PointerEvent): void {
    const at = pointOf(event);
    this.#isTouch = event.pointerType === "touch";
    // The first finger on the glass: whatever the sticks still hold has been lifted without a word.
    if (this.#isTouch && event.isPrimary) this.#dropSticks();
    this.#capture(event.pointerId);
    if (this.#isThumb(event)) {
      const stick = this.#stickAt(at);
      // The newest finger has it: an older one may be gone, and takes it back when it moves.
      stick.grab(event.pointerId, at);
      if (stick === this.act) this.#pressed |= 1;
      event.preventDefault();
      return;
    }
    this.#at = at;
    this.#presser = event.pointerId;
    this.#buttons = event.buttons;
    this.#pressed |= event.buttons;
  }

  #moved(event: PointerEvent): void {
    const at = pointOf(event);
    if (this.move.move(event.pointerId, at) || this.act.move(event.pointerId, at)) return;
    if (this.#isThumb(event)) {
      const stick = this.#stickAt(at);
      if (!stick.isHeld) stick.grab(event.pointerId, at);
      return;
    }
    this.#isTouch = event.pointerType === "touch";
    this.#at = at;
    this.#buttons = event.buttons;
  }

  #up(event: PointerEvent): void {
    if (this.move.release(event.pointerId) || this.act.release(event.pointerId)) return;
    if (event.pointerId === this.#presser) this.#buttons = event.type === "pointerup" ? event.buttons : 0;
  }

  #letGo(): void {
    this.#dropSticks();
    this.#buttons = 0;
  }

  #dropSticks(): void {
    this.move.drop();
    this.act.drop();
  }

  #isThumb({ pointerType }: PointerEvent): boolean {
    return pointerType === "touch" && this.#layout !== "none";
  }

  #stickAt({ x }: Point): Stick {
    return this.#layout === "one" || x < this.#field.clientWidth / 2 ? this.move : this.act;
  }

  /** So that what happens outside of the field is told, too. */
  #capture(pointer: number): void {
    try {
      this.#field.setPointerCapture(pointer);
    } catch {
      // It is lifted already.
    }
  }
}

const pointOf = (event: PointerEvent): Point => ({ x: event.offsetX, y: event.offsetY });
