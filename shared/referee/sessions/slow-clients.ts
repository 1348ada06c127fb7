/** The slow clients of a match: sent nothing more until they read again (R14). */
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { ClientSession } from "../peers/client-session.ts";
import type { Outbox } from "../peers/outbox.ts";
import { broughtTickOf, CHOKED, enter, type Listeners, STREAMING } from "../peers/session-state.ts";

/** Stream clients whose sockets are empty again are sent the world at most this often, all of them together; seconds. */
const RESUME_SECONDS = 1;

export class SlowClients {
  /** How often the room stopped sending to one. */
  parked = 0;
  readonly #world: Simulation<unknown, unknown>;
  readonly #listeners: Listeners;
  readonly #outbox: Outbox;
  /** How often everybody was looked after, and when stream clients were last resumed. */
  #looks = 0;
  #resumedLook = Number.NEGATIVE_INFINITY;

  constructor(world: Simulation<unknown, unknown>, listeners: Listeners, outbox: Outbox) {
    this.#world = world;
    this.#listeners = listeners;
    this.#outbox = outbox;
  }

  /** Everybody is looked after once more. */
  look(): void {
    this.#looks++;
  }

  park(session: ClientSession): void {
    const { state, peer } = session;
    this.parked++;
    if (state.plane === "lockstep")
      enter(session, { kind: "parked", plane: "lockstep", broughtTick: broughtTickOf(state) }, this.#listeners);
    else {
      enter(session, CHOKED, this.#listeners);
      this.#outbox.add(peer, { kind: "choke", isChoked: true });
    }
  }

  /** A stream client gets a whole world, those of one moment the same one: to write that down costs everybody. */
  resume(session: ClientSession): void {
    const since = this.#looks - this.#resumedLook;
    if (since > 0 && since < RESUME_SECONDS * this.#world.game.tickRate) return;
    this.#resumedLook = this.#looks;
    enter(session, STREAMING, this.#listeners);
    this.#outbox.add(session.peer, { kind: "choke", isChoked: false });
  }
}
