/** Skirmish's rules: gold, buildings, orders and fights do what a player is told they do, whoever gives which command. */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { isBuilding, isFighter, KINDS, Kind } from "../../shared/games/skirmish/kinds.ts";
import { cellAt, FIELD, IS_SOLID, middleX, middleY, STARTS } from "../../shared/games/skirmish/map.ts";
import { MOST_UNITS, NOBODY, Order, Phase, type State } from "../../shared/games/skirmish/schema.ts";
import { skirmish } from "../../shared/games/skirmish/skirmish.ts";
import { addUnit, countOf, footprints } from "../../shared/games/skirmish/units.ts";
import { Played } from "../kit/games/played.ts";
import { randomCommand } from "../kit/random-command.ts";
import { seeds } from "../kit/seeds.ts";

const MINUTE = 60 * skirmish.tickRate;
/** Long enough that units of all four are on their way. */
const BESIDE_TICKS = process.env.CI ? 1500 : 600;
/** Open ground, and the middle of a cell. */
const MIDDLE = { x: 3744, y: 2080 };

function table(...seats: readonly number[]) {
  const played = new Played(skirmish);
  played.join(...seats);
  return played;
}

const idsOf = (state: State, seat: number, kind: number): number[] =>
  [...state.units.keys()].filter((id) => state.units[id]!.owner === seat && state.units[id]!.kind === kind);

/** So many of a kind in a square around a place. */
function muster(state: State, seat: number, kind: number, count: number, { x, y } = MIDDLE): number[] {
  const side = Math.ceil(Math.sqrt(count));
  return Array.from(
    { length: count },
    (_, i) => addUnit(state, seat, kind, { x: x + (i % side) * 40, y: y + Math.floor(i / side) * 40 })!,
  );
}

describe("gold", () => {
  it("is brought home by workers that nobody told anything", () => {
    const { state, run } = bound(table(0));
    run(MINUTE);
    const { gold } = state.players.get(0)!;
    expect(gold).toBeGreaterThan(400);
    expect(gold % 8).toBe(0);
  });

  it("is looked for in the next mine when one is empty, and nobody works when all are", () => {
    const { played, state, run } = bound(table(0));
    state.mines.fill(0);
    state.mines[8] = 80;
    run(2 * MINUTE);
    expect(state.mines[8]).toBe(0);
    expect(state.players.get(0)!.gold).toBe(280);
    for (const id of idsOf(state, 0, Kind.worker)) expect(state.units[id]!.order).toBe(Order.rest);
    const units = idsOf(state, 0, Kind.worker);
    expect(played.give(0, "gather", { units, mine: 99 })).toBe("there is no such mine");
  });

  it("pays for what is trained, which comes out after its time", () => {
    const { played, state, run } = bound(table(0));
    const [base] = idsOf(state, 0, Kind.base) as [number];
    expect(played.give(0, "train", { building: base, kind: Kind.worker })).toBeUndefined();
    expect(state.players.get(0)!.gold).toBe(200 - KINDS[Kind.worker]!.cost);
    run(KINDS[Kind.worker]!.ticks - 2);
    expect(idsOf(state, 0, Kind.worker)).toHaveLength(6);
    run(2);
    expect(idsOf(state, 0, Kind.worker)).toHaveLength(7);
    expect(played.give(0, "train", { building: base, kind: Kind.soldier })).toBe("nothing of yours can train that");
    state.players.get(0)!.gold = 49;
    expect(played.give(0, "train", { building: base, kind: Kind.worker })).toBe("not enough gold");
  });
});

describe("a building", () => {
  it("is put where there is room, paid for then, and trains when it has grown", () => {
    const { played, state } = bound(table(0));
    const [worker] = idsOf(state, 0, Kind.worker) as [number];
    const start = STARTS[0]!;
    const near = { x: middleX(start) + 400, y: middleY(start) + 200 };
    const order = { worker, kind: Kind.barracks, ...near };
    expect(played.give(0, "build", { ...order, x: middleX(start), y: middleY(start) })).toBe("there is no room for it");
    expect(played.give(0, "build", { ...order, kind: Kind.soldier })).toBe("this is no building");
    expect(played.give(0, "build", order)).toBeUndefined();
    expect(state.players.get(0)!.gold).toBeGreaterThanOrEqual(200);
    played.until(() => idsOf(state, 0, Kind.barracks).length === 1, MINUTE);
    const [barracks] = idsOf(state, 0, Kind.barracks) as [number];
    expect(played.give(0, "train", { building: barracks, kind: Kind.soldier })).toBe("this is still being built");
    played.run(KINDS[Kind.barracks]!.ticks);
    expect(state.units[barracks]!.health).toBe(KINDS[Kind.barracks]!.health);
    expect(played.give(0, "train", { building: barracks, kind: Kind.soldier })).toBeUndefined();
    played.until(() => idsOf(state, 0, Kind.soldier).length === 1, MINUTE);
  });

  it("lets those out who stand where it was put", () => {
    const { state, run } = bound(table(0));
    const soldiers = muster(state, 0, Kind.soldier, 9);
    addUnit(state, 0, Kind.barracks, MIDDLE);
    for (const id of soldiers) Object.assign(state.units[id]!, MIDDLE);
    run(100);
    const cells = [...footprints(state)];
    expect(cells).toHaveLength(18);
    for (const id of soldiers) expect(cells).not.toContain(cellAt(state.units[id]!.x, state.units[id]!.y));
  });
});

describe("an order", () => {
  it("brings a hundred to one place, side by side, and then they rest", () => {
    const { played, state } = bound(table(0));
    const units = muster(state, 0, Kind.soldier, 100, { x: middleX(STARTS[0]!) + 200, y: middleY(STARTS[0]!) + 200 });
    const goal = { x: middleX(STARTS[1]!) - 300, y: middleY(STARTS[1]!) - 300 };
    expect(played.give(0, "move", { units, ...goal })).toBeUndefined();
    played.until(() => units.every((id) => state.units[id]!.order === Order.rest), 2 * MINUTE);
    played.run(100);
    const far = units.map((id) => Math.hypot(state.units[id]!.x - goal.x, state.units[id]!.y - goal.y));
    expect(Math.max(...far)).toBeLessThan(7 * 64);
    const places = new Set(units.map((id) => `${state.units[id]!.x >> 4} ${state.units[id]!.y >> 4}`));
    expect(places.size).toBeGreaterThan(80);
  });

  it("moves only the giver's own units, and is refused when none is", () => {
    const { played, state } = bound(table(0, 1));
    const [own, other] = [idsOf(state, 0, Kind.worker), idsOf(state, 1, Kind.worker)];
    expect(played.give(0, "move", { units: other, ...MIDDLE })).toBe("none of these units is yours");
    expect(played.give(0, "move", { units: [...other, ...own, 60000], ...MIDDLE })).toBeUndefined();
    expect(own.map((id) => state.units[id]!.order)).toEqual(own.map(() => Order.move));
    expect(other.map((id) => state.units[id]!.order)).toEqual(other.map(() => Order.gather));
    expect(played.give(0, "stop", { units: own })).toBeUndefined();
    expect(own.map((id) => state.units[id]!.order)).toEqual(own.map(() => Order.rest));
  });

  it("has a bound on how many places there are to be on the way to, and frees them on arrival", () => {
    const { played, state } = bound(table(0));
    const units = muster(state, 0, Kind.soldier, 40);
    const answers = units.map((id, i) => played.give(0, "move", { units: [id], x: 100, y: 64 * i + 700 }));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(24);
    expect(answers.at(-1)).toBe("too many of your units are on their way to different places");
    played.run(2 * MINUTE);
    expect(played.give(0, "move", { units: [units.at(-1)], x: 3000, y: 3000 })).toBeUndefined();
  });
});

describe("a fight", () => {
  it("is fought on the way by who attacks, and not by who moves", () => {
    for (const name of ["attackMove", "move"]) {
      const { played, state } = bound(table(0, 1));
      const units = muster(state, 0, Kind.soldier, 12);
      const others = muster(state, 1, Kind.archer, 4, { x: MIDDLE.x, y: MIDDLE.y - 500 });
      played.give(0, name, { units, x: MIDDLE.x, y: MIDDLE.y - 1600 });
      // Whoever moves is past them by then, and not yet at its goal, where it would turn.
      played.run(name === "move" ? 80 : MINUTE / 2);
      const standing = others.filter((id) => state.units[id]?.kind === Kind.archer);
      if (name === "attackMove") expect(standing).toEqual([]);
      else expect(standing).toEqual(others);
    }
  });

  it("ends when one is left with buildings; then the next match begins with what everybody has at first", () => {
    const { played, state } = bound(table(0, 1));
    played.run(20);
    for (const id of idsOf(state, 1, Kind.base)) state.units[id]!.health = 1;
    const base = state.units[idsOf(state, 1, Kind.base)[0]!]!;
    muster(state, 0, Kind.archer, 3, { x: base.x + 200, y: base.y });
    played.until(() => state.phase === Phase.podium, MINUTE);
    expect([state.winner, state.players.get(1)!.isOut, countOf(state, 1)]).toEqual([0, true, 0]);
    expect(state.players.get(0)!.wins).toBe(1);
    played.until(() => state.phase === Phase.fight, MINUTE);
    for (const seat of [0, 1]) expect([countOf(state, seat), state.players.get(seat)!.gold]).toEqual([7, 200]);
    played.leave(0);
    expect([countOf(state, 0), state.winner]).toEqual([0, NOBODY]);
  });

  it("is won by the bot against somebody who does nothing", () => {
    const { played, state } = bound(table(0, 1));
    played.playBots(1);
    played.until(() => state.phase === Phase.podium, 8 * MINUTE);
    expect(state.winner).toBe(1);
    expect(played.botRefusals).toEqual([]);
  });
});

it("bears any command of anybody: all stand on open ground inside the field, and no seat has too many", () => {
  for (const seed of seeds(5, 2)) {
    const random = new WorldRandom(seed);
    const { played, state } = bound(new Played(skirmish, seed));
    played.join(0, 1, 2, 3);
    played.playBots(0, 1);
    const check = (): void => {
      for (const { kind, x, y, goal, owner, order } of state.units) {
        if (kind === Kind.none) continue;
        expect(x > 0 && y > 0 && x < FIELD.width && y < FIELD.height).toBe(true);
        if (!isBuilding(kind)) expect(IS_SOLID[cellAt(x, y)]).toBe(0);
        if (order === Order.move || order === Order.attack) expect(state.players.get(owner)!.goals[goal]).toBeDefined();
      }
      for (const seat of state.players.keys()) expect(countOf(state, seat)).toBeLessThanOrEqual(MOST_UNITS);
    };
    for (let i = 0; i < 1200; i++) {
      const given = [0, 1, 2, 3].map((seat) => ({ seat, ...randomCommand(skirmish as never, random)! }));
      played.giveAll(given);
      if (i % 40 === 0) check();
    }
    check();
  }
});

it("two rooms of one process do not disturb each other, whatever ways they remember", () => {
  const play = (isBeside: boolean): number[] => {
    const [room, other] = [new Played(skirmish, 1), new Played(skirmish, 2)];
    for (const one of [room, other]) {
      one.join(0, 1, 2, 3);
      one.playBots(0, 1, 2, 3);
    }
    return Array.from({ length: BESIDE_TICKS }, () => {
      room.run(1);
      if (isBeside) other.run(1);
      return room.world.hash();
    });
  };
  expect(play(true)).toEqual(play(false));
});

/** The state typed as the rules see it. */
function bound<I, S>(played: Played<I, S>) {
  const state = played.state as unknown as State;
  return { played, state, run: (ticks: number) => played.run(ticks) };
}

it("a fighter is one that can strike and is no building", () => {
  expect(KINDS.map((_, kind) => isFighter(kind))).toEqual([false, false, true, true, false, false]);
});
