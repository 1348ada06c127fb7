/** The scrub bar: the whole recording from left to right, with a stroke where somebody joined or left, or a world differed. */
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Block } from "../../../shared/recording/block.ts";
import type { Recording } from "../../../shared/recording/recording.ts";
import { make } from "../../ui/dom.ts";
import { Preview } from "./preview.ts";
import { Thumbnails } from "./thumbnails.ts";
import { timeOf } from "./time.ts";

type MarkKind = Block["marks"][number]["what"]["kind"];

/** What each is called; the others are not shown. */
const SHOWN: Partial<Record<MarkKind, string>> = {
  join: "joined",
  leave: "left",
  drop: "dropped",
  return: "came back",
  desync: "differed",
};

export class ScrubBar {
  readonly element = make("div", "", "scrub");
  readonly #range = make("input");
  readonly #marks = make("div", "", "marks");
  readonly #recording: Recording;
  /** The next block whose marks are to be shown: each has to be inflated for it, so one a draw is. */
  #nextBlock = 0;

  readonly #preview: Preview;

  constructor(game: AnyGame, recording: Recording, onSeek: (tick: number) => void) {
    this.#recording = recording;
    this.#range.type = "range";
    this.#range.setAttribute("aria-label", "Tick");
    this.#range.min = String(recording.firstTick);
    this.#range.max = String(recording.endTick);
    this.#range.addEventListener("input", () => onSeek(Number(this.#range.value)));
    this.#marks.setAttribute("aria-hidden", "true");
    const { firstTick, endTick } = recording;
    this.#preview = new Preview(this.#range, {
      ...{ thumbnails: new Thumbnails(game, recording), firstTick, endTick },
      timeOf: (tick) => timeOf(tick - firstTick, game.tickRate),
    });
    this.element.append(this.#preview.element, this.#range, this.#marks);
  }

  /** Once a draw. */
  show(tick: number): void {
    if (this.#range.value !== String(tick)) this.#range.value = String(tick);
    this.#preview.show();
    const { blocks } = this.#recording;
    if (this.#nextBlock === blocks.length) return;
    const block = this.#recording.block(this.#nextBlock++);
    if (typeof block !== "string") for (const mark of block.marks) this.#add(mark);
  }

  #add({ tick, what: { kind, seat, text } }: Block["marks"][number]): void {
    const does = SHOWN[kind];
    if (does === undefined) return;
    const { firstTick, endTick } = this.#recording;
    const stroke = make("i", "", kind);
    stroke.style.left = `${(100 * (tick - firstTick)) / Math.max(1, endTick - firstTick)}%`;
    stroke.title = `${text || `Seat ${(seat ?? 0) + 1}`} ${does} at tick ${tick}`;
    this.#marks.append(stroke);
  }
}
