/**
 * The pause button: asks for a pause, and takes it back; the room stands still while the players who may pause want it
 * to.
 */
import type { Roster } from "../../../client/match/roster.ts";
import { find, onPress, setText } from "../../ui/dom.ts";

export class PauseButton {
  readonly #button = find("pause", HTMLButtonElement);
  readonly #onChange: (isWanted: boolean) => void;

  constructor(onChange: (isWanted: boolean) => void) {
    this.#onChange = onChange;
    onPress(this.#button, () => this.toggle());
  }

  toggle(): void {
    const isWanted = !this.#isWanted;
    this.#press(isWanted);
    this.#onChange(isWanted);
  }

  /** Another room: nothing has been asked for there. */
  reset(): void {
    this.#press(false);
    this.#say("Pause", "Ask for a pause (P)", false);
  }

  /** Who asks, how many there are, and what a press does. */
  show(roster: Roster, phase: string | undefined): void {
    let players = 0;
    let asking = 0;
    for (const { kind, isAway, wantsPause } of roster.values()) {
      if (kind !== "player" || isAway) continue;
      players++;
      if (wantsPause) asking++;
    }
    if (phase === "paused") {
      if (this.#isWanted) this.#say("Go on", "Take back that you want a pause (P)", true);
      else this.#say("Paused", "Ask for the pause, too (P)", true);
    } else if (asking === 0) this.#say("Pause", "Ask for a pause (P)", false);
    else {
      const does = this.#isWanted ? "Take back that you want a pause (P)" : "Agree to a pause (P)";
      this.#say(`Pause ${asking}/${players}`, `${asking} of ${players} players want a pause. ${does}`, true);
    }
  }

  get #isWanted(): boolean {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  #press(isWanted: boolean): void {
    this.#button.setAttribute("aria-pressed", String(isWanted));
  }

  #say(label: string, title: string, isAsked: boolean): void {
    setText(this.#button, label);
    if (this.#button.title !== title) this.#button.title = title;
    this.#button.classList.toggle("asked", isAsked);
  }
}
