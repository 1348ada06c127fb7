/** Inputs addressed to ticks: bounds-checked, kept until their tick, filled where missing (R3, R9). */
import type { InputCodec } from "../../engine/codec/input-codec.ts";
import type { Game, Seat } from "../../engine/game/game.ts";
import { RulesError } from "../../engine/game/rules-error.ts";
import type { Frozen, Plain } from "../../engine/layout/plain.ts";
import { readInput, type SavedInbox, writeInput } from "./saved-inbox.ts";

/** An input may be for a tick at most this far ahead, in seconds; beyond it is early and refused (R9). */
const EARLY_SECONDS = 1;
/** An input holds for this long after its tick; then the neutral one is filled in (R3). */
const HOLD_SECONDS = 1;

/** The outcome of an input. */
export type Verdict =
  | "accepted"
  | "input/late-moved"
  | "input/late-dropped"
  | "input/too-early"
  | "input/no-seat"
  | "input/not-accepted";

/** Where an input waits for its tick. */
interface Waiting<Input> {
  tick: number;
  /** For which tick the client wanted it: an earlier one when it came late and was moved. */
  wantedTick: number;
  readonly input: Input;
}

interface SeatInbox<Input> {
  /** Ring by tick. */
  readonly ring: readonly Waiting<Input>[];
  /** The input in force. */
  readonly current: Input;
}

export interface IntakeOptions {
  readonly seats: number;
  readonly tickRate: number;
  /** The fate of a late input (R9). */
  readonly lateInputs: "move" | "drop";
  /** Is told what the game's own judgement threw. */
  readonly onFault?: ((error: unknown) => void) | undefined;
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
  // By seat and side by side, because in most ticks nothing else of a seat has to be read:
  /** The last tick that anything waits for. */
  readonly #latestTick: Float64Array;
  /** Until which tick (exclusive) what is in force holds. */
  readonly #holdsUntil: Float64Array;
  /** Where it was written to since it came into force. */
  readonly #writtenTo: (Input | undefined)[];

  constructor(codec: InputCodec<Input>, options: IntakeOptions, accepts: Accepts<Input> = () => true) {
    this.codec = codec;
    this.#accepts = accepts;
    this.#neutral = codec.create();
    this.#options = options;
    this.#window = Math.ceil(EARLY_SECONDS * options.tickRate);
    this.#holdTicks = Math.ceil(HOLD_SECONDS * options.tickRate);
    this.#inboxes = new Array<SeatInbox<Input> | undefined>(options.seats).fill(undefined);
    this.#latestTick = new Float64Array(options.seats).fill(-1);
    this.#holdsUntil = new Float64Array(options.seats);
    this.#writtenTo = new Array<Input | undefined>(options.seats).fill(undefined);
  }

  /** Starts taking inputs for a seat, with nothing in force. */
  open(seat: Seat): void {
    const slots = this.#window + 1;
    this.#inboxes[seat] = {
      ring: Array.from({ length: slots }, () => ({ tick: -1, wantedTick: -1, input: this.codec.create() })),
      current: this.codec.create(),
    };
    this.#forget(seat);
  }

  /** Stops taking inputs for a seat and forgets what came. */
  close(seat: Seat): void {
    this.#inboxes[seat] = undefined;
    this.#forget(seat);
  }

  #forget(seat: Seat): void {
    this.#latestTick[seat] = -1;
    this.#holdsUntil[seat] = 0;
  }

  /** Takes an input of a seat for `tick`, when `openTick` is the next to be closed (R9). The input is copied. */
  accept(seat: Seat | undefined, tick: number, openTick: number, input: Input): Verdict {
    const verdict = this.#isFair(input) ? this.#judge(seat, tick, openTick) : "input/not-accepted";
    this.counts[verdict]++;
    if (seat !== undefined && (verdict === "accepted" || verdict === "input/late-moved")) {
      const inForceAt = Math.max(tick, openTick);
      const waiting = slotOf(this.#inboxes[seat]!, inForceAt);
      this.codec.copy(input, waiting.input);
      waiting.tick = inForceAt;
      waiting.wantedTick = tick;
      this.#latestTick[seat] = Math.max(this.#latestTick[seat]!, inForceAt);
    }
    return verdict;
  }

  /** Puts an input in force from the next tick on until the next one comes: how stream clients play. */
  hold(seat: Seat | undefined, input: Input): Verdict {
    const inbox = seat === undefined ? undefined : this.#inboxes[seat];
    const verdict = inbox === undefined ? "input/no-seat" : this.#isFair(input) ? "accepted" : "input/not-accepted";
    this.counts[verdict]++;
    if (seat === undefined || inbox === undefined || verdict !== "accepted") return verdict;
    this.codec.copy(input, inbox.current);
    this.#holdsUntil[seat] = Number.POSITIVE_INFINITY;
    this.#writtenTo[seat] = undefined;
    return verdict;
  }

  /** Whether a seat has said what it wants in this tick. */
  hasInput(seat: Seat, tick: number): boolean {
    const inbox = this.#inboxes[seat];
    return inbox !== undefined && slotOf(inbox, tick).tick === tick;
  }

  /**
   * Writes what the seat wants in `tick`, which is being closed, into `into`: its input, the last, or neutral (R3).
   *
   * @param into nobody else may write to it between two calls for a seat, but before `open` or `close`.
   */
  collect(seat: Seat, tick: number, into: Input): void {
    if (tick <= this.#latestTick[seat]!) this.#takeWaiting(seat, tick);
    if (tick < this.#holdsUntil[seat]!) {
      if (this.#writtenTo[seat] === into) return;
      this.codec.copy(this.#inboxes[seat]!.current, into);
      this.#writtenTo[seat] = into;
    } else {
      if (this.#inboxes[seat] !== undefined) this.counts.filled++;
      this.codec.copy(this.#neutral, into);
    }
  }

  #takeWaiting(seat: Seat, tick: number): void {
    const inbox = this.#inboxes[seat]!;
    const waiting = slotOf(inbox, tick);
    if (waiting.tick !== tick) return;
    this.codec.copy(waiting.input, inbox.current);
    this.#holdsUntil[seat] = tick + this.#holdTicks;
    this.#writtenTo[seat] = undefined;
  }

  /** What is needed to go on at `openTick`. */
  save(openTick: number): SavedInbox[] {
    return this.#inboxes.flatMap((inbox, seat) => {
      if (inbox === undefined) return [];
      const until = this.#holdsUntil[seat]!;
      return {
        seat,
        current: writeInput(this.codec, inbox.current),
        holdsUntil: until === Number.POSITIVE_INFINITY ? "the next" : until,
        waiting: inbox.ring
          .filter(({ tick }) => tick >= openTick)
          .map(({ tick, wantedTick, input }) => ({ tick, wantedTick, input: writeInput(this.codec, input) })),
      };
    });
  }

  /** Takes over what was saved; false when it cannot be read. */
  load(saved: readonly SavedInbox[]): boolean {
    return saved.every(({ seat, current, holdsUntil, waiting }) => {
      this.open(seat);
      const inbox = this.#inboxes[seat]!;
      this.#holdsUntil[seat] = holdsUntil === "the next" ? Number.POSITIVE_INFINITY : holdsUntil;
      for (const { tick, wantedTick } of waiting) {
        Object.assign(slotOf(inbox, tick), { tick, wantedTick });
        this.#latestTick[seat] = Math.max(this.#latestTick[seat]!, tick);
      }
      const isRead = waiting.every(({ tick, input }) => readInput(this.codec, input, slotOf(inbox, tick).input));
      return readInput(this.codec, current, inbox.current) && isRead;
    });
  }

  /** What was in force is this: frames were closed since it was saved. */
  recall(seat: Seat, input: Input): void {
    const inbox = this.#inboxes[seat];
    if (inbox !== undefined) this.codec.copy(input, inbox.current);
  }

  #isFair(input: Input): boolean {
    try {
      return this.#accepts(input);
    } catch (error) {
      this.#options.onFault?.(error);
      return false;
    }
  }

  #judge(seat: Seat | undefined, tick: number, openTick: number): Verdict {
    const inbox = seat === undefined ? undefined : this.#inboxes[seat];
    if (inbox === undefined) return "input/no-seat";
    if (tick > openTick + this.#window) return "input/too-early";
    if (tick >= openTick) return "accepted";
    // A late input must not undo a newer one that is already waiting for the open tick.
    const waiting = slotOf(inbox, openTick);
    const isOvertaken = waiting.tick === openTick && waiting.wantedTick > tick;
    return this.#options.lateInputs === "drop" || isOvertaken ? "input/late-dropped" : "input/late-moved";
  }
}

const slotOf = <Input>({ ring }: SeatInbox<Input>, tick: number): Waiting<Input> => ring[tick % ring.length]!;

/** The game's own judgement of an input. @throws RulesError when the game's `accepts` throws. */
export function acceptsOf<I, S>(game: Game<I, S>): Accepts<Plain<I>> {
  return (input) => {
    try {
      return game.accepts === undefined || game.accepts(input as Frozen<Plain<I>>);
    } catch (cause) {
      throw new RulesError(game.name, "accepts", cause);
    }
  };
}
