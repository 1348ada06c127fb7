/** Looks at a server from outside, through `/api/rooms`: what it says about its rooms, and whether it is there at all. */
import type { RoomReport } from "../../server/rooms/room-report.ts";

const EVERY_MS = 2000;
const PATIENCE_MS = 5000;
/** So many looks in a row without any answer, and the server is gone. */
const MOST_SILENT = 3;

/** What a server said about its rooms; undefined figures: it does not tell everyone. */
export interface Answer {
  readonly games: readonly string[];
  readonly rooms: readonly RoomReport[];
}

/** "shut": somebody answers, but does not tell. */
export type Look =
  | { readonly kind: "open"; readonly answer: Answer }
  | { readonly kind: "shut"; readonly status: number }
  | { readonly kind: "stranger" }
  | { readonly kind: "silent"; readonly why: string };

/** Never rejects. */
export async function lookAt(url: string): Promise<Look> {
  try {
    const response = await fetch(`${url.replace(/^ws/, "http")}/api/rooms`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if ([401, 403, 429, 503].includes(response.status)) return { kind: "shut", status: response.status };
    const answer = (await response.json().catch(() => undefined)) as Partial<Answer> | undefined;
    if (!response.ok || !Array.isArray(answer?.games) || !Array.isArray(answer.rooms)) return { kind: "stranger" };
    return { kind: "open", answer: answer as Answer };
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: NodeJS.ErrnoException };
    return { kind: "silent", why: cause?.code ?? cause?.message ?? message };
  }
}

export class ServerWatch {
  /** Called with each answer. */
  onAnswer: (answer: Answer) => void = () => {};
  /** Called once when the server has answered nothing for a while. */
  onSilence: (why: string) => void = () => {};
  readonly #url: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silent = 0;
  #isStopped = false;

  constructor(url: string) {
    this.#url = url;
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#look(), EVERY_MS);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const look = await lookAt(this.#url);
    if (this.#isStopped) return;
    this.#silent = look.kind === "silent" ? this.#silent + 1 : 0;
    if (look.kind === "open") this.onAnswer(look.answer);
    if (look.kind === "silent" && this.#silent >= MOST_SILENT) this.onSilence(look.why);
    else this.start();
  }
}
