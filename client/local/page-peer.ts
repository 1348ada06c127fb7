/** The player of a page as the referee in the same page sees it: a connection on which nothing ever waits. */
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { Packet, Peer } from "../../shared/referee/peers/peer.ts";

export class PagePeer implements Peer {
  readonly id = "page";
  readonly isJoined = true;
  readonly bufferedBytes = 0;
  readonly writtenBytes = 0;
  readonly takenBytes = 0;
  #packets: Packet[] = [];
  #closed: CloseName | undefined;

  /** Why the referee has ended it; undefined while it has not. */
  get closed(): CloseName | undefined {
    return this.#closed;
  }

  /** What the referee has sent since the last call. */
  take(): readonly Packet[] {
    const packets = this.#packets;
    if (packets.length > 0) this.#packets = [];
    return packets;
  }

  send(packet: Packet): void {
    this.#packets.push(packet);
  }

  sendWithNext(packet: Packet): void {
    this.#packets.push(packet);
  }

  close(name: CloseName): void {
    this.#closed ??= name;
  }

  // Nothing is buffered or fetched here, and no world is sent as patches.
  prefetch(): void {}
  flush(): void {}
  refuse(): void {}
  moveTo(): void {}
  choke(): void {}
}
