/** Pings that rode on inputs: answered with the next frame, as if they had come at that moment, and once. */
import { beforeEach, expect, it } from "vitest";
import { PingReplies } from "../../../shared/referee/peers/ping-replies.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";

let pings: PingReplies;
let peer: RecordingPeer;
beforeEach(() => {
  pings = new PingReplies(packInMemory, 20);
  peer = new RecordingPeer("a");
});

it("waits for the frame: both clocks go on meanwhile", () => {
  pings.owe(peer, 500, 7.5, 1000);
  expect(peer.take()).toEqual([]);
  pings.hand(1020.4);
  peer.send(packInMemory(99, new Uint8Array()));
  pings.settle();
  expect(peer.packets.length).toBe(2);
  const [pong] = peer.take();
  expect(pong).toEqual({ kind: "pong", echo: 520, serverTicks: expect.closeTo(7.9, 4) });
});

it("comes alone to a client that is sent no frame, every ping of a tick, and not again", () => {
  pings.owe(peer, 5, 0.25, 1000);
  pings.owe(peer, 6, 0.5, 1001);
  for (const now of [1001, 1051]) {
    pings.hand(now);
    pings.settle();
  }
  expect(peer.take()).toMatchObject([
    { kind: "pong", echo: 6 },
    { kind: "pong", echo: 6 },
  ]);
});

it("never tells of a time before the ping, and wraps as the echo does", () => {
  pings.owe(peer, 2 ** 32 - 1, 1, 1000);
  pings.owe(peer, 2 ** 32 - 1, 1, 998);
  pings.hand(999);
  pings.settle();
  expect(peer.take().map((message) => message.kind === "pong" && message.echo)).toEqual([2 ** 32 - 1, 0]);
});
