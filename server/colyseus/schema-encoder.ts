/** The insides of @colyseus/schema's encoder: how it numbers objects, and how its buffer grows. */
import type { Encoder } from "@colyseus/schema";

type AnyEncoder = Pick<Encoder, "root">;

/** So many numbers are written down at once; a room that goes on elsewhere leaves the rest of them out. */
const BLOCK = 1024;

/**
 * The numbers by which clients know the objects they were sent. The SDK keeps its decoder when it returns, or is sent
 * another full state, so within a room no number may mean two things, whichever of its states an object is in.
 */
export class RefIds {
  /** Is told of a number that none reaches for now, before the first of the next so many is used. */
  onBlock: (below: number) => void = () => {};
  #next = 0;
  #below = 0;

  /** From now on none is below this: those were used by a process before. */
  skipTo(first: number): void {
    this.#next = Math.max(this.#next, first);
  }

  /** Port: from now on this encoder takes its numbers here. */
  adopt({ root }: AnyEncoder): void {
    const ids = this;
    const { nextUniqueId } = root as unknown as { nextUniqueId: number };
    if (!Number.isInteger(nextUniqueId)) throw new Error("@colyseus/schema counts its refIds elsewhere than it did");
    this.#next = Math.max(this.#next, nextUniqueId);
    Object.defineProperty(root, "nextUniqueId", {
      get: () => ids.#next,
      set(next: number) {
        ids.#next = next;
        if (next > ids.#below) ids.#reserve();
      },
    });
  }

  #reserve(): void {
    this.#below = this.#next + BLOCK;
    this.onBlock(this.#below);
  }
}

/** Port: a world that outgrows the buffer is no fault, and the advice that Colyseus would print is for another program. */
export function growQuietly(encoder: AnyEncoder): void {
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
