/** The replay page: takes a recording from an address, from a file that is chosen or one that is dropped, and shows it. */
import { ReplayMatch } from "../../../client/replay/replay-match.ts";
import { logicOf } from "../../../client/session/logic.ts";
import { shownValue } from "../../../shared/engine/codec/diff.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { RecordedReport } from "../../../shared/recording/recorded-report.ts";
import { Recording } from "../../../shared/recording/recording.ts";
import { find, make, setText } from "../../ui/dom.ts";
import { ReplayBar } from "./replay-bar.ts";

/** Fetched with this code, as a file of its own: whoever plays has no need of it. */
const STYLE = new URL("../../style/replay.css?no-inline", import.meta.url).href;
const HINT = "Choose a recording (.phx), or drop one on this page.";

export interface ReplayPageOptions {
  /** What can be played here. */
  readonly games: readonly AnyGame[];
  /** Begins to draw it, in place of what was drawn before. */
  readonly play: (match: ReplayMatch<unknown, unknown>) => void;
  /** Goes on with its world, as a match of its own. A sentence when that cannot be done. */
  readonly playOn: (match: ReplayMatch<unknown, unknown>) => string | undefined;
}

export class ReplayPage {
  readonly #options: ReplayPageOptions;
  readonly #section = make("section");
  readonly #file = make("input");
  /** What is wrong with a file that cannot be played, or what to do where there is none yet. */
  readonly #said = make("p", HINT);
  #bar: ReplayBar | undefined;
  /** How many were asked for: one that comes late does not take the place of a later one. */
  #asked = 0;

  constructor(options: ReplayPageOptions) {
    this.#options = options;
    const style = make("link");
    style.rel = "stylesheet";
    style.href = STYLE;
    document.head.append(style);
    this.#section.id = "replay";
    this.#section.setAttribute("aria-label", "Recording");
    this.#file.type = "file";
    this.#file.accept = ".phx";
    this.#file.setAttribute("aria-label", "Recording");
    this.#file.addEventListener("change", () => this.#openFile(this.#file.files?.[0]));
    this.#said.setAttribute("role", "alert");
    this.#section.append(this.#said, this.#file);
    find("foot", HTMLElement).append(this.#section);
    window.addEventListener("dragover", (event) => event.preventDefault());
    window.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#openFile(event.dataTransfer?.files[0]);
    });
  }

  /** Fetches a recording and shows it. */
  openUrl(url: string): void {
    void this.#open(async () => {
      const response = await fetch(url, { credentials: "omit" });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return response.arrayBuffer();
    });
  }

  #openFile(file: File | undefined): void {
    if (file !== undefined) void this.#open(() => file.arrayBuffer());
  }

  async #open(read: () => Promise<ArrayBuffer>): Promise<void> {
    const asked = ++this.#asked;
    const bytes = await read().catch((error: unknown) => `The recording could not be had: ${messageOf(error)}.`);
    if (asked !== this.#asked) return;
    const fault = typeof bytes === "string" ? bytes : this.#show(new Uint8Array(bytes));
    setText(this.#said, fault ?? "");
  }

  /** A sentence when it cannot be played: what was shown before goes on. */
  #show(bytes: Uint8Array): string | undefined {
    const recording = Recording.open(bytes);
    if (typeof recording === "string") return recording;
    const { head, fault, report } = recording;
    const game = this.#options.games.find(({ name }) => name === head.game);
    if (game === undefined) return `The recording is of the game "${head.game}", which is not on this page's shelf.`;
    const match = ReplayMatch.open<unknown, unknown>(game, recording, () => performance.now());
    if (typeof match === "string") return match;
    const own = logicOf(game.name);
    const isOther = head.logic !== undefined && own !== undefined && head.logic !== own;
    const notes = isOther
      ? ["It was recorded with another build of the rules, and is played with those of today."]
      : [];
    if (report !== undefined) notes.push(showDesync(match, report));
    this.#bar?.remove();
    this.#bar = new ReplayBar(match, {
      notes: fault === undefined ? notes : [...notes, fault],
      playOn: () => this.#options.playOn(match),
    });
    this.#section.prepend(this.#bar.element);
    this.#options.play(match);
    return undefined;
  }
}

/** Goes to where the worlds differed first, and stands still there. Says what did, in a sentence. */
function showDesync(
  match: ReplayMatch<unknown, unknown>,
  { tick, client, verdict, differences }: RecordedReport,
): string {
  match.pause();
  match.seek(tick);
  const fields = differences
    .map(({ path, a, b }) => `${path} (${shownValue(a)} here, ${shownValue(b)} there)`)
    .join(", ");
  const whose = client.seat === undefined ? "of a spectator" : `at seat ${client.seat}`;
  return `At tick ${tick} the world of the client ${whose} was another one: ${fields}. ${verdict}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
