/** A closed frame goes to everybody who listens, who is looked at before the first of them is written to. */
import { expect, it } from "vitest";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { FrameBroadcast } from "../../../shared/referee/peers/frame-broadcast.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

it("all who play are prefetched before the first is sent the frame, and so are those who watch", () => {
  const calls: string[] = [];
  class Peer extends RecordingPeer {
    override prefetch(): void {
      calls.push(`look at ${this.id}`);
    }

    override send(): void {
      calls.push(`send to ${this.id}`);
    }
  }
  const broadcast = new FrameBroadcast(walk, packInMemory);
  for (const id of ["a", "b"]) broadcast.listen(new Peer(id), { isSpectator: false, delayTicks: 0 });
  for (const id of ["c", "d"]) broadcast.listen(new Peer(id), { isSpectator: true, delayTicks: 0 });
  broadcast.close(createFrame(walk), new Simulation(walk, 1).seats, undefined);
  expect(calls).toEqual([
    ...["look at a", "look at b", "send to a", "send to b"],
    ...["look at c", "look at d", "send to c", "send to d"],
  ]);
});
