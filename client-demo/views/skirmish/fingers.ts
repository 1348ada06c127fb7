/** Fingers and mouse on the field: which of their movements is a tap, a box, an order, a pan or a pinch. */
import type { Point } from "../view.ts";
import type { Box } from "./selection.ts";

/** Pixels: what moves less is a tap. */
const TAP = { mouse: 5, touch: 12 } as const;
const WHEEL_STEP = 0.0016;
const RIGHT = 2;
const MIDDLE = 1;

/** What becomes of it. Places are those of the screen. */
export interface FingerTasks {
  isOnMap(at: Point): boolean;
  onMap(at: Point): void;
  onTap(tap: { readonly at: Point; readonly isTouch: boolean; readonly isAdded: boolean }): void;
  onOrder(at: Point): void;
  onBox(box: Box, isAdded: boolean): void;
  onPan(dx: number, dy: number): void;
  onZoom(at: Point, factor: number): void;
}

interface Finger {
  readonly from: Point;
  at: Point;
  readonly does: "box" | "map" | "pan";
  readonly isTouch: boolean;
}

export class Fingers {
  readonly #field: HTMLElement;
  readonly #tasks: FingerTasks;
  readonly #fingers = new Map<number, Finger>();
  /** Two fingers have moved the lens: when they are lifted, that is no tap. */
  #hasPinched = false;
  /** Where the pointer was last. */
  at: Point | undefined;

  constructor(field: HTMLElement, over: AbortSignal, tasks: FingerTasks) {
    this.#field = field;
    this.#tasks = tasks;
    const options = { signal: over };
    field.addEventListener("pointerdown", (event) => this.#down(event), options);
    field.addEventListener("pointermove", (event) => this.#moved(event), options);
    field.addEventListener("pointerup", (event) => this.#up(event), options);
    for (const name of ["pointercancel", "lostpointercapture"] as const)
      field.addEventListener(name, ({ pointerId }) => this.#drop(pointerId), options);
    field.addEventListener("contextmenu", (event) => event.preventDefault(), options);
    field.addEventListener("wheel", (event) => this.#wheel(event), { ...options, passive: false });
  }

  get box(): Box | undefined {
    if (this.#fingers.size !== 1 || this.#hasPinched) return undefined;
    const [finger] = this.#fingers.values();
    return finger?.does === "box" && isDrag(finger) ? boxOf(finger) : undefined;
  }

  #down(event: PointerEvent): void {
    const at = pointOf(event);
    const isTouch = event.pointerType === "touch";
    this.at = at;
    if (event.isPrimary) {
      this.#fingers.clear();
      this.#hasPinched = false;
    }
    if (event.button === RIGHT) {
      this.#tasks.onOrder(at);
      return;
    }
    const isMap = this.#tasks.isOnMap(at);
    const does = isMap ? "map" : event.button === MIDDLE ? "pan" : "box";
    this.#fingers.set(event.pointerId, { from: at, at, does, isTouch });
    if (this.#fingers.size > 1) this.#hasPinched = true;
    if (isMap) this.#tasks.onMap(at);
    try {
      this.#field.setPointerCapture(event.pointerId);
    } catch {
      // It is lifted already.
    }
  }

  #moved(event: PointerEvent): void {
    const at = pointOf(event);
    this.at = at;
    const finger = this.#fingers.get(event.pointerId);
    if (finger === undefined) return;
    if (this.#fingers.size > 1) this.#pinch(event.pointerId, finger, at);
    else if (finger.does === "pan") this.#tasks.onPan(at.x - finger.at.x, at.y - finger.at.y);
    else if (finger.does === "map") this.#tasks.onMap(at);
    finger.at = at;
  }

  /** Both fingers drag the ground along; how far they are apart is how near it is. */
  #pinch(id: number, finger: Finger, at: Point): void {
    const other = [...this.#fingers].find(([key]) => key !== id)?.[1];
    if (other === undefined) return;
    this.#tasks.onPan((at.x - finger.at.x) / 2, (at.y - finger.at.y) / 2);
    const before = Math.hypot(finger.at.x - other.at.x, finger.at.y - other.at.y);
    const now = Math.hypot(at.x - other.at.x, at.y - other.at.y);
    const middle = { x: (at.x + other.at.x) / 2, y: (at.y + other.at.y) / 2 };
    if (before > 0 && now > 0) this.#tasks.onZoom(middle, now / before);
  }

  #up(event: PointerEvent): void {
    const finger = this.#fingers.get(event.pointerId);
    this.#fingers.delete(event.pointerId);
    if (finger?.does !== "box" || this.#hasPinched) return;
    finger.at = pointOf(event);
    const isAdded = event.shiftKey;
    if (isDrag(finger)) this.#tasks.onBox(boxOf(finger), isAdded);
    else this.#tasks.onTap({ at: finger.at, isTouch: finger.isTouch, isAdded });
  }

  #drop(id: number): void {
    this.#fingers.delete(id);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.#tasks.onZoom(pointOf(event), Math.exp(-event.deltaY * WHEEL_STEP));
  }
}

const isDrag = ({ from, at, isTouch }: Finger): boolean =>
  Math.hypot(at.x - from.x, at.y - from.y) > TAP[isTouch ? "touch" : "mouse"];

const boxOf = ({ from, at }: Finger): Box => ({
  left: Math.min(from.x, at.x),
  right: Math.max(from.x, at.x),
  top: Math.min(from.y, at.y),
  bottom: Math.max(from.y, at.y),
});

const pointOf = (event: MouseEvent): Point => ({ x: event.offsetX, y: event.offsetY });
