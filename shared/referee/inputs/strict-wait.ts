/** Strict mode: a tick is closed when every seat's input is there, or when the others have waited long enough (R2). */
import type { Seat } from "../../engine/game/game.ts";
import type { InputIntake } from "./input-intake.ts";

/** Nobody is told of a wait that is shorter than this, in milliseconds: prediction hides it. */
const SHOWN_WAIT_MS = 250;

const NOBODY: readonly Seat[] = [];

export interface SavedWait {
  /** Seats that are waited for, ascending: whoever has played, until given up. */
  readonly expected: readonly Seat[];
  /** Those without which the open tick is not closed, and how long it has been due, in milliseconds; none and left out when it is not. */
  readonly missing: readonly Seat[];
  readonly waitedMs?: number;
}

export class StrictWait {
  readonly #timeoutMs: number;
  readonly #intake: Pick<InputIntake<unknown>, "hasInput">;
  /** Seats that are waited for: those that have played, until given up. */
  readonly #expected: boolean[];
  #missing: readonly Seat[] = [];
  #since: number | undefined;

  /** @param timeoutMs how long one tick waits before the missing seats are given up until heard again. */
  constructor(timeoutMs: number, seats: number, intake: Pick<InputIntake<unknown>, "hasInput">) {
    this.#timeoutMs = timeoutMs;
    this.#intake = intake;
    this.#expected = new Array<boolean>(seats).fill(false);
  }

  /** Seats without which the open tick is not closed. */
  get missing(): readonly Seat[] {
    return this.#missing;
  }

  /** How long the open tick has been due and waited for, at `now`; milliseconds. */
  waitedMs(now: number): number {
    return this.#since === undefined ? 0 : now - this.#since;
  }

  /** Seats that have been waited for long enough at `now` (ms) to be shown. */
  shown(now: number): readonly Seat[] {
    return this.waitedMs(now) >= SHOWN_WAIT_MS ? this.#missing : NOBODY;
  }

  /** Another player sits there now, or a bot plays it: not waited for. */
  excuse(seat: Seat): void {
    this.#expected[seat] = false;
  }

  /** Whether the open tick has to wait at `now` (ms), when it is due. */
  mustWait(openTick: number, now: number): boolean {
    for (let seat = 0; seat < this.#expected.length; seat++)
      if (this.#intake.hasInput(seat, openTick)) this.#expected[seat] = true;
    this.#missing = this.#expected.flatMap((isExpected, seat) =>
      isExpected && !this.#intake.hasInput(seat, openTick) ? [seat] : [],
    );
    if (this.#missing.length === 0) return this.#goOn();
    this.#since ??= now;
    if (now - this.#since < this.#timeoutMs) return true;
    for (const seat of this.#missing) this.#expected[seat] = false;
    return this.#goOn();
  }

  /** As it is at `now`, in milliseconds. */
  save(now: number): SavedWait {
    const expected = this.#expected.flatMap((isExpected, seat) => (isExpected ? [seat] : []));
    const saved = { expected, missing: this.#missing };
    return this.#since === undefined ? saved : { ...saved, waitedMs: now - this.#since };
  }

  load({ expected, missing, waitedMs }: SavedWait, now: number): void {
    for (const seat of expected) this.#expected[seat] = true;
    this.#missing = missing;
    this.#since = waitedMs === undefined ? undefined : now - waitedMs;
  }

  #goOn(): false {
    this.#missing = [];
    this.#since = undefined;
    return false;
  }
}
