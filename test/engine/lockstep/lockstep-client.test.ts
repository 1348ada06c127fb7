/** The client runtime at a table in memory: it shows the own input at once and guesses the rest (R8, R10). */
import { describe, expect, it } from "vitest";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { RecordingPeer } from "../../kit/memory/recording-peer.ts";
import { packInMemory, Table } from "../../kit/memory/table.ts";
import { busy, countUp, expectOneWorld, TICK_RATE, type WalkScript, walk, walkTable } from "../../kit/walk.ts";

const WINDOW = TICK_RATE;

describe("prediction", () => {
  it.each([
    [0, 0],
    [150, 0],
    [200, 0],
    [400, 4],
  ])("with a one-way delay of %i ms shows the own input after %i ticks, and inputs arrive in time", (ms, delay) => {
    const table = walkTable({ script: busy, network: { delayMs: ms } });
    const [me] = [table.add(), table.add()];
    table.runTo(200);
    const { counts } = table.match.intake;
    const [acceptedAtFirst, lateAtFirst] = [counts.accepted, counts["input/late-moved"]];
    const leads: number[] = [];
    for (let tick = 201; tick <= 400; tick++) {
      table.runTo(tick);
      leads.push(me.client.predictedTick - me.client.confirmedTick);
    }
    // What is drawn is ahead of what is confirmed by the way there and back but for the input delay, and by no more
    // than two ticks beyond it.
    const lead = (2 * ms * TICK_RATE) / 1000 - delay;
    expect(me.client.inputDelay, "only what prediction does not hide well is paid for by delay").toBe(delay);
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(lead - 1);
    expect(Math.max(...leads)).toBeLessThanOrEqual(Math.min(WINDOW, lead + 2));
    // The first inputs of a joiner are late by nature: they are for ticks that closed while its snapshot travelled.
    expect(counts["input/late-moved"] - lateAtFirst).toBe(0);
    expect(counts.accepted - acceptedAtFirst).toBeGreaterThan(200);
    expect(me.client.stats.stalledMs, "nobody waits for anybody (R2)").toBe(0);
    if (ms > 0) expect(me.client.stats.mispredictions, "the other one cannot be guessed").toBeGreaterThan(50);
    expectOneWorld(table);
  });

  it("guesses that others go on wanting what they wanted: who holds an input is never mispredicted", () => {
    const table = walkTable({ script: () => ({ dx: 1 }), network: { delayMs: 100 } });
    const me = table.add();
    table.add();
    table.runTo(60);
    const before = me.client.stats.mispredictions;
    table.runTo(400);
    expect(me.client.stats.mispredictions).toBe(before);
    expect(me.client.state.at.get(1)).toBeGreaterThan(300);
    expectOneWorld(table);
  });

  it("never samples while it resimulates: once for each tick, in order, as often as the world moved on (R10)", () => {
    const sampled: number[] = [];
    const script: WalkScript = (state, seat, tick, ...rest) => {
      if (seat === 0) sampled.push(tick);
      return busy(state, seat, tick, ...rest);
    };
    const table = walkTable({ script, network: { delayMs: 150 }, inputDelay: 0 });
    const me = table.add();
    table.add();
    table.runTo(400);
    expect(me.client.stats.resimulatedTicks, "it did resimulate").toBeGreaterThan(400);
    expect(sampled).toEqual(Array.from({ length: sampled.length }, (_, i) => sampled[0]! + i));
    expect(sampled.at(-1)).toBe(me.client.predictedTick - 1);
  });

  it("samples each tick's input once, also when the input delay grows or shrinks under way (R10)", () => {
    for (const [before, after] of [
      [20, 400],
      [400, 20],
    ] as const) {
      const table = new Table({
        game: walk,
        seed: 1,
        script: () => ({ dx: 1 }),
        network: () => ({ delayMs: before, jitterMs: 0 }),
        drawMs: 10,
      });
      const [me] = [table.add(), table.add()];
      const asked: number[] = [];
      const { line } = me.client;
      const say = line.input.bind(line);
      line.input = (tick, ...more) => {
        asked.push(tick);
        say(tick, ...more);
      };
      const delays = new Set<number>();
      table.runTo(100);
      for (const player of table.players) player.changeNetwork({ delayMs: after, jitterMs: 0 });
      for (let tick = 101; tick < 1300; tick++) {
        table.runTo(tick);
        delays.add(me.client.inputDelay);
      }
      expect([Math.min(...delays), Math.max(...delays)], "it changed").toEqual([0, 4]);
      expect(asked).toEqual([...new Set(asked)].sort((a, b) => a - b));
    }
  });

  it("sends a held input as a heartbeat only, four times a second, and one that changes at once (R10)", () => {
    const script: WalkScript = (_state, _seat, tick) => ({ dx: tick === 205 ? -1 : 1 });
    const table = walkTable({ script, network: { delayMs: 50 } });
    const count = countUp(table);
    table.add();
    const place = (tick: number): number => {
      table.runTo(tick);
      return table.match.world.state.at.get(0)!;
    };
    table.runTo(100);
    const before = count(Up.input);
    const at200 = place(200);
    const heartbeats = (4 * 100) / TICK_RATE;
    expect(Math.abs(count(Up.input) - before - heartbeats), "messages more or less than that").toBeLessThanOrEqual(1);
    expect(place(205) - at200).toBe(5);
    expect(place(206) - at200, "one step back, for one tick").toBe(4);
    expect(place(220) - at200).toBe(18);
    expectOneWorld(table);
  });

  it("asks for an input as many ticks ahead as the input delay says, and is in time without running ahead", () => {
    const inputDelay = 4;
    const server = matchInMemory(walk, { seed: 1, bots: 0, pack: packInMemory });
    const client = new LockstepClient(walk, { sample: () => ({ dx: 1 }), inputDelay });
    const peer = new RecordingPeer("me");
    server.takeSeat({ kind: "player", id: "me", name: "me" });
    server.sessions.admit(peer, { plane: "lockstep" });
    // A network without delay, so that what is in between is the input delay alone.
    for (let now = 0; now < 3000; now += 10) {
      if (now % 50 === 40) server.closeTick();
      for (const packet of peer.packets.splice(0)) client.receive(packet[0]!, packet.subarray(1), now);
      client.advance(now);
      for (const { type, bytes } of client.takeOutbox())
        server.sessions.receive(peer, type, bytes, { now, phase: ((now + 10) % 50) / 50 });
    }
    expect(server.intake.counts).toMatchObject({ "input/late-moved": 0, "input/too-early": 0 });
    expect(server.world.state.at.get(0), "every tick, those before the delay included").toBe(server.world.tick);
    expect(client.predictedTick - client.confirmedTick).toBeLessThanOrEqual(1);
    expect(client.confirmed.hash()).toBe(server.world.hash());
  });
});

it("before anything has come, advancing only asks for the world and for the time", () => {
  const client = new LockstepClient(walk, { sample: () => ({ dx: 1 }) });
  for (let now = 0; now < 1000; now += 10) client.advance(now);
  expect(client.takeOutbox().map(({ type }) => type)).toEqual([Up.ready, Up.ping, Up.ping]);
  expect(client.takeOutbox()).toEqual([]);
  expect([client.isSynced, client.seat, client.confirmedTick]).toEqual([false, undefined, 0]);
});

it("a wish for input delay beyond half a second, or for part of a tick, is refused with its range", () => {
  const client = new LockstepClient(walk, { sample: () => ({ dx: 1 }) });
  for (const ticks of [-1, 0.5, 11, Number.NaN]) {
    expect(() => {
      client.inputDelayWish = ticks;
    }).toThrow(`inputDelayWish: ${ticks} is no whole number of ticks from 0 to 10`);
  }
  client.inputDelayWish = 10;
  expect([client.inputDelayWish, client.inputDelay]).toEqual([10, 10]);
});
