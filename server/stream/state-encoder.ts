/** The encoder of a Colyseus state: makes bytes of all of it, or of what changed. It sends nothing. */
import { Encoder } from "@colyseus/schema";
import { growQuietly, type RefIds } from "../colyseus/schema-encoder.ts";
import type { RoomState } from "./room-state.ts";

export class StateEncoder {
  /** Of Colyseus; for its handshake, which describes the state's classes. */
  readonly encoder: Encoder<RoomState>;
  #full: Uint8Array | undefined;

  /** @param state what is in it already has numbers of its own from 0: the state itself, and in one of the room's states a little more. */
  constructor(state: RoomState, ids: RefIds) {
    this.encoder = new Encoder(state);
    ids.adopt(this.encoder);
    growQuietly(this.encoder);
  }

  /** The changes since the last call; undefined when there are none. Good until the next call. */
  takeChanges(): Uint8Array | undefined {
    if (!this.encoder.hasChanges) return undefined;
    this.#full = undefined;
    const changes = this.encoder.encode();
    this.encoder.discardChanges();
    return changes;
  }

  /** Nobody needs to be told of what changed. */
  discardChanges(): void {
    if (!this.encoder.hasChanges) return;
    this.#full = undefined;
    this.encoder.discardChanges();
  }

  /**
   * The whole state, for a client that has nothing of it or an old one. To be asked for while no changes are waiting: they
   * would reach that client a second time, and an array would then have them twice.
   */
  get full(): Uint8Array {
    this.#full ??= this.encoder.encodeAll().slice();
    return this.#full;
  }
}
