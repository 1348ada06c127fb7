/** Inputs addressed to ticks: bounds-checked, kept until their tick, filled where missing (R3, R9). */
import type { InputCodec } from "../../shared/engine/codec/input-codec.ts";
import type { Seat } from "../../shared/engine/game/game.ts";

/** An input may be for a tick at most this far ahead, in seconds; beyond it is early and refused (R9). */
const EARLY_SECONDS = 1;
/** An input holds for this long after its tick; then the neutral one is filled in (R3). */
const HOLD_SECONDS = 1;

/** What became of an input. */
export type Verdict =
  | "accepted"
  | "input/late-moved"
  | "input/late-dropped"
  | "input/too-early"
  | "input/no-seat"
  | "input/not-accepted";

interface SeatInbox<Input> {
  /** Ring by tick. */
  readonly inputs: Input[];
  readonly ticks: Float64Array;
  /** For which tick the client wanted what waits here: an earlier one when it came late and was moved. */
  readonly wanted: Float64Array;
  /** The last tick that anything is here for: most ticks nothing waits, and the rings need not be looked at. */
  latestTick: number;
  /** What is in force, and until which tick (exclusive) it holds. */
  readonly current: Input;
  holdsUntil: number;
}

export interface IntakeOptions {
  readonly seats: number;
  readonly tickRate: number;
  /** What becomes of a late input (R9). */
  readonly lateInputs: "move" | "drop";
}

/** The game's own judgement; a predicate that throws on an input does not accept it. */
type Accepts<Input> = (input: Input) => boolean;

export class InputIntake<Input> {
  /** Inputs by what became of them, and ticks filled with the neutral input. */
  readonly counts: Record<Verdict | "filled", number> = {
    accepted: 0,
    "input/late-moved": 0,
    "input/late-dropped": 0,
    "input/too-early": 0,
    "input/no-seat": 0,
    "input/not-accepted": 0,
    filled: 0,
  };
  readonly codec: InputCodec<Input>;
  readonly #neutral: Input;
  readonly #options: IntakeOptions;
  readonly #accepts: Accepts<Input>;
  readonly #window: number;
  readonly #holdTicks: number;
  readonly #inboxes: (SeatInbox<Input> | undefined)[];

  constructor(codec: InputCodec<Input>, options: IntakeOptions, accepts: Accepts<Input> = () => true) {
    this.codec = codec;
    this.#accepts = accepts;
    this.#neutral = codec.create();
    this.#options = options;
    this.#window = Math.ceil(EARLY_SECONDS * options.tickRate);
    this.#holdTicks = Math.ceil(HOLD_SECONDS * options.tickRate);
    this.#inboxes = new Array<SeatInbox<Input> | undefined>(options.seats).fill(undefined);
  }

  /** Starts taking inputs for a seat, with nothing in force. */
  open(seat: Seat): void {
    const slots = this.#window + 1;
    this.#inboxes[seat] = {
      inputs: Array.from({ length: slots }, () => this.codec.create()),
      ticks: new Float64Array(slots).fill(-1),
      wanted: new Float64Array(slots).fill(-1),
      latestTick: -1,
      current: this.codec.create(),
      holdsUntil: 0,
    };
  }

  /** Stops taking inputs for a seat and forgets what came. */
  close(seat: Seat): void {
    this.#inboxes[seat] = undefined;
  }

  /** Takes an input of a seat for `tick`, when `openTick` is the next to be closed (R9). The input is copied. */
  accept(seat: Seat | undefined, tick: number, openTick: number, input: Input): Verdict {
    const verdict = this.#isFair(input) ? this.#judge(seat, tick, openTick) : "input/not-accepted";
    this.counts[verdict]++;
    if (seat !== undefined && (verdict === "accepted" || verdict === "input/late-moved")) {
      const inbox = this.#inboxes[seat]!;
      const slot = this.#store(inbox, Math.max(tick, openTick), input);
      inbox.wanted[slot] = tick;
    }
    return verdict;
  }

  /** Puts an input in force from the next tick on until the next one comes: how stream clients play. */
  hold(seat: Seat | undefined, input: Input): Verdict {
    const inbox = seat === undefined ? undefined : this.#inboxes[seat];
    const verdict = inbox === undefined ? "input/no-seat" : this.#isFair(input) ? "accepted" : "input/not-accepted";
    this.counts[verdict]++;
    if (inbox === undefined || verdict !== "accepted") return verdict;
    this.codec.copy(input, inbox.current);
    inbox.holdsUntil = Number.POSITIVE_INFINITY;
    return verdict;
  }

  /** Whether a seat has said what it wants in this tick. */
  hasInput(seat: Seat, tick: number): boolean {
    const inbox = this.#inboxes[seat];
    return inbox !== undefined && inbox.ticks[tick % inbox.ticks.length] === tick;
  }

  /** Writes what the seat wants in `tick`, which is being closed, into `into`: its input, the last, or neutral (R3). */
  collect(seat: Seat, tick: number, into: Input): void {
    const inbox = this.#inboxes[seat];
    if (inbox === undefined) {
      this.codec.copy(this.#neutral, into);
      return;
    }
    if (tick <= inbox.latestTick) this.#takeWaiting(inbox, tick);
    const isHeld = tick < inbox.holdsUntil;
    if (!isHeld) this.counts.filled++;
    this.codec.copy(isHeld ? inbox.current : this.#neutral, into);
  }

  #takeWaiting(inbox: SeatInbox<Input>, tick: number): void {
    const slot = tick % inbox.inputs.length;
    if (inbox.ticks[slot] !== tick) return;
    this.codec.copy(inbox.inputs[slot]!, inbox.current);
    inbox.holdsUntil = tick + this.#holdTicks;
  }

  #isFair(input: Input): boolean {
    try {
      return this.#accepts(input);
    } catch {
      return false;
    }
  }

  #judge(seat: Seat | undefined, tick: number, openTick: number): Verdict {
    const inbox = seat === undefined ? undefined : this.#inboxes[seat];
    if (inbox === undefined) return "input/no-seat";
    if (tick > openTick + this.#window) return "input/too-early";
    if (tick >= openTick) return "accepted";
    // A late input must not undo a newer one that is already waiting for the open tick.
    const slot = openTick % inbox.ticks.length;
    const isOvertaken = inbox.ticks[slot] === openTick && inbox.wanted[slot]! > tick;
    return this.#options.lateInputs === "drop" || isOvertaken ? "input/late-dropped" : "input/late-moved";
  }

  #store(inbox: SeatInbox<Input>, tick: number, input: Input): number {
    const slot = tick % inbox.inputs.length;
    this.codec.copy(input, inbox.inputs[slot]!);
    inbox.ticks[slot] = tick;
    inbox.latestTick = Math.max(inbox.latestTick, tick);
    return slot;
  }
}
