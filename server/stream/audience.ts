/** An audience: the clients of a room that are sent one and the same world. It is encoded once for all of them. */
import type { Client } from "@colyseus/core";
import type { Schema } from "@colyseus/schema";
import type { Game } from "../../shared/engine/game/game.ts";
import type { RefIds } from "../colyseus/schema-encoder.ts";
import { createWorldState, type RoomState } from "./room-state.ts";
import { StateEncoder } from "./state-encoder.ts";

export class Audience {
  /** The world that its clients are sent. */
  readonly world: Schema;
  /** Its part of the room's state: `tick`, from the first world on, and `world`. */
  readonly #state: RoomState;
  readonly #encoder: StateEncoder;
  readonly #clients = new Set<Client>();
  readonly #shown = new Set<Client>();

  /** @param world what they are sent as long as there is no world to show: one with nothing in it. */
  constructor(game: Game<never, never>, world: Schema, ids: RefIds) {
    this.world = world;
    this.#state = createWorldState(game);
    this.#encoder = new StateEncoder(this.#state, ids);
    this.#state.world = world;
    this.#encoder.discardChanges();
  }

  /** The tick that the world is of; undefined before the first one. */
  get tick(): number | undefined {
    return this.#state.tick;
  }

  set tick(tick: number) {
    this.#state.tick = tick;
  }

  /** How many clients it has, shown the world or not yet. */
  get size(): number {
    return this.#clients.size;
  }

  /** Those who are sent what changes. */
  get shown(): ReadonlySet<Client> {
    return this.#shown;
  }

  /** One client more: the world is kept for it. */
  add(client: Client): void {
    this.#clients.add(client);
  }

  /** From now on this client is sent what changes. What it is sent first must be a full state. */
  show(client: Client): void {
    if (this.#clients.has(client)) this.#shown.add(client);
  }

  /** From now on it is not. */
  hide(client: Client): void {
    this.#shown.delete(client);
  }

  remove(client: Client): void {
    this.#clients.delete(client);
    this.#shown.delete(client);
  }

  /** The changes of the world since the last call; undefined when there are none. Good until the next call. */
  takeChanges(): Uint8Array | undefined {
    return this.#encoder.takeChanges();
  }

  /** Nobody is to be told of what changed since. */
  discardChanges(): void {
    this.#encoder.discardChanges();
  }

  /** The whole world. */
  get full(): Uint8Array {
    return this.#encoder.full;
  }
}
