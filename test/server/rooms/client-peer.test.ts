/** A Colyseus client as a peer: what goes with the next packet is one write with it, in front, and never twice. */
import { type Client, ClientState } from "@colyseus/core";
import { expect, it, vi } from "vitest";
import { ClientPeer, packForColyseus } from "../../../server/rooms/client-peer.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.of(...values);

function peerIn(state: ClientState) {
  const written: number[][] = [];
  const prefetch = vi.fn();
  const socket = { line: { unsentBytes: 7, prefetch, write: (frame: Uint8Array) => void written.push([...frame]) } };
  const client = { sessionId: "a", state, ref: socket };
  const wishes = { plane: "lockstep" } as ConstructorParameters<typeof ClientPeer>[1];
  return {
    written,
    prefetch,
    client,
    peer: new ClientPeer(client as unknown as Client, wishes),
  };
}

it("sends what waits together with the next packet, in front of it, once", () => {
  const { written, peer } = peerIn(ClientState.JOINED);
  peer.sendWithNext(bytes(1, 2));
  expect(written).toEqual([]);
  peer.send(bytes(3));
  peer.send(bytes(4));
  peer.flush();
  expect(written).toEqual([[1, 2, 3], [4]]);
});

it("sends it alone when nothing comes, or when something else is to wait", () => {
  const { written, peer } = peerIn(ClientState.JOINED);
  peer.sendWithNext(bytes(1));
  peer.flush();
  peer.flush();
  peer.sendWithNext(bytes(2));
  peer.sendWithNext(bytes(3));
  expect(written).toEqual([[1], [2]]);
  peer.flush();
  expect(written).toEqual([[1], [2], [3]]);
});

it("sends nothing before the join is acknowledged", () => {
  const { written, client, peer } = peerIn(ClientState.JOINING);
  peer.send(bytes(1));
  peer.sendWithNext(bytes(2));
  peer.flush();
  expect(written).toEqual([]);
  client.state = ClientState.JOINED;
  peer.send(bytes(3));
  expect(written).toEqual([[3]]);
});

it("has the bytes of its connection, and packs a whole WebSocket frame", () => {
  expect(peerIn(ClientState.JOINED).peer.bufferedBytes).toBe(7);
  const payload = bytes(5);
  const packet = packForColyseus(9, payload);
  payload[0] = 6;
  expect([...packet], "a copy").toEqual([0x82, 3, 17, 9, 5]);
});

it("prefetches its connection's part", () => {
  const { written, prefetch, peer } = peerIn(ClientState.JOINED);
  peer.prefetch();
  expect([prefetch.mock.calls.length, written]).toEqual([1, []]);
});
