/** The stream plane of one room: the world as schema patches, encoded once for all, free while nobody watches. */
import type { Client } from "@colyseus/core";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { DelayedWorld } from "../../shared/referee/history/delayed-world.ts";
import type { Match } from "../../shared/referee/match.ts";
import type { Audience } from "./audience.ts";
import { type OnWhole, PlaneSerializer } from "./plane-serializer.ts";
import { createRoster, mirrorRoster, type RoomState } from "./room-state.ts";
import { RosterWatch } from "./roster-watch.ts";
import { StateMirror } from "./state-mirror.ts";

export class StreamPlane<I, S> {
  /** The part of the room's state that everybody is sent. */
  readonly state: RoomState;
  /** What the room has to serialize its state with. */
  readonly serializer: PlaneSerializer;
  readonly #match: Match<I, S>;
  readonly #mirror: StateMirror<I, S>;
  readonly #delayedWorld: DelayedWorld<I, S>;
  readonly #delayTicks: number;
  /** Made for the first client of each, as most rooms have none, and kept: who comes back knows its objects by their numbers. */
  #live: Audience | undefined;
  #delayed: Audience | undefined;
  readonly #roster = new RosterWatch();

  /**
   * @param delayTicks how far behind spectators see the match.
   * @param onWhole is told of each client that will be sent a whole world next, and of its bytes.
   */
  constructor(match: Match<I, S>, delayTicks: number, onWhole: OnWhole = () => {}) {
    this.#match = match;
    this.#delayTicks = delayTicks;
    this.#mirror = new StateMirror(match.game);
    this.state = createRoster(match.game);
    this.serializer = new PlaneSerializer(this.state, onWhole);
    this.#delayedWorld = new DelayedWorld(match.keyframes, delayTicks);
  }

  /** How many stream clients are in the room. */
  get clients(): number {
    return (this.#live?.size ?? 0) + (this.#delayed?.size ?? 0);
  }

  /** One stream client more: from the next `update` on the world is kept for it. */
  add(client: Client, isSpectator: boolean): void {
    const isDelayed = isSpectator && this.#delayTicks > 0;
    if (isDelayed) this.#delayed ??= this.#createAudience();
    else this.#live ??= this.#createAudience();
    (isDelayed ? this.#delayed : this.#live)!.add(client);
  }

  /** From now on this client is sent the world. What it is sent first must be a full state. */
  show(client: Client): void {
    this.#live?.show(client);
    this.#delayed?.show(client);
  }

  /** This client is sent no world for now; it still is one of those the world is kept for. */
  hide(client: Client): void {
    this.#live?.hide(client);
    this.#delayed?.hide(client);
  }

  /** One stream client less. */
  remove(client: Client): void {
    this.#live?.remove(client);
    this.#delayed?.remove(client);
    if (!this.#delayed?.size) this.#delayedWorld.forget();
  }

  /**
   * Brings the states to the match's present: the roster always, the world while any client streams it.
   *
   * @param awaited the seats that the room waits for.
   * @returns whether there is anybody to tell of it.
   */
  update(spectators: number, awaited: readonly Seat[]): boolean {
    const { world } = this.#match;
    const isRosterNew = this.#roster.hasChanged(this.#match, spectators, awaited);
    if (isRosterNew) mirrorRoster(this.#match, spectators, awaited, this.state);
    if (this.#live?.size) this.#write(world, this.#live);
    if (this.#delayed?.size) {
      const past = this.#delayedWorld.advance(world.tick);
      if (past !== undefined) this.#write(past, this.#delayed);
    }
    return isRosterNew || this.clients > 0;
  }

  #createAudience(): Audience {
    return this.serializer.createAudience(this.#match.game as unknown as Game<never, never>, this.#mirror.create());
  }

  #write(world: { readonly tick: number; readonly state: Plain<S> }, audience: Audience): void {
    // A client came, or is back, between two ticks.
    if (audience.tick === world.tick) return;
    audience.tick = world.tick;
    this.#mirror.update(world.state, audience.world);
  }
}
