/** The dialog for a problem: a title, a sentence, and a button that helps. */
import { find, make, setText } from "../../ui/dom.ts";
import type { ActionKind, Problem } from "../address/problem.ts";

export class ProblemDialog {
  readonly #dialog = find("problem", HTMLDialogElement);
  readonly #text = find("problem-text", HTMLElement);
  readonly #act: (kind: ActionKind) => void;

  constructor(act: (kind: ActionKind) => void) {
    this.#act = act;
    // There is nothing behind it to go back to.
    this.#dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  show({ title, sentence, actions, isRetried }: Problem): void {
    setText(find("problem-title", HTMLElement), title);
    this.#text.setAttribute("aria-live", "polite");
    setText(this.#text, sentence);
    this.#dialog.classList.toggle("is-retried", isRetried === true);
    const buttons = actions.map((action, index) => {
      const style = index === 0 ? "button main" : "button";
      if ("href" in action) {
        const link = make("a", action.label, style);
        link.href = action.href;
        return link;
      }
      const button = make("button", action.label, style);
      button.type = "button";
      button.addEventListener("click", () => this.#act(action.does));
      return button;
    });
    this.#dialog.querySelector(".actions")!.replaceChildren(...buttons);
    if (!this.#dialog.open) this.#dialog.showModal();
    buttons[0]?.focus();
  }

  /** A new sentence in the open dialog, for eyes only: nobody wants to hear seconds counted. */
  say(sentence: string): void {
    this.#text.setAttribute("aria-live", "off");
    setText(this.#text, sentence);
  }

  close(): void {
    if (this.#dialog.open) this.#dialog.close();
  }
}
