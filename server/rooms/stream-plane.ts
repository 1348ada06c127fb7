/** The stream plane of one room: the world as schema patches, encoded once for all, free while nobody watches. */
import type { Client } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import type { Match } from "../match/match.ts";
import { PlaneSerializer } from "./plane-serializer.ts";
import { createRoomState, mirrorRoster, type RoomState } from "./room-state.ts";
import { StateMirror } from "./state-mirror.ts";

export class StreamPlane<I, S> {
  readonly state: RoomState;
  readonly #match: Match<I, S>;
  readonly #mirror: StateMirror<I, S>;
  readonly #view = new StateView();
  /** What the room has to serialize its state with. */
  readonly serializer = new PlaneSerializer(this.#view);
  #clients = 0;

  constructor(match: Match<I, S>) {
    this.#match = match;
    this.#mirror = new StateMirror(match.game);
    this.state = createRoomState(match.game);
  }

  /** How many stream clients are in the room. */
  get clients(): number {
    return this.#clients;
  }

  /** To be called once the state is a room's: a view can only show what is being serialized. */
  open(): void {
    this.#view.add(this.state);
  }

  /** From now on this client receives the world. The caller broadcasts a patch before the client is sent the state. */
  add(client: Client): void {
    client.view = this.#view;
    this.#clients++;
    this.update();
  }

  /** One stream client less. */
  remove(): void {
    this.#clients--;
  }

  /** Brings the state to the match's present: the roster always, the world while somebody streams it. */
  update(): void {
    const { seats, world, phase } = this.#match;
    if (mirrorRoster(seats, phase, this.state)) this.serializer.isRosterChanged = true;
    if (this.#clients === 0) return;
    this.state.tick = world.tick;
    this.#mirror.update(world.state, this.state.world);
  }
}
