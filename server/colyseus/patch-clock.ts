/** Patches of a room's state, and its clock: they go out and go on when the room says so, by no timer of Colyseus's. */
import type { Room, Serializer } from "@colyseus/core";

/** What a room's `patchRate` is for that: its timer sleeps (24 days). With `null` Colyseus would tick the clock by another one. */
export const NO_PATCH_TIMER_MS = 2 ** 31 - 1;

/** Setting a room's state asks for Colyseus's default serializer, which would begin to encode it. */
interface Serialized<S> {
  setSerializer(serializer: Serializer<S>): void;
  state: S;
}

/** Port: gives a room its state, and the serializer that it is sent with. */
export function showState<S>(room: Serialized<S>, state: S, serializer: Serializer<S>): void {
  const stock = room.setSerializer.bind(room);
  room.setSerializer = () => stock(serializer);
  room.state = state;
}

/** Port: the end of a room's tick. The room's clock, which its timers and its limits go by, ticks once in each. */
export class PatchClock {
  readonly #room: Room;
  /** Kept, because V8 keeps Colyseus's rooms as dictionaries, and every look into one is a search. */
  readonly #clock: Room["clock"];

  constructor(room: Room) {
    this.#room = room;
    this.#clock = room.clock;
  }

  /** Sends what has changed in the state; the clock ticks in it. */
  send(): void {
    this.#room.broadcastPatch();
  }

  /** There is nobody to send anything to: only the clock ticks. */
  skip(): void {
    this.#clock.tick();
  }
}
