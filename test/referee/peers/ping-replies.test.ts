/** Pings that rode on inputs: answered with the next frame, as if they had come at that moment, and once. */
import { beforeEach, expect, it } from "vitest";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";
import { PingReplies } from "../../../shared/referee/peers/ping-replies.ts";
import { deliver } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";

let pings: PingReplies;
let peer: RecordingPeer;
let outbox: Outbox;
beforeEach(() => {
  outbox = new Outbox(packInMemory);
  pings = new PingReplies(outbox, 20);
  peer = new RecordingPeer("a");
});

it("waits for the frame: both clocks go on meanwhile", () => {
  pings.owe(peer, 500, 7.5, 1000);
  expect(peer.take()).toEqual([]);
  pings.settle(1020.4);
  outbox.send(peer, 99, new Uint8Array());
  deliver(outbox);
  expect(peer.packets.length).toBe(2);
  const [pong] = peer.take();
  expect(pong).toEqual({ kind: "pong", echo: 520, serverTicks: expect.closeTo(7.9, 4) });
});

it("comes alone to a client that is sent no frame, every ping of a tick, and not again", () => {
  pings.owe(peer, 5, 0.25, 1000);
  pings.owe(peer, 6, 0.5, 1001);
  for (const now of [1001, 1051]) {
    pings.settle(now);
    deliver(outbox);
  }
  expect(peer.take()).toMatchObject([
    { kind: "pong", echo: 6 },
    { kind: "pong", echo: 6 },
  ]);
});

it("never tells of a time before the ping, and wraps as the echo does", () => {
  pings.owe(peer, 2 ** 32 - 1, 1, 1000);
  pings.owe(peer, 2 ** 32 - 1, 1, 998);
  pings.settle(999);
  deliver(outbox);
  expect(peer.take().map((message) => message.kind === "pong" && message.echo)).toEqual([2 ** 32 - 1, 0]);
});
