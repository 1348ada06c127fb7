/** Colyseus's own serializer for the two states of a room: that of players, and that of delayed spectators. */
import { type Client, SchemaSerializer } from "@colyseus/core";
import type { StateView } from "@colyseus/schema";
import type { RoomState } from "./room-state.ts";

/**
 * Stream clients share one view, so their patch is encoded once. Lockstep clients have no view: of a tick's patch only
 * the roster is for them, and without this class they would be sent an empty patch beside every frame.
 */
class LiveSerializer extends SchemaSerializer<RoomState> {
  /** Set when the roster changed since the last patch: everybody is to be told. */
  isRosterChanged = false;
  readonly #view: StateView;

  constructor(view: StateView) {
    super();
    this.#view = view;
  }

  override applyPatches(clients: Client[], state?: unknown): boolean {
    const receivers = this.isRosterChanged ? clients : clients.filter((client) => client.view === this.#view);
    this.isRosterChanged = false;
    return super.applyPatches(receivers, state);
  }
}

export class PlaneSerializer extends LiveSerializer {
  readonly #delayedView: StateView;
  readonly #delayed: LiveSerializer;

  /** @param delayed the state of those who watch through `delayedView`, if there is to be one. */
  constructor(view: StateView, delayedView: StateView) {
    super(view);
    this.#delayedView = delayedView;
    this.#delayed = new LiveSerializer(delayedView);
  }

  /** Gives delayed spectators a state of their own. To be called once the room has its state. */
  openDelayed(state: RoomState): void {
    this.#delayed.reset(state);
  }

  /** The roster of delayed spectators changed too. */
  noteRoster(): void {
    this.isRosterChanged = true;
    this.#delayed.isRosterChanged = true;
  }

  override getFullState(client?: Client): Uint8Array {
    const isDelayed = client !== undefined && client.view === this.#delayedView;
    return isDelayed ? this.#delayed.getFullState(client) : super.getFullState(client);
  }

  override applyPatches(clients: Client[], state?: unknown): boolean {
    const delayed = clients.filter((client) => client.view === this.#delayedView);
    if (delayed.length === 0) return super.applyPatches(clients, state);
    this.#delayed.applyPatches(delayed);
    return super.applyPatches(
      clients.filter((client) => client.view !== this.#delayedView),
      state,
    );
  }
}
