/** The counts of workers that have ended, as far as somebody was told of them: totals of a server never fall. */
import type { Figures } from "../../shared/monitor/feed.ts";
import { countersOf, mergeFigures } from "../../shared/monitor/merge-figures.ts";
import type { Survey } from "../base/everyone.ts";

interface Account {
  readonly figures: Figures;
  readonly rows: readonly unknown[];
  readonly journalTroubles: readonly unknown[];
}

const ACCOUNT = "account";

export class PastFigures {
  /** The last account of each worker that lives. */
  readonly #last = new Map<object, Figures>();
  #past: Figures | undefined;

  note(worker: object, { question }: Survey, answer: unknown): void {
    if (question === ACCOUNT) this.#last.set(worker, (answer as Account).figures);
  }

  ended(worker: object): void {
    const last = this.#last.get(worker);
    this.#last.delete(worker);
    if (last === undefined) return;
    const counters = countersOf(last);
    this.#past = this.#past === undefined ? counters : mergeFigures([this.#past, counters]);
  }

  /** Their answer; undefined when there is none. */
  answer({ question }: Survey): Account | undefined {
    return question === ACCOUNT && this.#past !== undefined
      ? { figures: this.#past, rows: [], journalTroubles: [] }
      : undefined;
  }
}
