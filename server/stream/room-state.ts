/** The Colyseus state of a room: `{ tick, phase, seats, world }`, public names that any SDK can rely on. */
import { MapSchema, type Schema, schema, t } from "@colyseus/schema";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { SchemaClass } from "../../shared/engine/layout/plain.ts";
import type { Pause } from "../../shared/referee/inputs/pause.ts";
import type { Seats } from "../../shared/referee/inputs/seats.ts";

/** One held seat of the roster, keyed by its number. */
const SeatState = schema(
  {
    id: t.string(),
    name: t.string(),
    kind: t.string<"player" | "bot">(),
    /** The connection dropped; the seat is held. */
    isAway: t.boolean(),
    /** A strict room waits for this one. */
    isAwaited: t.boolean(),
    wantsPause: t.boolean(),
  },
  "SeatState",
);

/**
 * What a client of a room sees, whatever game is played in it. No state here has all of it: one has what everybody is
 * sent, and one for each audience of the stream plane has `tick` and `world`. A client's decoder puts them together.
 */
export interface RoomState extends Schema {
  /** Ticks stepped; stream clients only. */
  tick?: number;
  phase: "waiting" | "playing" | "paused";
  /** The number of spectators. */
  spectators: number;
  seats: Map<string, InstanceType<typeof SeatState>>;
  /** The game's own state; stream clients only. */
  world?: Schema;
}

/** Seats as the state's keys, made once. */
const MOST_SEATS = 64;
const KEYS = Array.from({ length: MOST_SEATS }, (_, seat) => String(seat));

const classes = new WeakMap<Game<never, never>, new () => RoomState>();

/** The state class of a game's rooms. What a state has no part in must not be made with it. */
function roomStateClass<I, S>(game: Game<I, S>): new () => RoomState {
  const key = game as unknown as Game<never, never>;
  let found = classes.get(key);
  if (found === undefined) {
    const world = game.state as unknown as SchemaClass<Schema>;
    const fields = {
      tick: t.uint32(),
      phase: t.string<"waiting" | "playing" | "paused">(),
      spectators: t.uint16(),
      seats: t.map(SeatState).optional(),
      world: t.ref(world).optional(),
    };
    found = schema(fields, "RoomState") as unknown as new () => RoomState;
    classes.set(key, found);
  }
  return found;
}

/** The roster that everybody in a room is sent. */
export function createRoster<I, S>(game: Game<I, S>): RoomState {
  const state = new (roomStateClass(game))();
  state.phase = "waiting";
  state.spectators = 0;
  state.seats = new MapSchema<InstanceType<typeof SeatState>>() as unknown as RoomState["seats"];
  return state;
}

/** What an audience is sent besides: `tick` and `world`, which it is to be given. */
export function createWorldState<I, S>(game: Game<I, S>): RoomState {
  return new (roomStateClass(game))();
}

/** The part of a match that the roster shows. */
export interface RosterSource {
  readonly seats: Seats;
  readonly phase: RoomState["phase"];
  readonly pause: Pause;
}

/** Writes the roster into the state; returns whether anything changed. */
export function mirrorRoster(
  { seats, phase, pause }: RosterSource,
  spectators: number,
  awaited: readonly Seat[],
  state: RoomState,
): boolean {
  let isChanged = state.phase !== phase || state.spectators !== spectators;
  if (state.phase !== phase) state.phase = phase;
  if (state.spectators !== spectators) state.spectators = spectators;
  for (let seat = 0; seat < seats.count; seat++) {
    const holder = seats.holder(seat);
    const shown = state.seats.get(KEYS[seat]!);
    if (holder === undefined && shown === undefined) continue;
    const isAway = seats.isAway(seat);
    const isAwaited = awaited.includes(seat);
    const wantsPause = pause.wants(seat);
    if (holder === undefined) state.seats.delete(KEYS[seat]!);
    else if (shown?.id !== holder.id) {
      const { id, name, kind } = holder;
      state.seats.set(KEYS[seat]!, new SeatState({ id, name, kind, isAway, isAwaited, wantsPause }));
    } else if (shown.isAway === isAway && shown.isAwaited === isAwaited && shown.wantsPause === wantsPause) continue;
    else Object.assign(shown, { isAway, isAwaited, wantsPause });
    isChanged = true;
  }
  return isChanged;
}
