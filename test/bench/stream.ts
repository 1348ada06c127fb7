/** The stream plane of a match without a room: the real serializer, one client that only counts. */
import { type Client, ClientState } from "@colyseus/core";
import { StreamPlane } from "../../server/stream/stream-plane.ts";
import type { Match } from "../../shared/referee/match.ts";

export interface Patched {
  /** Bytes of the tick's patch as the client is sent it, opcode included. */
  readonly bytes: number;
  /** What mirroring and encoding took. */
  readonly milliseconds: number;
}

export interface Stream {
  /** Closes a tick and sends its patch, as the room does. */
  tick(): Patched;
}

export function openStream<I, S>(match: Match<I, S>): Stream {
  const plane = new StreamPlane(match, 0);
  const { serializer } = plane;
  let bytes = 0;
  const client = {
    state: ClientState.JOINED,
    raw(packet: Uint8Array) {
      bytes += packet.length;
    },
  } as unknown as Client;
  plane.add(client, false);
  plane.show(client);
  serializer.applyPatches([client]);
  return {
    tick() {
      match.closeTick();
      const start = performance.now();
      bytes = 0;
      plane.update(0, []);
      serializer.applyPatches([client]);
      return { bytes, milliseconds: performance.now() - start };
    },
  };
}
