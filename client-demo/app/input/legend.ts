/** The legend: which key does what, in words generated from the controls, so it is never out of date. */
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
  return isTouch ? touchLegend(controls) : keyLegend(controls);
}

/** Sticks only: further buttons are on the screen and bear their names. */
function touchLegend(controls: readonly Control[]): LegendEntry[] {
  const has = (kind: Control["kind"]): boolean => controls.some((control) => control.kind === kind);
  const entries: LegendEntry[] = [];
  const isMoving = has("axis") || has("side") || has("direction");
  if (isMoving) entries.push({ keys: [has("aim") || has("button") ? "Left thumb" : "Drag anywhere"], does: "move" });
  const first = controls.find((control) => control.kind === "button");
  const acts = [...(has("aim") ? ["aim"] : []), ...(first === undefined ? [] : [first.field])];
  if (acts.length > 0) entries.push({ keys: [isMoving ? "Right thumb" : "Touch"], does: acts.join(", ") });
  if (has("point")) entries.push({ keys: ["Touch"], does: "point" });
  return entries;
}

function keyLegend(controls: readonly Control[]): LegendEntry[] {
  const entries: LegendEntry[] = [];
  const axes = controls.filter((control) => control.kind === "axis");
  if (axes.length > 1) entries.push({ keys: ["WASD", "Arrows"], does: "move" });
  if (axes.length === 1)
    entries.push({ keys: axes[0]!.along === "x" ? ["A D", "← →"] : ["W S", "↑ ↓"], does: axes[0]!.field });
  if (controls.some(({ kind }) => kind === "aim")) entries.push({ keys: ["Mouse"], does: "aim" });
  if (controls.some(({ kind }) => kind === "point")) entries.push({ keys: ["Mouse"], does: "point" });
  for (const control of controls) {
    if (control.kind === "side") entries.push({ keys: SIDES[control.side], does: control.field });
    if (control.kind === "direction") entries.push({ keys: ["WASD", "Arrows"], does: control.field });
    if (control.kind === "digit") entries.push({ keys: [`0–${control.most}`], does: control.field });
    if (control.kind === "button") entries.push({ keys: buttonKeys(control.slot), does: control.field });
  }
  return entries;
}

function buttonKeys(slot: number): string[] {
  const key = BUTTON_KEYS[slot]?.label ?? "no key left";
  const mouse = MOUSE_BUTTONS[slot];
  return mouse === undefined ? [key] : [mouse, key];
}
