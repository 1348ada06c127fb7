/** A closed frame goes to everybody who listens: one packet for all, players first. */
import { expect, it } from "vitest";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { FrameBroadcast } from "../../../shared/referee/peers/frame-broadcast.ts";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

it("all who play are sent the very same packet, and after them those who watch", () => {
  const outbox = new Outbox(packInMemory);
  const broadcast = new FrameBroadcast(walk, outbox);
  for (const id of ["c", "a", "d", "b"])
    broadcast.listen(new RecordingPeer(id), { isSpectator: id > "b", delayTicks: 0 });
  broadcast.close(createFrame(walk), new Simulation(walk, 1).seats, undefined);
  const at = Array.from({ length: outbox.length }, (_, i) => i);
  expect(at.map((i) => outbox.peerAt(i).id)).toEqual(["a", "b", "c", "d"]);
  expect(new Set(at.map((i) => outbox.contentAt(i))).size).toBe(1);
});
