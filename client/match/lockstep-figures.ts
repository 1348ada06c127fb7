/** The figures of a match that a lockstep client plays. */
import type { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import type { LockstepStats } from "../../shared/engine/lockstep/lockstep-stats.ts";
import type { MatchFigures } from "./match-source.ts";

/** Counts the bytes of a line. */
interface Rates {
  rates(now: number): { readonly up: number; readonly down: number };
}

/** What of a client is shown. */
type ShownClient = Pick<
  LockstepClient<unknown, unknown>,
  | ("isSynced" | "joinProgress" | "predictedTick" | "confirmedTick")
  | ("inputDelay" | "stalledMs" | "stats" | "roundTripAt")
>;

export class LockstepFigures implements MatchFigures {
  readonly #client: ShownClient;
  readonly #line: Rates | undefined;

  /** @param line where the bytes are counted; undefined for a match without a line: it has no round trip either. */
  constructor(client: ShownClient, line: Rates | undefined) {
    this.#client = client;
    this.#line = line;
  }

  get isSynced(): boolean {
    return this.#client.isSynced;
  }

  get joinProgress(): number {
    return this.#client.joinProgress;
  }

  get ticksAhead(): number {
    return this.#client.predictedTick - this.#client.confirmedTick;
  }

  get inputDelay(): number {
    return this.#client.inputDelay;
  }

  get stalledMs(): number {
    return this.#client.stalledMs;
  }

  get stats(): Readonly<LockstepStats> {
    return this.#client.stats;
  }

  roundTripAt(now: number): { readonly ms: number; readonly spreadMs: number } | undefined {
    return this.#line === undefined ? undefined : this.#client.roundTripAt(now);
  }

  ratesAt(now: number): { readonly up: number; readonly down: number } | undefined {
    return this.#line?.rates(now);
  }
}
