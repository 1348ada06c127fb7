/** The keys at the bottom, and buttons for thumbs where a game has more of them than sticks. */

import { find, make } from "../../ui/dom.ts";
import type { Control } from "../input/controls.ts";
import type { Keys } from "../input/keys.ts";
import { BUTTON_KEYS, legendOf } from "../input/legend.ts";

export class LegendBar {
  readonly #legend = find("legend", HTMLUListElement);
  readonly #buttons = find("touch-buttons", HTMLElement);
  readonly #controls: readonly Control[];
  readonly #keys: Keys;
  #isTouch: boolean | undefined;

  constructor(controls: readonly Control[], keys: Keys) {
    this.#controls = controls;
    this.#keys = keys;
  }

  show(isTouch: boolean): void {
    if (isTouch === this.#isTouch) return;
    this.#isTouch = isTouch;
    this.#legend.replaceChildren(
      ...legendOf(this.#controls, isTouch).map(({ keys, does }) => {
        const entry = make("li");
        entry.append(...keys.map((key) => make("kbd", key)), does);
        return entry;
      }),
    );
    // A button that is taken away tells nothing of the finger on it.
    this.#keys.letGo();
    this.#buttons.replaceChildren(...(isTouch ? this.#touchButtons() : []));
  }

  /** The first button is the right thumb's; the others, sides and digits get a button each. */
  #touchButtons(): HTMLElement[] {
    return this.#controls.flatMap((control) => {
      if (control.kind === "button" && control.slot > 0)
        return [this.#button(control.field, BUTTON_KEYS[control.slot]?.codes[0])];
      if (control.kind === "digit")
        return Array.from({ length: control.most }, (_, index) => this.#button(String(index + 1), `Digit${index + 1}`));
      return [];
    });
  }

  #button(label: string, code: string | undefined): HTMLElement {
    const button = make("button", label);
    button.type = "button";
    if (code === undefined) return button;
    const fingers = new Set<number>();
    button.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      // Of fingers that were lifted without a word.
      if (event.isPrimary) fingers.clear();
      fingers.add(event.pointerId);
      this.#keys.hold(code, true);
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave", "lostpointercapture"] as const)
      button.addEventListener(name, ({ pointerId }) => {
        if (fingers.delete(pointerId) && fingers.size === 0) this.#keys.hold(code, false);
      });
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    return button;
  }
}
