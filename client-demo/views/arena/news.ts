/** The news of who eliminated whom, read from confirmed worlds only and so never taken back. */
import type { FrozenState } from "../../../shared/games/arena/schema.ts";
import type { NewsItem } from "../view.ts";

export interface Tally {
  readonly kills: number;
  readonly deaths: number;
}

export interface Fall {
  readonly victim: number;
  /** Undefined when the shooter has left. */
  readonly shooter: number | undefined;
}

/** The falls between two tallies. When several fell at once, shooters and victims are paired in seat order. */
export function fallsBetween(before: ReadonlyMap<number, Tally>, after: ReadonlyMap<number, Tally>): Fall[] {
  const shooters: number[] = [];
  const victims: number[] = [];
  for (const [seat, tally] of after) {
    const earlier = before.get(seat);
    if (earlier === undefined) continue;
    for (let i = earlier.kills; i < tally.kills; i++) shooters.push(seat);
    for (let i = earlier.deaths; i < tally.deaths; i++) victims.push(seat);
  }
  return victims.map((victim) => {
    const index = shooters.findIndex((shooter) => shooter !== victim);
    return { victim, shooter: index < 0 ? undefined : shooters.splice(index, 1)[0] };
  });
}

export class ArenaNews {
  #tick: number | undefined;
  #tallies = new Map<number, Tally>();
  #items: NewsItem[] = [];

  /** Takes a confirmed world; returns the falls since the one before. */
  watch(confirmed: FrozenState, tick: number): readonly Fall[] {
    if (tick === this.#tick) return [];
    const tallies = new Map<number, Tally>();
    for (const [seat, { kills, deaths }] of confirmed.players) tallies.set(seat, { kills, deaths });
    const falls = this.#tick === undefined ? [] : fallsBetween(this.#tallies, tallies);
    this.#tick = tick;
    this.#tallies = tallies;
    for (const { shooter, victim } of falls)
      this.#items.push(
        shooter === undefined ? [{ seat: victim }, " fell"] : [{ seat: shooter }, " › ", { seat: victim }],
      );
    return falls;
  }

  take(): readonly NewsItem[] {
    return this.#items.splice(0);
  }
}
