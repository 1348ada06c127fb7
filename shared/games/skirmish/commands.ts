/** The commands of a player: what units are told, built and trained. They bear the ids of anybody's units and any place. */
import { atMost, clamp, type Seat, schema, t } from "../../engine/index.ts";
import { MOST_QUEUED } from "./economy.ts";
import { isBuilding, isFighter, isTrained, KINDS, Kind, trainerOf } from "./kinds.ts";
import { cellAt, FIELD, MINES } from "./map.ts";
import { rest } from "./orders.ts";
import { type FrozenState, GOALS, NO_GOAL, NO_UNIT, Order, type State, type Unit } from "./schema.ts";
import { hasRoom, unitOf } from "./units.ts";

/** As many units can be told something in one command. */
export const MOST_CHOSEN = 300;

const units = () => atMost(MOST_CHOSEN, t.array("uint16"));
const Go = schema({ units: units(), x: t.int32(), y: t.int32() }, "SkirmishGo");
const Gather = schema({ units: units(), mine: t.uint8() }, "SkirmishGather");
const Build = schema({ worker: t.uint16(), kind: t.uint8(), x: t.int32(), y: t.int32() }, "SkirmishBuild");
const Train = schema({ building: t.uint16(), kind: t.uint8() }, "SkirmishTrain");
const Stop = schema({ units: units() }, "SkirmishStop");

/** The fields of each command, by its name: what a bot gives. */
export interface Fields {
  move: InstanceType<typeof Go>;
  attackMove: InstanceType<typeof Go>;
  gather: InstanceType<typeof Gather>;
  build: InstanceType<typeof Build>;
  train: InstanceType<typeof Train>;
  stop: InstanceType<typeof Stop>;
}

interface Chosen {
  readonly units: readonly number[];
}
interface Place {
  readonly x: number;
  readonly y: number;
}

const NO_UNITS = "none of these units is yours";
const TOO_MANY_GOALS = "too many of your units are on their way to different places";

const cellOfPlace = ({ x, y }: Place): number => cellAt(clamp(x, 0, FIELD.width - 1), clamp(y, 0, FIELD.height - 1));
const hasAny = (state: FrozenState, seat: Seat, { units }: Chosen): boolean =>
  units.some((id) => unitOf(state.units, seat, id) !== undefined);

/** A place in the seat's list of goals for this cell: the one that has it, or one that no unit goes to. */
function goalFor(state: FrozenState, seat: Seat, cell: number): number {
  const player = state.players.get(seat);
  if (player === undefined) return NO_GOAL;
  const isUsed = player.goals.map(() => false);
  for (const { kind, owner, order, goal } of state.units)
    if (kind !== Kind.none && owner === seat && order !== Order.gather && goal !== NO_GOAL) isUsed[goal] = true;
  for (const [id, { rally }] of state.yards)
    if (rally !== NO_GOAL && state.units[id]!.owner === seat) isUsed[rally] = true;
  const known = player.goals.findIndex((goal, i) => isUsed[i] === true && goal.cell === cell);
  if (known >= 0) return known;
  const free = isUsed.indexOf(false);
  if (free >= 0) return free;
  return player.goals.length < GOALS ? player.goals.length : NO_GOAL;
}

/** How far around a place so many can stand beside each other, in 64ths of a cell. */
const reachOf = (count: number): number => Math.min(65535, Math.round(24 + 22 * Math.sqrt(count)));

function setGoal(state: State, seat: Seat, cell: number, count: number): number {
  const goal = goalFor(state, seat, cell);
  if (goal !== NO_GOAL) state.players.get(seat)!.goals[goal] = { cell, reach: reachOf(count) };
  return goal;
}

function tell(unit: Unit, order: number, goal: number): void {
  unit.order = order;
  unit.goal = goal;
  unit.target = NO_UNIT;
}

const acceptsGo = (state: FrozenState, seat: Seat, command: Chosen & Place): true | string => {
  if (!hasAny(state, seat, command)) return NO_UNITS;
  return goalFor(state, seat, cellOfPlace(command)) !== NO_GOAL || TOO_MANY_GOALS;
};

function go(state: State, seat: Seat, command: Chosen & Place, order: number): void {
  const goal = setGoal(state, seat, cellOfPlace(command), command.units.length);
  for (const id of command.units) {
    const unit = unitOf(state.units, seat, id);
    if (unit === undefined) continue;
    if (isBuilding(unit.kind)) state.yards.get(id)!.rally = goal;
    else tell(unit, order === Order.attack && !isFighter(unit.kind) ? Order.move : order, goal);
  }
}

export const move = {
  fields: Go,
  accepts: acceptsGo,
  apply: (state: State, seat: Seat, command: Chosen & Place): void => go(state, seat, command, Order.move),
};

/** On the way they fight whom they meet. */
export const attackMove = {
  fields: Go,
  accepts: acceptsGo,
  apply: (state: State, seat: Seat, command: Chosen & Place): void => go(state, seat, command, Order.attack),
};

export const gather = {
  fields: Gather,
  accepts(state: FrozenState, seat: Seat, command: Chosen & { mine: number }): boolean | string {
    const isWorkerThere = command.units.some((id) => unitOf(state.units, seat, id)?.kind === Kind.worker);
    return isWorkerThere ? command.mine < MINES.length || "there is no such mine" : "no worker of yours is among these";
  },
  apply(state: State, seat: Seat, command: Chosen & { mine: number }): void {
    for (const id of command.units) {
      const unit = unitOf(state.units, seat, id);
      if (unit?.kind === Kind.worker) tell(unit, Order.gather, command.mine);
    }
  },
};

export const build = {
  fields: Build,
  accepts(state: FrozenState, seat: Seat, command: Place & { worker: number; kind: number }): boolean | string {
    if (unitOf(state.units, seat, command.worker)?.kind !== Kind.worker) return "this is no worker of yours";
    if (!isBuilding(command.kind) || command.kind >= KINDS.length) return "this is no building";
    if (state.players.get(seat)!.gold < KINDS[command.kind]!.cost) return "not enough gold";
    if (!hasRoom(state, cellOfPlace(command))) return "there is no room for it";
    return goalFor(state, seat, cellOfPlace(command)) !== NO_GOAL || TOO_MANY_GOALS;
  },
  apply(state: State, seat: Seat, command: Place & { worker: number; kind: number }): void {
    const worker = unitOf(state.units, seat, command.worker)!;
    tell(worker, Order.build, setGoal(state, seat, cellOfPlace(command), 1));
    worker.target = command.kind;
  },
};

export const train = {
  fields: Train,
  accepts(
    state: FrozenState,
    seat: Seat,
    { building: id, kind }: { building: number; kind: number },
  ): boolean | string {
    const building = unitOf(state.units, seat, id);
    if (!isTrained(kind) || building?.kind !== trainerOf(kind)) return "nothing of yours can train that";
    if (building.order === Order.build) return "this is still being built";
    if (state.yards.get(id)!.queue.length >= MOST_QUEUED) return "its queue is full";
    return state.players.get(seat)!.gold >= KINDS[kind]!.cost || "not enough gold";
  },
  apply(
    state: State,
    seat: Seat,
    { building: id, kind }: { building: number; kind: number },
    { tick }: { tick: number },
  ) {
    const yard = state.yards.get(id)!;
    if (yard.queue.length === 0) yard.readyAt = tick + KINDS[kind]!.ticks;
    yard.queue.push(kind);
    state.players.get(seat)!.gold -= KINDS[kind]!.cost;
  },
};

export const stop = {
  fields: Stop,
  accepts: (state: FrozenState, seat: Seat, command: Chosen) => hasAny(state, seat, command) || NO_UNITS,
  apply(state: State, seat: Seat, command: Chosen): void {
    for (const id of command.units) {
      const unit = unitOf(state.units, seat, id);
      if (unit !== undefined && !isBuilding(unit.kind)) rest(unit);
    }
  },
};
