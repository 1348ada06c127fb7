/** A connection whose socket takes so many bytes a tick; what it has taken is what the client has. */
import type { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { RecordingPeer } from "../memory/recording-peer.ts";

export class SlowPeer extends RecordingPeer {
  bytesPerTick: number;
  #arrived = 0;

  constructor(id: string, bytesPerTick: number) {
    super(id);
    this.bytesPerTick = bytesPerTick;
  }

  override send(packet: Uint8Array): void {
    super.send(packet);
    this.write(packet.length);
  }

  /** Something is written past the match: a full state, a patch. */
  write(bytes: number): void {
    this.bufferedBytes += bytes;
  }

  drain(): void {
    const taken = Math.min(this.bufferedBytes, this.bytesPerTick);
    this.bufferedBytes -= taken;
    this.takenBytes += taken;
  }

  /** Hands over what has left the socket. */
  deliver(client: LockstepClient<unknown, unknown>): void {
    let waiting = 0;
    for (let i = this.packets.length - 1; i >= this.#arrived; i--) waiting += this.packets[i]!.length;
    for (; this.#arrived < this.packets.length && waiting > this.bufferedBytes; this.#arrived++) {
      const packet = this.packets[this.#arrived]!;
      waiting -= packet.length;
      client.receive(packet[0]!, packet.subarray(1), 0);
    }
  }
}
