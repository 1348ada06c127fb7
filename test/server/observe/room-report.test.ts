/** The report of `/api/rooms` on each client: all that a slow one costs is there to be seen (R14). */
import { expect, it } from "vitest";
import { reportOf } from "../../../server/observe/room-report.ts";
import { TickMeter } from "../../../server/observe/tick-meter.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

const codec = inputCodecOf(walk.input);
const encoder = new UpEncoder(codec);

it("a player's acknowledgement and debt, what waits in its socket, and who is parked", () => {
  const match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
  match.takeSeat({ kind: "player", id: "a", name: "Ada" });
  const [player, watcher] = [new RecordingPeer("a"), new RecordingPeer("b")];
  match.sessions.admit(player, { plane: "lockstep" });
  match.sessions.admit(watcher, { plane: "stream", watch: true });
  const say = (type: number, bytes: Uint8Array) =>
    match.sessions.receive(player, type, bytes, { now: match.world.tick * 50, phase: 0 });
  const clients = () =>
    reportOf({ id: "r", match, meter: new TickMeter(), streamClients: 1, isPrivate: false }).clients;
  say(Up.ready, encoder.ready(0));
  for (let i = 0; i < 30; i++) match.closeTick();
  say(Up.input, encoder.input(30, 22, codec.create()));
  player.bufferedBytes = 77;
  watcher.bufferedBytes = 5;
  const common = { transferBytes: 0, isParked: false };
  expect(clients()).toEqual([
    { ...common, id: "a", seat: 0, plane: "lockstep", confirmedTick: 22, behindTicks: 8, bufferedBytes: 77 },
    { ...common, id: "b", seat: undefined, plane: "stream", confirmedTick: 0, behindTicks: 0, bufferedBytes: 5 },
  ]);
  for (let i = 0; i < 300; i++) match.closeTick();
  expect(clients()[0]).toMatchObject({ isParked: true, behindTicks: 308 });
});
