/** The pause: the room stands still as long as the players who may decide it want it to. */
import type { Seat } from "../../engine/game/game.ts";
import type { Seats } from "./seats.ts";

/** Who may pause: nobody, more than half of the players that are there, or the player who has been there longest. */
export type PauseRule = "off" | "vote" | "host";

/** No pause lasts longer, in milliseconds. */
const LONGEST_MS = 5 * 60_000;

export interface SavedPause {
  /** Whose players want one, ascending. */
  readonly wishes: readonly Seat[];
  /** How long the present one has lasted, in milliseconds; left out when there is none. */
  readonly lastedMs?: number;
}

export class Pause {
  readonly #rule: PauseRule;
  readonly #seats: Seats;
  readonly #wants: boolean[];
  #since: number | undefined;
  #revision = 0;
  /** Whether it is known that nobody wants one: so it is in nearly every tick. */
  #isUnwanted = true;

  constructor(rule: PauseRule, seats: Seats) {
    this.#rule = rule;
    this.#seats = seats;
    this.#wants = new Array<boolean>(seats.count).fill(false);
  }

  /** A number that changes with every player's request. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether this seat's player wants a pause. */
  wants(seat: Seat): boolean {
    return this.#wants[seat] === true && this.#isPresent(seat);
  }

  /** Takes a player's request. */
  set(seat: Seat, isWanted: boolean): "pause" | "pause/not-allowed" {
    const isAllowed = this.#rule === "vote" || (this.#rule === "host" && this.#seats.host() === seat);
    if (!isAllowed) return "pause/not-allowed";
    this.#wants[seat] = isWanted;
    this.#isUnwanted = false;
    this.#revision++;
    return "pause";
  }

  /** Forgets what a seat wanted: another player sits there now. */
  clear(seat: Seat): void {
    this.#wants[seat] = false;
    this.#revision++;
  }

  /** Whether the room is to stand still at `now` (ms). A pause that has lasted too long is over, and every request with it. */
  isWanted(now: number): boolean {
    const isWanted = this.#isCarried();
    if (!isWanted) this.#since = undefined;
    else this.#since ??= now;
    if (this.#since === undefined || now - this.#since < LONGEST_MS) return isWanted;
    this.#wants.fill(false);
    this.#revision++;
    return false;
  }

  /** As it is at `now`, in milliseconds. */
  save(now: number): SavedPause {
    const wishes = this.#wants.flatMap((isWanted, seat) => (isWanted ? [seat] : []));
    return this.#since === undefined ? { wishes } : { wishes, lastedMs: now - this.#since };
  }

  load({ wishes, lastedMs }: SavedPause, now: number): void {
    for (const seat of wishes) this.#wants[seat] = true;
    this.#isUnwanted = false;
    this.#since = lastedMs === undefined ? undefined : now - lastedMs;
    this.#revision++;
  }

  #isCarried(): boolean {
    this.#isUnwanted ||= !this.#wants.includes(true);
    if (this.#isUnwanted) return false;
    let present = 0;
    let wishes = 0;
    for (let seat = 0; seat < this.#wants.length; seat++) {
      if (!this.#isPresent(seat)) continue;
      present++;
      if (this.#wants[seat] && (this.#rule === "vote" || this.#seats.host() === seat)) wishes++;
    }
    return this.#rule === "vote" ? wishes * 2 > present : wishes > 0;
  }

  #isPresent(seat: Seat): boolean {
    return this.#seats.holder(seat)?.kind === "player" && !this.#seats.isAway(seat);
  }
}
