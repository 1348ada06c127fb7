/** The stream plane of one room: the world as schema patches, encoded once for all, free while nobody watches. */
import type { Client } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Seat } from "../../shared/engine/game/game.ts";
import { DelayedWorld } from "../match/delayed-world.ts";
import type { Match } from "../match/match.ts";
import { PlaneSerializer } from "./plane-serializer.ts";
import { createRoomState, mirrorRoster, type RoomState } from "./room-state.ts";
import { RosterWatch } from "./roster-watch.ts";
import { StateMirror } from "./state-mirror.ts";

export class StreamPlane<I, S> {
  readonly state: RoomState;
  readonly #delayedState: RoomState;
  readonly #match: Match<I, S>;
  readonly #mirror: StateMirror<I, S>;
  readonly #view = new StateView();
  readonly #delayedView = new StateView();
  readonly #delayedWorld: DelayedWorld<I, S>;
  readonly #delayTicks: number;
  /** What the room has to serialize its state with. */
  readonly serializer = new PlaneSerializer(this.#view, this.#delayedView);
  readonly #clients = new Set<Client>();
  readonly #delayed = new Set<Client>();
  readonly #roster = new RosterWatch();

  /** @param delayTicks how far behind spectators see the match. */
  constructor(match: Match<I, S>, delayTicks: number) {
    this.#match = match;
    this.#delayTicks = delayTicks;
    this.#mirror = new StateMirror(match.game);
    this.state = createRoomState(match.game);
    this.#delayedState = createRoomState(match.game);
    this.#delayedWorld = new DelayedWorld(match.keyframes, delayTicks);
  }

  /** How many stream clients are in the room. */
  get clients(): number {
    return this.#clients.size + this.#delayed.size;
  }

  /** To be called once the state is a room's: a view can only show what is being serialized. */
  open(): void {
    this.#view.add(this.state);
    if (this.#delayTicks === 0) return;
    this.serializer.openDelayed(this.#delayedState);
    this.#delayedView.add(this.#delayedState);
  }

  /** One stream client more: from the next `update` on the world is kept for it. */
  add(client: Client, isSpectator: boolean): void {
    (isSpectator && this.#delayTicks > 0 ? this.#delayed : this.#clients).add(client);
  }

  /** From now on this client is sent the world. What it is sent first must be a full state. */
  show(client: Client): void {
    client.view = this.#delayed.has(client) ? this.#delayedView : this.#view;
  }

  /** One stream client less. */
  remove(client: Client): void {
    this.#clients.delete(client);
    this.#delayed.delete(client);
    client.view = undefined as unknown as StateView;
    if (this.#delayed.size === 0) this.#delayedWorld.forget();
  }

  /**
   * Brings the states to the match's present: the roster always, the world while somebody streams it.
   *
   * @param awaited the seats that the room waits for.
   * @returns whether there is anybody to tell of it.
   */
  update(spectators: number, awaited: readonly Seat[]): boolean {
    const { world } = this.#match;
    const isRosterNew = this.#roster.hasChanged(this.#match, spectators, awaited);
    if (isRosterNew) this.#mirrorRoster(spectators, awaited);
    if (this.#clients.size > 0) this.#write(world, this.state);
    if (this.#delayed.size > 0) {
      const past = this.#delayedWorld.advance(world.tick);
      if (past !== undefined) this.#write(past, this.#delayedState);
    }
    return isRosterNew || this.clients > 0;
  }

  #mirrorRoster(spectators: number, awaited: readonly Seat[]): void {
    const isChanged = mirrorRoster(this.#match, spectators, awaited, this.state);
    if (this.#delayTicks > 0) mirrorRoster(this.#match, spectators, awaited, this.#delayedState);
    if (isChanged) this.serializer.noteRoster();
  }

  #write(world: { readonly tick: number; readonly state: Plain<S> }, into: RoomState): void {
    into.tick = world.tick;
    this.#mirror.update(world.state, into.world);
  }
}
