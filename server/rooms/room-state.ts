/** The Colyseus state of a room: `{ tick, phase, seats, world }`, public names that any SDK can rely on. */
import { type Schema, schema, t } from "@colyseus/schema";
import type { SchemaClass } from "../../shared/engine/codec/plain.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import type { Seats } from "../match/seats.ts";

/** One held seat of the roster, keyed by its number. */
const SeatState = schema(
  { id: t.string(), name: t.string(), kind: t.string<"player" | "bot">(), isAway: t.boolean() },
  "SeatState",
);

/** What every client of a room sees, whatever game is played in it. */
export interface RoomState extends Schema {
  /** Ticks stepped; stream clients only. */
  tick: number;
  phase: "waiting" | "playing";
  seats: Map<string, InstanceType<typeof SeatState>>;
  /** The game's own state; stream clients only. */
  world: Schema;
}

const classes = new WeakMap<Game<never, never>, new () => RoomState>();

/** The state class of a game's rooms. `tick` and `world` are tagged: only clients with the stream view see them. */
function roomStateClass<I, S>(game: Game<I, S>): new () => RoomState {
  const key = game as unknown as Game<never, never>;
  let found = classes.get(key);
  if (found === undefined) {
    const world = game.state as unknown as SchemaClass<Schema>;
    const fields = {
      tick: t.uint32().view(),
      phase: t.string<"waiting" | "playing">(),
      seats: t.map(SeatState),
      world: t.ref(world).view(),
    };
    found = schema(fields, "RoomState") as unknown as new () => RoomState;
    classes.set(key, found);
  }
  return found;
}

export function createRoomState<I, S>(game: Game<I, S>): RoomState {
  const state = new (roomStateClass(game))();
  state.tick = 0;
  state.phase = "waiting";
  return state;
}

/** Writes the roster into the state; returns whether anything changed. */
export function mirrorRoster(seats: Seats, phase: RoomState["phase"], state: RoomState): boolean {
  let isChanged = state.phase !== phase;
  if (isChanged) state.phase = phase;
  for (let seat = 0; seat < seats.count; seat++) {
    const holder = seats.holder(seat);
    const key = String(seat);
    const isAway = seats.isAway(seat);
    const shown = state.seats.get(key);
    if (shown?.id === holder?.id && (shown === undefined || shown.isAway === isAway)) continue;
    isChanged = true;
    if (holder === undefined) state.seats.delete(key);
    else if (shown?.id === holder.id) shown.isAway = isAway;
    else state.seats.set(key, new SeatState({ id: holder.id, name: holder.name, kind: holder.kind, isAway }));
  }
  return isChanged;
}
