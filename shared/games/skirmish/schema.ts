/** The world of the skirmish as schemas. A unit's id is its place in the list. */
import { type Frozen, type Plain, schema, t } from "../../engine/index.ts";

export const MOST_SEATS = 4;
/** Of each seat: 2,000 in all. */
export const MOST_UNITS = 500;
/** So many different places can the units of a seat be on their way to: what ways cost is bounded by it. */
export const GOALS = 24;
/** No unit, no seat, no goal. */
export const NO_UNIT = 65535;
export const NOBODY = 255;
export const NO_GOAL = 255;

export const Phase = { fight: 0, podium: 1 } as const;

/** What a unit is about. A building that is still being built has the order `build`. */
export const Order = { rest: 0, move: 1, attack: 2, gather: 3, build: 4 } as const;

/** Every rollback copies all of them: few fields, small numbers, and moments only where there are few (`SkirmishYard`). */
export const SkirmishUnit = schema(
  {
    kind: t.uint8(),
    owner: t.uint8(),
    health: t.uint16(),
    x: t.uint16(),
    y: t.uint16(),
    /** 64ths of a cell a tick, until it thinks again. */
    vx: t.int8(),
    vy: t.int8(),
    order: t.uint8(),
    /** A place in its owner's `goals`; with the order `gather` a mine. */
    goal: t.uint8(),
    /** The unit it fights; with the order `build` the kind of building. */
    target: t.uint16(),
    /** Gold of a worker. */
    carries: t.uint8(),
  },
  "SkirmishUnit",
);

/** What a building does beside standing there, by the building's id. */
export const SkirmishYard = schema(
  {
    /** Kinds that are paid for; the first is being trained. */
    queue: t.array("uint8"),
    /** When that is ready, or the building itself. */
    readyAt: t.uint32(),
    /** Where fighters go that it trained: a place in its owner's `goals`. */
    rally: t.uint8(),
  },
  "SkirmishYard",
);

/** Where units go, and how far from it they may come to rest beside each other. */
export const SkirmishGoal = schema({ cell: t.uint16(), reach: t.uint16() }, "SkirmishGoal");

export const SkirmishPlayer = schema(
  {
    gold: t.uint32(),
    corner: t.uint8(),
    goals: t.array(SkirmishGoal),
    isOut: t.boolean(),
    kills: t.uint32(),
    losses: t.uint32(),
    wins: t.uint16(),
  },
  "SkirmishPlayer",
);

export const SkirmishState = schema(
  {
    players: t.map(SkirmishPlayer),
    units: t.array(SkirmishUnit),
    yards: t.map(SkirmishYard),
    /** Gold left in each of `MINES`. */
    mines: t.array("uint16"),
    phase: t.uint8<0 | 1>(),
    phaseEndsAt: t.uint32(),
    /** Whether two have stood against each other in this match: only then can one win it. */
    isContested: t.boolean(),
    /** Of the match before; `NOBODY` when it was a draw. */
    winner: t.uint8(),
  },
  "SkirmishState",
);

export type Unit = Plain<typeof SkirmishUnit>;
export type Yard = Plain<typeof SkirmishYard>;
export type Player = Plain<typeof SkirmishPlayer>;
export type State = Plain<typeof SkirmishState>;
export type FrozenUnit = Frozen<Unit>;
export type FrozenPlayer = Frozen<Player>;
export type FrozenState = Frozen<State>;
