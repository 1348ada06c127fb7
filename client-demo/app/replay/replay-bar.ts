/** The replay bar: plays a recording, stands still, steps, goes anywhere in it, looks over a seat, and verifies. */
import type { ReplayMatch } from "../../../client/replay/replay-match.ts";
import { warmUp } from "../../../client/replay/warm-up.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { make, onPress, setText } from "../../ui/dom.ts";
import { isForPage } from "../input/keys.ts";
import { doAside } from "./aside.ts";
import { ScrubBar } from "./scrub-bar.ts";
import { timeOf } from "./time.ts";
import { verifyAside } from "./verdict.ts";

/** How far an arrow goes, as in video players. */
const ARROW_SECONDS = 5;
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];
const NOBODY = "";

export interface ReplayBarOptions {
  /** What is to be said of the file, in sentences. */
  readonly notes: readonly string[];
  /** Goes on with the world that is shown, as a match of its own. A sentence when that cannot be done. */
  readonly playOn: () => string | undefined;
}

export class ReplayBar {
  readonly element = make("div", "", "replay-bar");
  readonly #match: ReplayMatch<unknown, unknown>;
  readonly #scrub: ScrubBar;
  /** Where a drag has come to: it is gone there once a draw, however many events tell of it. */
  #sought: number | undefined;
  readonly #play = make("button");
  readonly #place = make("output");
  readonly #follow = make("select");
  readonly #verify = make("button", "Verify");
  readonly #said = make("p");
  readonly #notes: readonly string[];
  #verdict = "";
  #stopVerify = (): void => {};
  readonly #stopWarmUp: () => void;
  #request = 0;
  #seats = "";
  readonly #onKey = (event: KeyboardEvent): void => this.#press(event);

  constructor(match: ReplayMatch<unknown, unknown>, { notes, playOn }: ReplayBarOptions) {
    this.#match = match;
    this.#notes = notes;
    this.#scrub = new ScrubBar(match.game as AnyGame, match.recording, (tick) => {
      this.#sought = tick;
    });
    this.#said.setAttribute("role", "status");
    this.#follow.setAttribute("aria-label", "Follow");
    this.#follow.addEventListener("change", () => {
      const { value } = this.#follow;
      match.followed = value === NOBODY ? undefined : Number(value);
      this.#follow.blur();
    });
    const on = make("button", "Play on from here");
    on.title = "Goes on with this world against bots, in the seat that is followed, or the first";
    for (const button of [this.#play, this.#verify, on]) button.type = "button";
    onPress(on, () => {
      this.#verdict = playOn() ?? this.#verdict;
    });
    onPress(this.#play, () => this.#toggle());
    onPress(this.#verify, () => this.#startVerify());
    const row = make("div", "", "row");
    row.append(this.#step("−1", "One tick back (,)", -1), this.#play, this.#step("+1", "One tick on (.)", 1));
    row.append(this.#speeds(), this.#follow, this.#place, this.#verify, on);
    this.element.append(this.#scrub.element, row, this.#said);
    // Before the game's view, which moves the map by arrows.
    window.addEventListener("keydown", this.#onKey, { capture: true });
    this.#stopWarmUp = doAside(warmUp(match.game as AnyGame, match.recording));
    this.#frame();
  }

  /** Another recording takes its place. */
  remove(): void {
    cancelAnimationFrame(this.#request);
    this.#stopVerify();
    this.#stopWarmUp();
    window.removeEventListener("keydown", this.#onKey, { capture: true });
    this.element.remove();
  }

  #frame(): void {
    this.#request = requestAnimationFrame(() => this.#frame());
    if (this.#sought !== undefined) this.#match.seek(this.#sought);
    this.#sought = undefined;
    const { tick, recording, game, isPlaying, fault, isTrue } = this.#match;
    this.#scrub.show(tick);
    setText(this.#play, isPlaying ? "Pause" : "Play");
    const at = timeOf(tick - recording.firstTick, game.tickRate);
    setText(this.#place, `${at} / ${timeOf(recording.endTick - recording.firstTick, game.tickRate)} · ${tick}`);
    this.#showSeats();
    const differs = isTrue ? "" : "From here to the next keyframe this is not the world that was played.";
    setText(this.#said, [...this.#notes, fault ?? differs, this.#verdict].filter((each) => each !== "").join(" "));
  }

  #showSeats(): void {
    const roster = [...this.#match.roster()];
    const seats = JSON.stringify(roster.map(([seat, { name }]) => [seat, name]));
    if (seats === this.#seats) return;
    this.#seats = seats;
    const options = roster.map(([seat, { name }]) => optionOf(String(seat), name));
    this.#follow.replaceChildren(optionOf(NOBODY, "Follow nobody"), ...options);
    this.#follow.value = String(this.#match.seat ?? NOBODY);
  }

  #speeds(): HTMLSelectElement {
    const select = make("select");
    select.setAttribute("aria-label", "Speed");
    select.append(...SPEEDS.map((speed) => optionOf(String(speed), speed < 1 ? `1/${1 / speed} ×` : `${speed} ×`)));
    select.value = String(this.#match.speed);
    select.addEventListener("change", () => {
      this.#match.speed = Number(select.value);
      select.blur();
    });
    return select;
  }

  #step(label: string, title: string, ticks: number): HTMLButtonElement {
    const button = make("button", label);
    button.type = "button";
    button.title = title;
    button.setAttribute("aria-label", title);
    onPress(button, () => this.#match.stepBy(ticks));
    return button;
  }

  #toggle(): void {
    if (this.#match.isPlaying) this.#match.pause();
    else this.#match.play();
  }

  #press(event: KeyboardEvent): void {
    const isScrub = event.target instanceof HTMLInputElement && event.target.type === "range";
    if (isForPage(event) && !isScrub) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { tick, game } = this.#match;
    const far = ARROW_SECONDS * game.tickRate;
    if (event.code === "Space" || event.code === "KeyK") {
      if (!event.repeat) this.#toggle();
    } else if (event.code === "ArrowLeft") this.#sought = (this.#sought ?? tick) - far;
    else if (event.code === "ArrowRight") this.#sought = (this.#sought ?? tick) + far;
    else if (event.key === ",") this.#match.stepBy(-1);
    else if (event.key === ".") this.#match.stepBy(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #startVerify(): void {
    this.#verify.disabled = true;
    const { game, recording } = this.#match;
    this.#stopVerify = verifyAside(game as never, recording, {
      onProgress: (share) => setText(this.#verify, `Verifying ${Math.floor(100 * share)} %`),
      onVerdict: (sentence) => {
        this.#verdict = sentence;
        this.#verify.disabled = false;
        setText(this.#verify, "Verify");
      },
    });
  }
}

function optionOf(value: string, text: string): HTMLOptionElement {
  const option = make("option", text);
  option.value = value;
  return option;
}
