/** The plan of somebody who plays the skirmish by hand in a test: the one thing that is needed most in the world they see. */
import { nearestMine } from "../../../shared/games/skirmish/economy.ts";
import { isBuilding, isFighter, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { CELL, COLUMNS, cellAt, MINES, type Point, ROWS } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, type FrozenUnit, Order } from "../../../shared/games/skirmish/schema.ts";
import { hasRoom, middleOf } from "../../../shared/games/skirmish/units.ts";

/** Places are those of the state. */
export type Deed =
  | { readonly do: "gather"; readonly at: Point }
  | { readonly do: "attack"; readonly at: Point }
  | { readonly do: "build"; readonly kind: number; readonly at: Point }
  | { readonly do: "train"; readonly kind: number; readonly times: number };

const WORKERS = 14;
const BARRACKS = 2;
const FIRST_BARRACKS_AT = 8;
const ARMY = 14;
const QUEUED = 3;
const ALARM = 14 * CELL;
const FARTHEST_SITE = 9;
/** Ticks after which the same is done again. */
const AGAIN = { gather: 100, defend: 300, build: 400, attack: 240 } as const;

export class SkirmishPlan {
  readonly #seat: number;
  readonly #isInReach: (at: Point) => boolean;
  readonly #doneAt: Partial<Record<keyof typeof AGAIN, number>> = {};
  #isOnAttack = false;
  #trained = 0;

  /** @param isInReach whether the hand can put a building there. */
  constructor(seat: number, isInReach: (at: Point) => boolean = () => true) {
    this.#seat = seat;
    this.#isInReach = isInReach;
  }

  /** What to do now; undefined: wait. */
  next(state: FrozenState, tick: number): Deed | undefined {
    const own = state.units.filter(({ kind, owner }) => kind !== Kind.none && owner === this.#seat);
    const home = own.find(({ kind }) => kind === Kind.base) ?? own.find(({ kind }) => isBuilding(kind));
    if (home === undefined) return undefined;
    const army = own.filter(({ kind }) => isFighter(kind));
    const workers = own.filter(({ kind }) => kind === Kind.worker);
    return (
      this.#defend(state, tick, home, army) ??
      this.#gather(state, tick, home, workers) ??
      this.#build(state, tick, home, workers) ??
      this.#attack(state, tick, army) ??
      this.#train(state, workers)
    );
  }

  #isDue(what: keyof typeof AGAIN, tick: number): boolean {
    if (tick - (this.#doneAt[what] ?? Number.NEGATIVE_INFINITY) < AGAIN[what]) return false;
    this.#doneAt[what] = tick;
    return true;
  }

  #defend({ units }: FrozenState, tick: number, home: FrozenUnit, army: readonly FrozenUnit[]): Deed | undefined {
    const intruder = units.find((unit) => isFighter(unit.kind) && unit.owner !== this.#seat && far(unit, home) < ALARM);
    if (intruder === undefined || army.length === 0 || this.#isOnAttack || !this.#isDue("defend", tick))
      return undefined;
    return { do: "attack", at: { x: intruder.x, y: intruder.y } };
  }

  #gather(state: FrozenState, tick: number, home: FrozenUnit, workers: readonly FrozenUnit[]): Deed | undefined {
    const mine = MINES[nearestMine(state, home)];
    if (mine === undefined || !workers.some(({ order }) => order === Order.rest)) return undefined;
    return this.#isDue("gather", tick) ? { do: "gather", at: middleOf(mine) } : undefined;
  }

  #build(state: FrozenState, tick: number, home: FrozenUnit, workers: readonly FrozenUnit[]): Deed | undefined {
    const count = this.#yards(state, Kind.barracks).length;
    const wanted = workers.length < FIRST_BARRACKS_AT ? 0 : workers.length < WORKERS ? 1 : BARRACKS;
    if (count >= wanted || this.#goldOf(state) < KINDS[Kind.barracks]!.cost) return undefined;
    const at = this.#siteNear(state, home);
    return at !== undefined && this.#isDue("build", tick) ? { do: "build", kind: Kind.barracks, at } : undefined;
  }

  /** Workers first, then soldiers and archers by turns; a few at once, for hands are slow. */
  #train(state: FrozenState, workers: readonly FrozenUnit[]): Deed | undefined {
    const mostWorkers = this.#yards(state, Kind.barracks).length > 0 ? WORKERS : FIRST_BARRACKS_AT;
    const times = Math.min(mostWorkers - workers.length, this.#times(state, Kind.worker, Kind.base));
    if (times > 0) return { do: "train", kind: Kind.worker, times };
    const kind = this.#trained % 2 === 0 ? Kind.soldier : Kind.archer;
    const fighters = this.#times(state, kind, Kind.barracks);
    if (fighters === 0) return undefined;
    this.#trained++;
    return { do: "train", kind, times: fighters };
  }

  /** So many can be paid for, and find a short queue. */
  #times(state: FrozenState, kind: number, trainer: number): number {
    const { yards, units } = state;
    const ready = this.#yards(state, trainer).filter((id) => units[id]!.order !== Order.build);
    const room = ready.reduce((sum, id) => sum + Math.max(0, QUEUED - yards.get(id)!.queue.length), 0);
    return Math.min(room, Math.floor(this.#goldOf(state) / KINDS[kind]!.cost));
  }

  /** All together when they are enough, and from then on whoever there is, again and again, until few are left. */
  #attack(state: FrozenState, tick: number, army: readonly FrozenUnit[]): Deed | undefined {
    if (army.length >= ARMY) this.#isOnAttack = true;
    if (army.length <= ARMY / 3) this.#isOnAttack = false;
    if (!this.#isOnAttack) return undefined;
    const [goal] = state.units
      .filter(({ kind, owner }) => isBuilding(kind) && owner !== this.#seat)
      .sort((a, b) => far(a, army[0]!) - far(b, army[0]!));
    return goal !== undefined && this.#isDue("attack", tick)
      ? { do: "attack", at: { x: goal.x, y: goal.y } }
      : undefined;
  }

  #yards({ yards, units }: FrozenState, kind: number): number[] {
    return [...yards.keys()].filter((id) => units[id]!.kind === kind && units[id]!.owner === this.#seat);
  }

  #goldOf({ players }: FrozenState): number {
    return players.get(this.#seat)!.gold;
  }

  #siteNear(state: FrozenState, home: FrozenUnit): Point | undefined {
    const [column, row] = [home.x >> 6, home.y >> 6];
    for (let ring = 4; ring <= FARTHEST_SITE; ring++)
      for (let i = -ring; i <= ring; i++)
        for (const [dx, dy] of [
          [ring, i],
          [-ring, i],
          [i, ring],
          [i, -ring],
        ] as const) {
          const isInside = column + dx >= 0 && row + dy >= 0 && column + dx < COLUMNS && row + dy < ROWS;
          if (!isInside) continue;
          const cell = cellAt((column + dx) * CELL, (row + dy) * CELL);
          if (hasRoom(state, cell) && this.#isInReach(middleOf(cell))) return middleOf(cell);
        }
    return undefined;
  }
}

const far = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
