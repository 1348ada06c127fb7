/** An opponent worth beating: it mines, grows, builds where the gold is, defends its own, and comes in waves. */
import type { BotContext, Seat } from "../../engine/index.ts";
import { isNear, look, nearestOf, type Sight } from "./bot-eyes.ts";
import { type Fields, MOST_CHOSEN } from "./commands.ts";
import { nearestMine, queueOf } from "./economy.ts";
import { KINDS, Kind } from "./kinds.ts";
import { CELL, COLUMNS, cellAt, MINES, middleX, middleY, ROWS, TICK_RATE } from "./map.ts";
import { MATCH_TICKS } from "./rounds.ts";
import { type FrozenPlayer, type FrozenState, type FrozenUnit, MOST_UNITS, NO_GOAL, Phase } from "./schema.ts";
import { middleOf, roomNear } from "./units.ts";

/** Once a second, as somebody does who has a hand on the mouse and an eye on the map; not all seats in the same tick. */
const THINK_TICKS = TICK_RATE;
const WORKERS_PER_BASE = 20;
const MOST_WORKERS = 80;
const WORKERS_PER_BARRACKS = 7;
const GOLD_PER_BARRACKS = 500;
const MOST_BARRACKS = 12;
const MOST_BASES = 5;
/** A first wave early, and each later one larger: by so many a minute. */
const FIRST_WAVE = 10;
const WAVE_GROWTH = 5;
const LARGEST_WAVE = 100;
const MINUTE = 60 * TICK_RATE;
/** It saves for a base from so many workers a base on. */
const ENOUGH_WORKERS = 15;
/** A base is worth having where so much gold is left. */
const WORTH_MINING = 1500;
const QUEUED = 2;

/** All that a thought needs. */
interface Mind extends BotContext<Fields> {
  readonly state: FrozenState;
  readonly seat: Seat;
  readonly me: FrozenPlayer;
  readonly sight: Sight;
  readonly home: FrozenUnit;
  /** What is left of the gold in this thought. */
  gold: number;
}

export function think(state: FrozenState, seat: Seat, context: BotContext<Fields>): void {
  const me = state.players.get(seat);
  if (me === undefined || me.isOut || state.phase !== Phase.fight) return;
  if ((context.tick + seat * 5) % THINK_TICKS !== 0) return;
  const sight = look(state, seat);
  const home = state.units[sight.bases[0] ?? sight.barracks[0] ?? -1];
  if (home === undefined) return;
  const { tick, random, give } = context;
  const mind: Mind = { tick, random, give, state, seat, me, sight, home, gold: me.gold };
  employ(mind);
  if (!defend(mind)) attack(mind);
  trainWorkers(mind);
  expand(mind);
  trainFighters(mind);
}

function employ({ state, sight, home, give }: Mind): void {
  const mine = nearestMine(state, home);
  if (sight.idleWorkers.length > 0 && mine !== NO_GOAL)
    give("gather", { units: sight.idleWorkers.slice(0, MOST_CHOSEN), mine });
}

/** Everybody who is not already fighting far away goes to whoever is at the door. */
function defend({ sight, state, home, give }: Mind): boolean {
  const { intruder } = sight;
  if (intruder === undefined) return false;
  const helpers = [...sight.reserve, ...sight.army.filter((id) => isNear(state.units[id]!, home, 30 * CELL))];
  if (helpers.length > 0) give("attackMove", { units: helpers.slice(0, MOST_CHOSEN), x: intruder.x, y: intruder.y });
  return true;
}

/** The reserve goes together, when it is large enough, to the nearest building of an enemy; who won out there goes on. */
function attack({ state, sight, home, tick, random, give }: Mind): void {
  const { reserve, strays, enemyBuildings } = sight;
  if (enemyBuildings.length === 0) return;
  if (strays.length > 0) {
    const next = nearestOf(state.units[strays[0]!]!, enemyBuildings)!;
    give("attackMove", { units: strays.slice(0, MOST_CHOSEN), x: next.x, y: next.y });
  }
  const minutes = (tick - (state.phaseEndsAt - MATCH_TICKS)) / MINUTE;
  const wave = Math.min(LARGEST_WAVE, FIRST_WAVE + Math.floor(WAVE_GROWTH * minutes));
  if (reserve.length < wave) return;
  const goal = random.chance(0.8) ? nearestOf(home, enemyBuildings)! : random.pick(enemyBuildings);
  give("attackMove", { units: reserve.slice(0, MOST_CHOSEN), x: goal.x, y: goal.y });
}

function trainWorkers(mind: Mind): void {
  const { state, seat, sight } = mind;
  const wanted = Math.min(MOST_WORKERS, WORKERS_PER_BASE * sight.bases.length);
  let missing = wanted - sight.workers.length - queueOf(state, seat, Kind.worker);
  for (const id of sight.bases) {
    if (missing <= 0 || state.yards.get(id)!.queue.length >= QUEUED) continue;
    if (!order(mind, id, Kind.worker)) return;
    missing -= 1;
  }
}

/** Barracks as the workers can feed them; another base where there is gold without one. */
function expand(mind: Mind): void {
  const { state, sight, home } = mind;
  if (sight.building > 1 || sight.workers.length === 0) return;
  const byWorkers = 1 + Math.floor((sight.workers.length - 8) / WORKERS_PER_BARRACKS);
  const wanted = Math.min(MOST_BARRACKS, byWorkers + Math.floor(mind.gold / GOLD_PER_BARRACKS));
  if (sight.barracks.length + sight.building < wanted) {
    if (mind.gold >= KINDS[Kind.barracks]!.cost) putNear(mind, Kind.barracks, spotAround(mind, home));
    else if (sight.barracks.length + sight.building === 0) mind.gold = 0;
    return;
  }
  const { cost } = KINDS[Kind.base]!;
  const isFull = sight.workers.length >= ENOUGH_WORKERS * sight.bases.length;
  const mine = isFull && sight.bases.length < MOST_BASES ? freeMine(state, mind) : undefined;
  if (mine === undefined) return;
  if (mind.gold >= cost) putNear(mind, Kind.base, mine);
  else if (sight.intruder === undefined) mind.gold = Math.max(0, mind.gold - cost); // saves for it
}

function spotAround({ random }: Mind, home: FrozenUnit): number {
  const spread = 9 * CELL;
  const x = Math.max(0, Math.min(COLUMNS * CELL - 1, home.x + random.int(-spread, spread)));
  const y = Math.max(0, Math.min(ROWS * CELL - 1, home.y + random.int(-spread, spread)));
  return cellAt(x, y);
}

/** The nearest mine with gold that has no base beside it. */
function freeMine(state: FrozenState, { home }: Mind): number | undefined {
  const bases = [...state.yards.keys()].map((id) => state.units[id]!).filter(({ kind }) => kind === Kind.base);
  const free = MINES.filter((mine, i) => {
    const at = middleOf(mine);
    return state.mines[i]! >= WORTH_MINING && !bases.some((base) => isNear(base, at, 12 * CELL));
  });
  const farOf = (mine: number): number => Math.abs(middleX(mine) - home.x) + Math.abs(middleY(mine) - home.y);
  return free.sort((a, b) => farOf(a) - farOf(b) || a - b)[0];
}

function putNear(mind: Mind, kind: number, cell: number): void {
  const { state, sight, give } = mind;
  const room = roomNear(state, cell, 8);
  if (room === undefined) return;
  const { x, y } = middleOf(room);
  const worker = sight.workers.find((id) => state.units[id]!.carries === 0) ?? sight.workers[0]!;
  give("build", { worker, kind, x, y });
  mind.gold -= KINDS[kind]!.cost;
}

/** Three soldiers to two archers, everywhere at once; what is left over after all that becomes fighters. */
function trainFighters(mind: Mind): void {
  const { state, sight, random } = mind;
  if (sight.count >= MOST_UNITS) return;
  for (const id of sight.barracks) {
    if (state.yards.get(id)!.queue.length >= QUEUED) continue;
    if (!order(mind, id, random.chance(0.6) ? Kind.soldier : Kind.archer)) return;
  }
}

function order(mind: Mind, building: number, kind: number): boolean {
  const { cost } = KINDS[kind]!;
  if (mind.gold < cost) return false;
  mind.gold -= cost;
  mind.give("train", { building, kind });
  return true;
}
