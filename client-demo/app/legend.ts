/** Which key does what, in words: generated from the controls, so it is never out of date. */
import type { Control } from "./controls.ts";

/** The keys of buttons, by slot. The first is the left mouse button too, the second the right one. */
export const BUTTON_KEYS = [
  { codes: ["Space"], label: "Space" },
  { codes: ["KeyE"], label: "E" },
  { codes: ["KeyQ"], label: "Q" },
  { codes: ["ShiftLeft", "ShiftRight"], label: "Shift" },
  { codes: ["KeyF"], label: "F" },
  { codes: ["KeyR"], label: "R" },
  { codes: ["KeyC"], label: "C" },
  { codes: ["KeyX"], label: "X" },
] as const;

export interface LegendEntry {
  readonly keys: readonly string[];
  readonly does: string;
}

const MOUSE_BUTTONS = ["Click", "Right click"];
const SIDES = { left: ["A", "←"], right: ["D", "→"], up: ["W", "↑"], down: ["S", "↓"] } as const;

/** @param isTouch whether the player has thumbs on glass instead of keys and a mouse. */
export function legendOf(controls: readonly Control[], isTouch: boolean): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const axes = controls.filter(({ kind }) => kind === "axis");
  const isPointing = controls.some(({ kind }) => kind === "aim");
  if (axes.length > 0)
    entries.push({ keys: axisKeys(axes, isTouch, isPointing), does: axes.length > 1 ? "move" : axes[0]!.field });
  if (isPointing) entries.push({ keys: [isTouch ? "Right thumb" : "Mouse"], does: isTouch ? "aim, fire" : "aim" });
  if (controls.some(({ kind }) => kind === "point"))
    entries.push({ keys: [isTouch ? "Touch" : "Mouse"], does: "point" });
  for (const control of controls) {
    if (control.kind === "side") entries.push({ keys: SIDES[control.side], does: control.field });
    if (control.kind === "direction") entries.push({ keys: ["WASD", "Arrows"], does: control.field });
    if (control.kind === "digit") entries.push({ keys: [`0–${control.most}`], does: control.field });
    if (control.kind === "button" && !(isTouch && control.slot === 0 && isPointing))
      entries.push({ keys: buttonKeys(control.slot, isTouch), does: control.field });
  }
  return entries;
}

function axisKeys(axes: readonly Control[], isTouch: boolean, isPointing: boolean): string[] {
  if (isTouch) return [isPointing ? "Left thumb" : "Drag anywhere"];
  if (axes.length > 1) return ["WASD", "Arrows"];
  return axes[0]?.kind === "axis" && axes[0].along === "x" ? ["A D", "← →"] : ["W S", "↑ ↓"];
}

function buttonKeys(slot: number, isTouch: boolean): string[] {
  if (isTouch) return [slot === 0 ? "Right thumb" : "Button"];
  const key = BUTTON_KEYS[slot]?.label ?? "no key left";
  const mouse = MOUSE_BUTTONS[slot];
  return mouse === undefined ? [key] : [mouse, key];
}
