/**
 * Clients without a seat: nothing is guessed and nothing asked for, confirmed worlds are drawn evenly though frames are
 * not.
 */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import type { Packet } from "../../../shared/referee/peers/outbox.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { Link } from "../../kit/memory/link.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { TICK_RATE, walk } from "../../kit/walk.ts";

const TICK_MS = 1000 / TICK_RATE;
const DRAW_MS = 10;

/** A match watched over a line; `eachDraw` after each draw. */
function watch(
  ms: number,
  network: { delayMs: number; jitterMs: number },
  eachDraw: (drawn: number, client: LockstepClient<unknown, unknown>) => void = () => {},
  isAsleep: (now: number) => boolean = () => false,
) {
  const match = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
  match.takeSeat({ kind: "player", id: "p", name: "p" });
  const peer = new RecordingPeer("s");
  match.sessions.admit(peer, { plane: "lockstep", watch: true });
  const client = new LockstepClient(walk, {
    sample: () => {
      throw new Error("nobody to ask");
    },
  });
  const random = new WorldRandom(1);
  const heard = new Map<number, number>();
  let now = 0;
  const up = new Link<{ type: number; bytes: Uint8Array }>(
    network,
    random,
    () => 1,
    ({ type, bytes }) => {
      heard.set(type, (heard.get(type) ?? 0) + 1);
      match.sessions.receive(peer, type, bytes, { now, phase: (now % TICK_MS) / TICK_MS });
    },
  );
  const down = new Link<Packet>(
    network,
    random,
    ({ length }) => length,
    (packet) => client.receive(packet[0]!, packet.subarray(1), now),
  );
  for (; now < ms; now += DRAW_MS) {
    up.pump(now);
    if (now % TICK_MS === 0 && now > 0) {
      match.intake.hold(0, { dx: (((now / TICK_MS) % 3) - 1) as -1 | 0 | 1 });
      match.closeTick();
    }
    for (const packet of peer.packets.splice(0)) down.send(packet, now);
    down.pump(now);
    if (isAsleep(now)) continue;
    client.advance(now);
    for (const message of client.takeOutbox()) up.send(message, now);
    if (client.isSynced) eachDraw(client.predictedTick - 1 + client.alpha, client as never);
  }
  return { match, client, heard };
}

describe("who only watches", () => {
  it("says nothing but that it is ready, what time it is, and that its worlds are right", () => {
    const { client, heard, match } = watch(10_000, { delayMs: 50, jitterMs: 20 });
    expect([...heard.keys()].sort((a, b) => a - b)).toEqual([Up.ready, Up.ping, Up.hash]);
    expect(heard.get(Up.hash), "once a second").toBeGreaterThan(7);
    expect(heard.get(Up.hash)).toBeLessThanOrEqual(10);
    expect(match.hashes.counts).toMatchObject({ differs: 0, "unknown-tick": 0 });
    expect(client.seat).toBeUndefined();
  });

  it("predicts nothing: what is drawn is the confirmed world and the one before it", () => {
    const { client, match } = watch(8000, { delayMs: 80, jitterMs: 60 });
    expect(client.stats).toMatchObject({ rollbacks: 0, resimulatedTicks: 0, stalledMs: 0 });
    expect(client.predictedTick).toBe(client.confirmedTick);
    expect(client.state).toEqual(client.confirmed.state);
    expect(client.previousState.ticks).toBe(client.state.ticks - 1);
    expect(match.world.tick - client.confirmedTick, "not far behind either").toBeLessThan(8);
  });

  it("is shown the world one tick before beside each, also where several frames came at once", () => {
    const apart = new Set<number>();
    const steps = new Set<number>();
    let last = 0;
    const draw = (_drawn: number, client: LockstepClient<unknown, unknown>): void => {
      const [now, before] = [client.state, client.previousState] as { readonly ticks: number }[];
      if (last > 0) steps.add(client.confirmedTick - last);
      if (last > 0 && client.confirmedTick > last) apart.add(now!.ticks - before!.ticks);
      last = client.confirmedTick;
    };
    watch(10_000, { delayMs: 20, jitterMs: 30 }, draw, (now) => now % 2000 > 1700);
    expect(Math.max(...steps), "they did").toBeGreaterThan(1);
    expect([...apart]).toEqual([1]);
  });

  it.each([
    [0, 0],
    [50, 30],
    [80, 90],
  ])("with a delay of %i ms and %i ms of jitter is drawn evenly", (delayMs, jitterMs) => {
    const drawn: number[] = [];
    watch(20_000, { delayMs, jitterMs }, (position) => drawn.push(position));
    const late = drawn.slice(500);
    const steps = late.slice(1).map((position, i) => position - late[i]!);
    const even = DRAW_MS / TICK_MS;
    expect(Math.min(...steps), "never backwards").toBeGreaterThanOrEqual(0);
    const uneven = steps.filter((step) => Math.abs(step - even) > even / 2);
    expect(uneven.length / steps.length).toBeLessThan(0.02);
  });
});
