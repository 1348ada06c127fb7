/** The input mapper: keys, mouse and thumbs become one input of the game, field by field. */
import type { Point } from "../../views/view.ts";
import type { Along, Control, Range, Side } from "./controls.ts";
import type { Keys } from "./keys.ts";
import { BUTTON_KEYS } from "./legend.ts";
import type { Pointer } from "./pointer.ts";
import { snap } from "./stick.ts";

/** What the hand needs to know of the picture. */
export interface Sight {
  /** Where on the screen the local figure is. */
  readonly focus: Point | undefined;
  toWorld(point: Point): Point;
}

export type SampledInput = Record<string, number | boolean>;

const SIDE_KEYS: Readonly<Record<Side, readonly string[]>> = {
  left: ["ArrowLeft", "KeyA"],
  right: ["ArrowRight", "KeyD"],
  up: ["ArrowUp", "KeyW"],
  down: ["ArrowDown", "KeyS"],
};
/** Further than this the right thumb does not only aim, it fires. */
const FIRE_PUSH = 0.45;
const TURN = 2 * Math.PI;

export class InputMapper {
  readonly #controls: readonly Control[];
  readonly #keys: Keys;
  readonly #pointer: Pointer;
  #aim = 0;

  constructor(controls: readonly Control[], keys: Keys, pointer: Pointer) {
    this.#controls = controls;
    this.#keys = keys;
    this.#pointer = pointer;
  }

  /** Where the hand points, in radians; undefined in a game without aiming. */
  aim(sight: Sight): number | undefined {
    return this.#controls.some(({ kind }) => kind === "aim") ? this.#pointedAt(sight) : undefined;
  }

  /** What the player wants in this tick. */
  sample(sight: Sight): SampledInput {
    const push = this.#push();
    const whole = snap(push);
    const input: SampledInput = {};
    for (const control of this.#controls) {
      const { field } = control;
      switch (control.kind) {
        case "axis":
          input[field] = control.sign * (control.isWhole ? whole : analog(push))[control.along] || 0;
          break;
        case "side":
          input[field] = asHeld(this.#isPushed(control.side, whole), control.isBoolean);
          break;
        case "direction":
          input[field] = whole.y < 0 ? 1 : whole.x > 0 ? 2 : whole.y > 0 ? 3 : whole.x < 0 ? 4 : 0;
          break;
        case "aim":
          input[field] = asAim(this.#pointedAt(sight), control.steps, control.isSigned);
          break;
        case "point":
          input[field] = this.#pointOf(sight, control.along, control.range);
          break;
        case "button":
          input[field] = this.#isButtonDown(control.slot);
          break;
        case "digit":
          input[field] = Math.min(control.most, this.#keys.digit() ?? 0);
          break;
      }
    }
    this.#keys.settle();
    this.#pointer.settle();
    return input;
  }

  #push(): Point {
    const x = Number(this.#keys.isDown(...SIDE_KEYS.right)) - Number(this.#keys.isDown(...SIDE_KEYS.left));
    const y = Number(this.#keys.isDown(...SIDE_KEYS.down)) - Number(this.#keys.isDown(...SIDE_KEYS.up));
    return x !== 0 || y !== 0 ? { x, y } : this.#pointer.move.push;
  }

  /** Right thumb, else mouse; one who has neither looks where they walk. */
  #pointedAt({ focus }: Sight): number {
    const thumb = this.#pointer.act.push;
    const mouse = this.#pointer.isTouch ? undefined : this.#pointer.at;
    const push = this.#push();
    if (thumb.x !== 0 || thumb.y !== 0) this.#aim = Math.atan2(thumb.y, thumb.x);
    else if (mouse !== undefined && focus !== undefined) this.#aim = Math.atan2(mouse.y - focus.y, mouse.x - focus.x);
    else if (push.x !== 0 || push.y !== 0) this.#aim = Math.atan2(push.y, push.x);
    return this.#aim;
  }

  #pointOf(sight: Sight, along: Along, { min, max, isWhole }: Range): number {
    const at = this.#pointer.at ?? sight.focus;
    const value = at === undefined ? 0 : sight.toWorld(at)[along];
    return Math.max(min, Math.min(isWhole ? Math.round(value) : value, max)) || 0;
  }

  #isPushed(side: Side, whole: Point): boolean {
    if (this.#keys.isDown(...SIDE_KEYS[side])) return true;
    return { left: whole.x < 0, right: whole.x > 0, up: whole.y < 0, down: whole.y > 0 }[side];
  }

  #isButtonDown(slot: number): boolean {
    if (this.#keys.isDown(...(BUTTON_KEYS[slot]?.codes ?? []))) return true;
    if (slot > 1) return false;
    const { x, y } = this.#pointer.act.push;
    const isAiming = this.#controls.some(({ kind }) => kind === "aim");
    const isThumb = slot === 0 && this.#pointer.act.isHeld && (!isAiming || Math.hypot(x, y) > FIRE_PUSH);
    return isThumb || this.#pointer.isDown(slot === 0 ? 0 : 1);
  }
}

const asHeld = (isHeld: boolean, isBoolean: boolean): number | boolean => (isBoolean ? isHeld : Number(isHeld));

/** Never longer than 1: diagonally is not faster. */
function analog({ x, y }: Point): Point {
  const length = Math.max(1, Math.hypot(x, y));
  return { x: x / length, y: y / length };
}

function asAim(radians: number, steps: number | undefined, isSigned: boolean): number {
  if (steps === undefined) return radians;
  const turned = Math.round((((radians % TURN) + TURN) / TURN) * steps) % steps;
  return isSigned && turned >= steps / 2 ? turned - steps : turned;
}
