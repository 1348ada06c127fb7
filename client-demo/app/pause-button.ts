/** Asks for a pause, and takes it back: the room stands still while those who may say so want it to. */
import { find, onPress } from "./dom.ts";

export class PauseButton {
  readonly #button = find("pause", HTMLButtonElement);
  readonly #onChange: (isWanted: boolean) => void;

  constructor(onChange: (isWanted: boolean) => void) {
    this.#onChange = onChange;
    onPress(this.#button, () => this.toggle());
  }

  toggle(): void {
    const isWanted = !this.#isWanted;
    this.#show(isWanted);
    this.#onChange(isWanted);
  }

  /** Another room: nothing has been asked for there. */
  reset(): void {
    this.#show(false);
  }

  get #isWanted(): boolean {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  #show(isWanted: boolean): void {
    this.#button.setAttribute("aria-pressed", String(isWanted));
  }
}
