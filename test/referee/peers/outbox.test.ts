/** The outbox: what is in it is in order and its own, whatever is encoded after it; it is sent before the next tick, and reused. */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Down, DownEncoder, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { Match } from "../../../shared/referee/match.ts";
import { type Effect, Outbox, type Packet } from "../../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../../shared/referee/peers/peer.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { walk } from "../../kit/walk.ts";

/** What the referee may read of a connection, and nothing that it could send by. */
const peerOf = (id: string): Peer => ({ id, isJoined: true, bufferedBytes: 0, writtenBytes: 0, takenBytes: 0 });

/** "a pong", "b close", in order; and cleared. */
function take(outbox: Outbox): string[] {
  const nameOf = (content: Packet | Effect): string =>
    content instanceof Uint8Array ? decodeDown(content[0]!, content.subarray(1)).kind : content.kind;
  const entries = Array.from(
    { length: outbox.length },
    (_, at) => `${outbox.peerAt(at).id} ${nameOf(outbox.contentAt(at))}`,
  );
  outbox.clear();
  return entries;
}

describe("an outbox", () => {
  it("keeps what is sent and what else happens in one order, and the bytes that wait for each", () => {
    const outbox = new Outbox(packInMemory);
    const [a, b] = [peerOf("a"), peerOf("b")];
    const encoder = new DownEncoder();
    expect(outbox.send(a, Down.plane, encoder.plane("stream", "wish"))).toBe(3);
    outbox.add(a, { kind: "move", plane: "stream" });
    outbox.send(b, Down.ask, encoder.ask(7));
    outbox.add(a, { kind: "close", name: "client/silent" });
    expect([outbox.bytesFor(a), outbox.bytesFor(b), outbox.bytesFor(peerOf("a"))]).toEqual([3, 2, 0]);
    expect(take(outbox)).toEqual(["a plane", "a move", "b ask", "a close"]);
    expect([outbox.length, outbox.bytesFor(a)]).toEqual([0, 0]);
  });

  it("has copies: what an encoder writes next is written where it wrote this", () => {
    const outbox = new Outbox(packInMemory);
    const encoder = new DownEncoder();
    for (const tick of [300, 400, 500]) outbox.send(peerOf("a"), Down.ask, encoder.ask(tick));
    const ticks = [0, 1, 2].map((at) => {
      const packet = outbox.contentAt(at) as Packet;
      const message = decodeDown(packet[0]!, packet.subarray(1));
      return message.kind === "ask" && message.tick;
    });
    expect(ticks).toEqual([300, 400, 500]);
  });
});

describe("a match", () => {
  const game = mixedGame(4);
  const encoder = new UpEncoder(inputCodecOf(walk.input));

  it("only reads its connections: all that is to be sent to a joiner, tick by tick, is in the outbox", () => {
    const match = new Match(walk, { seed: 1, bots: 0, pack: packInMemory });
    const peer = peerOf("a");
    match.takeSeat({ kind: "player", id: "a", name: "a" });
    match.sessions.admit(peer, { plane: "lockstep" });
    const say = (type: number, bytes: Uint8Array): string[] => {
      match.sessions.receive(peer, type, bytes, { now: 0, phase: 0 });
      return take(match.outbox);
    };
    expect(say(Up.ready, encoder.ready(0))).toEqual(["a snapshot"]);
    expect(say(Up.ping, encoder.ping(5))).toEqual(["a pong"]);
    expect(say(Up.input, encoder.input(0, 0, { dx: 1 }, { echo: 9 }))).toEqual([]);
    match.closeTick(10);
    expect(take(match.outbox), "before the world is stepped").toEqual(["a with-next", "a frames"]);
    expect(match.world.tick).toBe(0);
    match.finishTick(10);
    expect([match.world.tick, take(match.outbox)]).toEqual([1, []]);
    for (let i = 0; i < 20; i++) say(99, Uint8Array.of());
    expect(say(99, Uint8Array.of())).toEqual(["a close"]);
  });

  it("closes no tick before the last one is finished, or while something was never sent: it would be sent too late, or twice", () => {
    const match = new Match(walk, { seed: 1, bots: 0, pack: packInMemory });
    const peer = peerOf("a");
    match.sessions.admit(peer, { plane: "lockstep" });
    match.closeTick();
    expect(() => match.closeTick()).toThrow(/is to be finished first/);
    expect(() => match.save(), "its frame is kept, and not stepped").toThrow(/is to be finished first/);
    match.finishTick();
    match.sessions.receive(peer, Up.ready, encoder.ready(0), { now: 0, phase: 0 });
    expect(() => match.closeTick()).toThrow(/entries of the outbox were never sent/);
    match.outbox.clear();
    match.closeTick();
    expect(() => match.finishTick(), "so is what a closed frame is").toThrow(/entries of the outbox were never sent/);
  });

  it("has nothing more in its outbox after a thousand ticks than after one", () => {
    const match = new Match(game, { seed: 1, bots: 2, pack: packInMemory });
    const peers = Array.from({ length: 5 }, (_, i) => peerOf(`${i}`));
    for (const peer of peers) {
      match.sessions.admit(peer, { plane: "lockstep", watch: true });
      match.sessions.receive(peer, Up.ready, encoder.ready(0), { now: 0, phase: 0 });
      match.outbox.clear();
    }
    const lengths = new Set<number>();
    for (let i = 0; i < 150; i++) {
      match.closeTick();
      lengths.add(match.outbox.length);
      match.outbox.clear();
      match.finishTick();
      match.outbox.clear();
    }
    expect([...lengths]).toEqual([5]);
  });
});
