/** The seats: takes and frees them, and hands the changes to the next frame (R4). */
import type { Seat } from "../../engine/game/game.ts";

/** The owner of a seat: a player by their id, or the room's own bot. */
export interface SeatOwner {
  readonly kind: "player" | "bot";
  readonly id: string;
  readonly name: string;
}

export interface SavedSeat {
  readonly seat: Seat;
  /** Who holds it; left out when it was given up and no frame says so yet. */
  readonly holder?: SeatOwner;
  /** Held for a player whose connection dropped. */
  readonly isAway: boolean;
  /** In which turn it was taken: who has been here longest is the host. */
  readonly sinceTurn: number;
  /** The id of who holds it by the last closed frame; left out when nobody does. */
  readonly inFrame?: string;
}

/** The id of a holder that is not known any more. */
const UNKNOWN = "";

export class Seats {
  readonly #holders: (SeatOwner | undefined)[];
  /** Ids of the holders as the last closed frame left them: by comparing, the next frame's entries are found. */
  readonly #inFrame: (string | undefined)[];
  /** Seats whose player's connection dropped: held for a while, for the same player to return to. */
  readonly #away: boolean[];
  /** When each seat was taken, in turns of taking: tells who has been here longest. */
  readonly #sinceTurn: number[];
  /** Which seats a bot holds: asked every tick, without a look at the holder. */
  readonly #isBot: boolean[];
  #turn = 0;
  #revision = 0;
  /** That of the last `drainInto`. */
  #drained = 0;

  constructor(count: number) {
    this.#holders = new Array<SeatOwner | undefined>(count).fill(undefined);
    this.#inFrame = new Array<string | undefined>(count).fill(undefined);
    this.#away = new Array<boolean>(count).fill(false);
    this.#sinceTurn = new Array<number>(count).fill(0);
    this.#isBot = new Array<boolean>(count).fill(false);
  }

  /** Another number whenever anything here has changed. */
  get revision(): number {
    return this.#revision;
  }

  get count(): number {
    return this.#holders.length;
  }

  holder(seat: Seat): SeatOwner | undefined {
    return this.#holders[seat];
  }

  isHeld(seat: Seat): boolean {
    return this.#holders[seat] !== undefined;
  }

  isBot(seat: Seat): boolean {
    return this.#isBot[seat] === true;
  }

  /** How many seats are held, by anyone or by one kind. */
  held(kind?: SeatOwner["kind"]): number {
    let count = 0;
    for (const holder of this.#holders)
      if (holder !== undefined && (kind === undefined || holder.kind === kind)) count++;
    return count;
  }

  /** The seat of this holder, undefined when they have none. */
  seatOf(id: string): Seat | undefined {
    for (let seat = 0; seat < this.#holders.length; seat++) if (this.#holders[seat]?.id === id) return seat;
    return undefined;
  }

  /**
   * Gives the holder a seat: the lowest free one, or for a player, when none is free, that of the highest bot.
   *
   * @returns the seat, or undefined when the table is full.
   */
  take(holder: SeatOwner): Seat | undefined {
    let seat = this.#holders.indexOf(undefined);
    if (seat < 0 && holder.kind === "player") {
      seat = this.#holders.length - 1;
      while (seat >= 0 && this.#holders[seat]?.kind !== "bot") seat--;
    }
    if (seat < 0) return undefined;
    this.#holders[seat] = holder;
    this.#isBot[seat] = holder.kind === "bot";
    this.#away[seat] = false;
    this.#sinceTurn[seat] = this.#turn++;
    this.#revision++;
    return seat;
  }

  /** The seat of the player who has been here longest and is not away; undefined when there is none. */
  host(): Seat | undefined {
    let host: Seat | undefined;
    for (let seat = 0; seat < this.count; seat++) {
      if (this.#holders[seat]?.kind !== "player" || this.#away[seat]) continue;
      if (host === undefined || this.#sinceTurn[seat]! < this.#sinceTurn[host]!) host = seat;
    }
    return host;
  }

  /** Whether the seat is held for a player whose connection dropped. */
  isAway(seat: Seat): boolean {
    return this.#away[seat] === true;
  }

  setAway(seat: Seat, isAway: boolean): void {
    this.#away[seat] = isAway;
    this.#revision++;
  }

  free(seat: Seat): void {
    this.#holders[seat] = undefined;
    this.#isBot[seat] = false;
    this.#away[seat] = false;
    this.#revision++;
  }

  save(): SavedSeat[] {
    return this.#holders.flatMap((holder, seat) => {
      const inFrame = this.#inFrame[seat];
      if (holder === undefined && inFrame === undefined) return [];
      return {
        ...{ seat, isAway: this.#away[seat]!, sinceTurn: this.#sinceTurn[seat]! },
        ...(holder === undefined ? {} : { holder }),
        ...(inFrame === undefined ? {} : { inFrame }),
      };
    });
  }

  load(saved: readonly SavedSeat[]): void {
    for (const { seat, holder, isAway, sinceTurn, inFrame } of saved) {
      this.#holders[seat] = holder;
      this.#isBot[seat] = holder?.kind === "bot";
      this.#away[seat] = isAway;
      this.#sinceTurn[seat] = sinceTurn;
      this.#inFrame[seat] = inFrame;
      this.#turn = Math.max(this.#turn, sinceTurn + 1);
    }
    this.#revision++;
  }

  /** A frame was closed since it was loaded: whose join stands in it is in it, if anybody knows them. */
  follow(leaves: readonly Seat[], joins: readonly Seat[]): void {
    for (const seat of leaves) this.#inFrame[seat] = undefined;
    // Somebody of whom only the frame knows, such as a bot that was made for it, is given up by the next one.
    for (const seat of joins) this.#inFrame[seat] = this.#holders[seat]?.id ?? UNKNOWN;
    this.#revision++;
  }

  /** Writes the seats given up and taken since the last call, ascending, and returns whether there were any. */
  drainInto(leaves: Seat[], joins: Seat[]): boolean {
    leaves.length = 0;
    joins.length = 0;
    if (this.#drained === this.#revision) return false;
    this.#drained = this.#revision;
    for (let seat = 0; seat < this.#holders.length; seat++) {
      const before = this.#inFrame[seat];
      const now = this.#holders[seat]?.id;
      if (before === now) continue;
      if (before !== undefined) leaves.push(seat);
      if (now !== undefined) joins.push(seat);
      this.#inFrame[seat] = now;
    }
    return leaves.length + joins.length > 0;
  }
}
