/** The command bar: for a game whose view gives no commands itself, a button for each, with a small form where it has fields. */

import { type CommandKind, commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { CommandOutcome } from "../../../shared/engine/protocol/command-outcome.ts";
import { find, make, onPress } from "../../ui/dom.ts";
import { toast } from "../panels/news-list.ts";
import { type Pointed, recordInput } from "./field-inputs.ts";

export interface CommandBarOptions {
  give(name: string, fields: unknown): Promise<CommandOutcome>;
  readonly pointed: Pointed;
}

export class CommandBar {
  readonly #bar = find("commands", HTMLElement);
  readonly #options: CommandBarOptions;

  /** @param isNeeded whether the game's view leaves its commands to the page. */
  constructor(game: AnyGame, isNeeded: boolean, options: CommandBarOptions) {
    this.#options = options;
    const commands = isNeeded ? commandsOf(game) : [];
    this.#bar.replaceChildren(...commands.map((command) => this.#entry(command)));
    this.#bar.hidden = commands.length === 0;
  }

  #entry({ name, codec }: CommandKind): HTMLElement {
    const button = make("button", name, "command");
    button.type = "button";
    if (codec.fields.length === 0) {
      onPress(button, () => this.#give(name, {}));
      return button;
    }
    const fields = recordInput(codec);
    const form = make("form", "", "command-form");
    form.hidden = true;
    const send = make("button", `Give ${name}`);
    form.append(fields.element, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#give(name, fields.value);
    });
    button.setAttribute("aria-expanded", "false");
    onPress(button, () => {
      fields.fill(this.#options.pointed);
      this.#open(form, button);
    });
    const entry = make("div", "", "command-entry");
    entry.append(button, form);
    return entry;
  }

  /** One form at a time. */
  #open(form: HTMLFormElement, button: HTMLElement): void {
    const isOpening = form.hidden;
    for (const other of this.#bar.querySelectorAll("form")) other.hidden = true;
    for (const other of this.#bar.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
    form.hidden = !isOpening;
    button.setAttribute("aria-expanded", String(isOpening));
    const first = isOpening ? form.querySelector("input") : null;
    first?.focus();
    first?.select();
  }

  /** @param fields or what makes them, which may not be readable. */
  async #give(name: string, fields: unknown | (() => unknown)): Promise<void> {
    try {
      const outcome = await this.#options.give(name, typeof fields === "function" ? fields() : fields);
      if (!outcome.isApplied) toast(`${name}: ${outcome.reason}.`);
    } catch (error) {
      toast(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
