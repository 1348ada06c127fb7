/**
 * The watch on a server from outside, through `/api/rooms`: what it says about its rooms, and whether it is there at
 * all.
 */
import type { RoomReport } from "../../../server/observe/room-report.ts";

/** Looks travel over the same line as the bots, so they are few, and fewer where they take long. */
const EVERY_MS = 5000;
const FIRST_MS = 1500;
const LONGEST_PAUSE_MS = 30_000;
/** A look may take this share of the time. */
const MOST_SHARE = 0.1;
/** After one that came to nothing. */
const AGAIN_MS = 1000;
const PATIENCE_MS = 15_000;
/** So many looks in a row without any answer, while no bot hears anything either, and the server is gone. */
const MOST_SILENT = 3;

/** What a server said about its rooms; undefined figures: it does not tell everyone. */
export interface Answer {
  readonly games: readonly string[];
  readonly rooms: readonly RoomReport[];
}

/** "shut": somebody answers, but does not tell. `code`: why there was no answer, as the system or TLS calls it. */
export type Look =
  | { readonly kind: "open"; readonly answer: Answer }
  | { readonly kind: "shut"; readonly status: number }
  | { readonly kind: "stranger" }
  | { readonly kind: "silent"; readonly code: string };

const SHUT: readonly number[] = [401, 403, 404, 429, 503];

/** Never rejects. */
export async function lookAt(url: string, patienceMs = PATIENCE_MS): Promise<Look> {
  try {
    const response = await fetch(`${url.replace(/^ws/, "http")}/api/rooms`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer = (await response.json().catch(() => undefined)) as Partial<Answer> | undefined;
    if (SHUT.includes(response.status) && answer !== undefined) return { kind: "shut", status: response.status };
    if (!response.ok || !Array.isArray(answer?.games) || !Array.isArray(answer.rooms)) return { kind: "stranger" };
    return { kind: "open", answer: answer as Answer };
  } catch (error) {
    const { cause, message, name } = error as Error & { readonly cause?: NodeJS.ErrnoException };
    return { kind: "silent", code: name === "TimeoutError" ? name : (cause?.code ?? cause?.message ?? message) };
  }
}

export interface WatchOptions {
  readonly look: () => Promise<Look>;
  /** How many frames the bots have received: whoever sends frames is there, whatever a look says. */
  readonly frames: () => number;
}

export class ServerWatch {
  /** Called with each answer. */
  onAnswer: (answer: Answer) => void = () => {};
  /** Called when nobody listened at the address, and no bot heard anything. */
  onDown: () => void = () => {};
  /** Called once when the server has answered nothing for a while, and no bot has heard anything. */
  onSilence: (code: string) => void = () => {};
  readonly #options: WatchOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silent = 0;
  #frames = 0;
  #isStopped = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#in(FIRST_MS);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** A last look, for what happened since the one before. */
  async last(): Promise<void> {
    clearTimeout(this.#timer);
    const look = await this.#options.look();
    if (!this.#isStopped && look.kind === "open") this.onAnswer(look.answer);
  }

  #in(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    const began = performance.now();
    const look = await this.#options.look();
    if (this.#isStopped) return;
    const before = this.#frames;
    this.#frames = this.#options.frames();
    const isHeard = this.#frames > before;
    this.#silent = look.kind === "silent" && !isHeard ? this.#silent + 1 : 0;
    if (look.kind === "open") this.onAnswer(look.answer);
    if (look.kind === "silent" && look.code === "ECONNREFUSED" && !isHeard) this.onDown();
    if (look.kind === "silent" && this.#silent >= MOST_SILENT) this.onSilence(look.code);
    else if (this.#silent > 0) this.#in(AGAIN_MS);
    else this.#in(Math.min(LONGEST_PAUSE_MS, Math.max(EVERY_MS, (performance.now() - began) / MOST_SHARE)));
  }
}
