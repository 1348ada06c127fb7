/** StateEncoder: what becomes of a Colyseus state, as bytes: all of it, or what changed. It sends nothing. */
import { Encoder } from "@colyseus/schema";
import type { RoomState } from "./room-state.ts";

/**
 * The numbers by which clients know the objects they were sent. The SDK keeps its decoder when it returns, or is sent
 * another full state, so within a room no number may mean two things, whichever of its states an object is in.
 */
export class RefIds {
  #next = 0;

  /** From now on this encoder takes its numbers here. */
  adopt({ root }: Encoder<RoomState>): void {
    const ids = this;
    const { nextUniqueId } = root as unknown as { nextUniqueId: number };
    if (!Number.isInteger(nextUniqueId)) throw new Error("@colyseus/schema counts its refIds elsewhere than it did");
    this.#next = Math.max(this.#next, nextUniqueId);
    Object.defineProperty(root, "nextUniqueId", {
      get: () => ids.#next,
      set(next: number) {
        ids.#next = next;
      },
    });
  }
}

/** A world that outgrows the buffer is no fault, and the advice that Colyseus would print is for another program. */
function growQuietly(encoder: Encoder<RoomState>): void {
  const grower = encoder as unknown as {
    sharedBuffer: Uint8Array;
    _resizeBuffer(old: Uint8Array, size: number): Uint8Array;
  };
  if (typeof grower._resizeBuffer !== "function")
    throw new Error("@colyseus/schema grows its buffers elsewhere than it did");
  grower._resizeBuffer = (old, size) => {
    const grown = new Uint8Array(Math.max(size, 2 * old.length));
    grown.set(old);
    grower.sharedBuffer = grown;
    return grown;
  };
}

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

  /** What changed since the last call; undefined when nothing did. Good until the next call. */
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
   * The whole state, for whoever has nothing of it or an old one. To be asked for while no changes are waiting: they
   * would reach that client a second time, and an array would then have them twice.
   */
  get full(): Uint8Array {
    this.#full ??= this.encoder.encodeAll().slice();
    return this.#full;
  }
}
