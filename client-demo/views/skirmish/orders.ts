/** The orders of the local player: what is chosen and pointed at, as commands of the game. */
import { isBuilding, isFighter, Kind, trainerOf } from "../../../shared/games/skirmish/kinds.ts";
import { CELL, cellAt, columnOf, FIELD, MINES, middleX, middleY, rowOf } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, type FrozenUnit, Order } from "../../../shared/games/skirmish/schema.ts";
import type { Desk, Point } from "../view.ts";
import { toState } from "./ground.ts";
import type { Selection } from "./selection.ts";

/** A mine is meant when somebody points so near to it, in cells. */
const MINE_SLACK = 1.4;

export class Orders {
  readonly #give: Desk["give"];
  readonly #selection: Selection;
  readonly #onRefusal: (reason: string) => void;

  constructor(give: Desk["give"], selection: Selection, onRefusal: (reason: string) => void) {
    this.#give = give;
    this.#selection = selection;
    this.#onRefusal = onRefusal;
  }

  /** Workers to a mine, the others wherever it is pointed at; fighters fight on the way unless they march. False when nobody is chosen. */
  send(state: FrozenState, at: Point, isMarch: boolean): boolean {
    const mine = mineAt(at);
    const place = { x: toState(at.x, FIELD.width), y: toState(at.y, FIELD.height) };
    const workers = this.#selection.ids(state, ({ kind }) => kind === Kind.worker);
    const fighters = this.#selection.ids(state, ({ kind }) => isFighter(kind));
    const buildings = this.#selection.ids(state, ({ kind }) => isBuilding(kind));
    if (workers.length > 0 && mine !== undefined) this.#order("gather", { units: workers, mine });
    else if (workers.length > 0) this.#order("move", { units: workers, ...place });
    if (fighters.length > 0) this.#order(isMarch ? "move" : "attackMove", { units: fighters, ...place });
    // Where those go that they will train.
    if (buildings.length > 0 && workers.length + fighters.length === 0)
      this.#order("move", { units: buildings, ...place });
    return workers.length + fighters.length + buildings.length > 0;
  }

  /** By the nearest worker: of the chosen ones, else of all. */
  build(state: FrozenState, seat: number, kind: number, at: Point): void {
    const cell = cellAt(toState(at.x, FIELD.width), toState(at.y, FIELD.height));
    const place = { x: middleX(cell), y: middleY(cell) };
    const isMine = (unit: FrozenUnit): boolean => unit.kind === Kind.worker && unit.owner === seat;
    const chosen = this.#selection.ids(state, isMine);
    const workers = chosen.length > 0 ? chosen : [...state.units.keys()].filter((id) => isMine(state.units[id]!));
    const worker = nearestTo(state, workers, place);
    if (worker === undefined) this.#onRefusal("there is no worker to build it");
    else this.#order("build", { worker, kind, ...place });
  }

  /** In the chosen buildings, else in all that can; where the fewest wait. */
  train(state: FrozenState, seat: number, kind: number): void {
    const can = (id: number): boolean => {
      const unit = state.units[id]!;
      return unit.kind === trainerOf(kind) && unit.owner === seat && unit.order !== Order.build;
    };
    const chosen = [...this.#selection.chosen].filter((id) => state.yards.has(id) && can(id));
    const all = chosen.length > 0 ? chosen : [...state.yards.keys()].filter(can);
    const waiting = (id: number): number => state.yards.get(id)!.queue.length;
    const building = all.sort((a, b) => waiting(a) - waiting(b) || a - b)[0];
    if (building !== undefined) this.#order("train", { building, kind });
    else this.#onRefusal(kind === Kind.worker ? "there is no base" : "build barracks first");
  }

  stop(state: FrozenState): void {
    const units = this.#selection.ids(state, ({ kind }) => !isBuilding(kind));
    if (units.length > 0) this.#order("stop", { units });
  }

  #order(name: string, fields: object): void {
    void this.#give(name, fields).then((outcome) => {
      if (!outcome.isApplied) this.#onRefusal(outcome.reason);
    });
  }
}

function mineAt(at: Point): number | undefined {
  const mine = MINES.findIndex(
    (cell) => Math.hypot(columnOf(cell) + 0.5 - at.x, rowOf(cell) + 0.5 - at.y) < MINE_SLACK,
  );
  return mine < 0 ? undefined : mine;
}

function nearestTo({ units }: FrozenState, ids: readonly number[], { x, y }: Point): number | undefined {
  const far = (id: number): number =>
    Math.hypot(units[id]!.x - x, units[id]!.y - y) + (units[id]!.carries > 0 ? CELL : 0);
  return [...ids].sort((a, b) => far(a) - far(b) || a - b)[0];
}
