/** Colyseus's own serializer, but a tick that changed only the world is written to stream clients alone. */
import { type Client, SchemaSerializer } from "@colyseus/core";
import type { StateView } from "@colyseus/schema";
import type { RoomState } from "./room-state.ts";

/**
 * Stream clients share one view, so their patch is encoded once. Lockstep clients have no view: of a tick's patch only
 * the roster is for them, and without this class they would be sent an empty patch beside every frame.
 */
export class PlaneSerializer extends SchemaSerializer<RoomState> {
  /** Set when the roster changed since the last patch: everybody is to be told. */
  isRosterChanged = false;
  readonly #streamView: StateView;

  constructor(streamView: StateView) {
    super();
    this.#streamView = streamView;
  }

  override applyPatches(clients: Client[], state?: unknown): boolean {
    const receivers = this.isRosterChanged ? clients : clients.filter((client) => client.view === this.#streamView);
    this.isRosterChanged = false;
    return super.applyPatches(receivers, state);
  }
}
