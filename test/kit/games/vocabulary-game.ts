/** A small game that uses all of the designers' kit: streams, grid, ways, sort, ticks, fixed point, vectors, collision. */
import {
  clamp,
  defineGame,
  every,
  FixedPoint,
  Grid,
  PathGrid,
  type Plain,
  pushCircleFromCircle,
  pushCircleFromRect,
  type RandomStream,
  type Rect,
  type StepContext,
  schema,
  secondsToTicks,
  segmentHitsCircle,
  sortBy,
  TAU,
  t,
  ticksUntil,
  vec,
  wrap,
} from "../../../shared/engine/index.ts";

const TICK_RATE = 20;
const SIZE = 400;
const RADIUS = 8;
const ROCK: Rect = { left: 180, top: 180, right: 220, bottom: 240 };
/** Ways are counted in cells; those of the rock are always blocked, and those that motes lie in while they do. */
const CELL = 20;
const COLUMNS = SIZE / CELL;
const ROCK_CELLS = [9, 10].flatMap((column) => [9, 10, 11].map((row) => row * COLUMNS + column));
const NO_WAY = 65535;

const Input = schema({ turn: t.int8<-1 | 0 | 1>(), shoots: t.boolean() }, "VocabularyInput");
const Ship = schema(
  {
    x: t.float64(),
    y: t.float64(),
    aim: t.uint8(),
    readyAt: t.uint32(),
    energy: t.int32(),
    rank: t.uint8(),
    hound: t.uint16(),
    far: t.uint16(),
  },
  "VocabularyShip",
);
const Mote = schema({ x: t.int32(), y: t.int32(), worth: t.uint8() }, "VocabularyMote");
const State = schema({ ships: t.map(Ship), motes: t.map(Mote), made: t.int32() }, "VocabularyState");

type World = Plain<typeof State>;
type Context = StepContext<Plain<typeof Input>>;

const fixed = new FixedPoint(256);

/** Each switch is one way to get it wrong, which the contract suite must find. */
export interface Mistakes {
  /** Asks the grid in the step before it is rebuilt. */
  readonly asksFirst?: boolean;
  /** Takes a stream once and keeps it. */
  readonly keepsStream?: boolean;
}

export function vocabularyGame({ asksFirst = false, keepsStream = false }: Mistakes = {}) {
  const grid = new Grid(40);
  const near: number[] = [];
  const paths = new PathGrid({ columns: COLUMNS, rows: COLUMNS, blocked: ROCK_CELLS, fields: 8 });
  let kept: RandomStream | undefined;

  function makeMotes(state: World, { tick, random }: Context): void {
    if (!every(tick, secondsToTicks(0.25, TICK_RATE), 2)) return;
    if (kept === undefined || !keepsStream) kept = random.stream("loot");
    const loot = kept;
    state.motes.set(state.made, { x: loot.int(0, SIZE), y: loot.int(0, SIZE), worth: loot.int(1, 9) });
    state.made += 1;
  }

  function fly(state: World, { tick, input, random }: Context): void {
    for (const [seat, ship] of state.ships) {
      const { turn, shoots } = input(seat);
      ship.aim = wrap(ship.aim + 4 * Math.sign(turn) + random.stream("wind", seat).int(-1, 1), 256);
      const thrust = vec.polar((ship.aim * TAU) / 256, 3);
      const from = { x: ship.x, y: ship.y };
      vec.add(ship, vec.clampLength(thrust, 2.5), ship);
      vec.add(ship, pushCircleFromRect(ship, RADIUS, ROCK), ship);
      ship.x = clamp(ship.x, 0, SIZE);
      ship.y = clamp(ship.y, 0, SIZE);
      ship.energy = clamp(ship.energy + fixed.mul(fixed.sin(ship.aim), fixed.of(0.5)), 0, 100 * fixed.one);
      for (const [id, mote] of state.motes) {
        if (segmentHitsCircle(from, ship, mote, RADIUS) === undefined) continue;
        ship.energy += fixed.of(mote.worth);
        state.motes.delete(id);
      }
      if (shoots && ticksUntil(tick, ship.readyAt) === 0) ship.readyAt = tick + secondsToTicks(1.5, TICK_RATE);
    }
  }

  function bump(state: World): void {
    if (!asksFirst) grid.rebuild(state.ships);
    for (const [seat, ship] of state.ships) {
      for (const other of grid.near(ship.x, ship.y, 2 * RADIUS, near)) {
        const met = state.ships.get(other);
        if (other !== seat && met !== undefined) vec.add(ship, pushCircleFromCircle(ship, RADIUS, met, RADIUS), ship);
      }
    }
    if (asksFirst) grid.rebuild(state.ships);
  }

  function rank(state: World): void {
    const ships = sortBy(
      [...state.ships],
      ([, ship]) => -ship.energy,
      ([seat]) => seat,
    );
    for (const [place, [, ship]] of ships.entries()) ship.rank = place;
  }

  /** A hound runs after each ship, around rock and motes, and knows how far it is. */
  function chase(state: World): void {
    paths.rebuild([...state.motes.values()].map(cellOf));
    for (const ship of state.ships.values()) {
      const goal = cellOf(ship);
      const length = paths.length(ship.hound, goal);
      ship.far = length === Infinity ? NO_WAY : length;
      ship.hound = paths.isOpen(ship.hound) ? paths.stepFrom(ship.hound, goal) : paths.stepFrom(ship.hound, ship.hound);
    }
  }

  return defineGame({
    name: "vocabulary",
    tickRate: TICK_RATE,
    seats: { min: 1, max: 6 },
    input: Input,
    state: State,
    setup: ({ random }) => ({ ships: new Map(), motes: new Map(), made: random.stream("map").int(0, 99) }),
    join(state, seat, { random }) {
      const place = random.stream("place", seat);
      const [x, y] = [place.int(0, SIZE), place.int(0, SIZE)];
      state.ships.set(seat, { x, y, aim: 0, readyAt: 0, energy: 0, rank: 0, hound: 0, far: 0 });
    },
    leave(state, seat) {
      state.ships.delete(seat);
    },
    step(state, context) {
      makeMotes(state, context);
      fly(state, context);
      bump(state);
      rank(state);
      chase(state);
    },
    bot: (_state, seat, { random }) => ({ turn: random.stream("turn", seat).pick([-1, 0, 1]), shoots: true }),
  });
}

/** Ships are pushed over the edge by others. */
const lineOf = (place: number): number => clamp(Math.floor(place / CELL), 0, COLUMNS - 1);
const cellOf = ({ x, y }: { readonly x: number; readonly y: number }): number => lineOf(y) * COLUMNS + lineOf(x);
