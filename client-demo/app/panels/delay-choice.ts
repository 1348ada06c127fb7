/** The player's choice of input delay: in the network panel, in the address, and remembered for each game. */
import { mostInputDelay } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { make } from "../../ui/dom.ts";

/** What the choice is made for. */
interface Delayed {
  inputDelayWish: number | undefined;
}

const AUTOMATIC = "auto";

export class DelayChoice {
  readonly element = make("label");
  readonly #select = make("select");
  readonly #key: string;
  #client: Delayed | undefined;

  /** @param asked by the address, in ticks: before what is remembered. */
  constructor({ name, tickRate, inputDelay = 0 }: AnyGame, asked: number | undefined) {
    this.#key = `phalanx:input-delay:${name}`;
    const most = mostInputDelay(tickRate);
    const usual = inputDelay === 0 ? "as the line needs" : `${inputDelay} or more, as the line needs`;
    this.#add(AUTOMATIC, usual);
    for (let ticks = 0; ticks <= most; ticks++)
      this.#add(
        String(ticks),
        `${ticks} ${ticks === 1 ? "tick" : "ticks"}, ${Math.round((ticks * 1000) / tickRate)} ms`,
      );
    this.#select.value = asked === undefined ? (recall(this.#key) ?? AUTOMATIC) : String(asked);
    // What was remembered of a game with other ticks.
    if (this.#select.selectedIndex === -1) this.#select.value = AUTOMATIC;
    this.#select.title = "Less: your moves are on the screen sooner. More: others are guessed less, and jump less.";
    this.#select.addEventListener("change", () => {
      remember(this.#key, this.#select.value);
      this.#tell();
      // The arrow keys are the game's again.
      this.#select.blur();
    });
    this.element.append(make("span", "Input delay"), this.#select);
  }

  /** Another session: the choice is made for it too. */
  use(client: Delayed): void {
    this.#client = client;
    this.#tell();
  }

  #tell(): void {
    if (this.#client === undefined) return;
    const { value } = this.#select;
    this.#client.inputDelayWish = value === AUTOMATIC ? undefined : Number(value);
  }

  #add(value: string, text: string): void {
    const option = make("option", text);
    option.value = value;
    this.#select.append(option);
  }
}

/** Storage can be switched off; the page works without it. */
function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then it has to be chosen again next time.
  }
}
