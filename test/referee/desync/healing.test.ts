/** A client whose world differs: asked, compared, reported with the culprit's name, and mended by what differs (R7, R13). */
import { beforeEach, describe, expect, it } from "vitest";
import { applyDelta } from "../../../shared/engine/bytes/byte-delta.ts";
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { clocked } from "../../kit/games/broken-games.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { forgetMatches } from "../../kit/memory/played-matches.ts";
import { snapshotIn } from "../../kit/memory/recording-peer.ts";
import { SickClient } from "../../kit/parts/sick-client.ts";

const RATE = 20;
const TICK = 55;
const game = mixedGame(4, RATE);

const open = () => new SickClient(game);
let client: ReturnType<typeof open>;
beforeEach(() => {
  client = open();
  client.play(60);
  client.told();
});

const sickWorld = () => client.damaged(TICK, ({ bodies }) => (bodies.get(1)!.x += 7));
const truth = (): number => client.match.hashes.trail.hashAt(TICK)!;
const healing = () => client.match.sessions.healing.counts;
const count = (answer: string): number => new Map<string, number>(client.match.sessions.answers).get(answer) ?? 0;

/** Complains and shows; what is told after that. */
function treat(again: (sick: number) => number | undefined) {
  const sick = sickWorld();
  expect(client.complain(TICK, sick.hash())).toBe("hash");
  expect(client.told()).toEqual([{ kind: "ask", tick: TICK }]);
  expect(client.show(TICK, again(sick.hash()), sick.snapshot())).toBe("state");
  return { sick, told: client.told() };
}

describe("a client that differs", () => {
  it("is healed by what differs: a few bytes that make its world the referee's, with the hash it must have", () => {
    const { sick, told } = treat(() => truth());
    const [heal] = told;
    expect(told).toMatchObject([{ kind: "heal", tick: TICK, hash: truth() }]);
    if (heal?.kind !== "heal") throw new Error("not healed");
    expect(heal.delta.length).toBeLessThan(24);
    const mended = applyDelta(sick.snapshot(), heal.delta, 100_000)!;
    expect(hashBytes(mended)).toBe(truth());
    expect(mended).toEqual(client.match.keyframes.worldAt(TICK)!.snapshot());
    expect(healing()).toEqual({ byDifference: 1, whole: 0 });
  });

  it("is reported with the field by its path and both values, and with all that is needed to run it again", () => {
    const before = client.match.keyframes.worldAt(TICK)!.state.bodies.get(1)!.x;
    const { sick } = treat(() => truth());
    const [report] = client.reports;
    expect(report).toMatchObject({
      game: "mixed",
      protocol: PROTOCOL_VERSION,
      tick: TICK,
      culprit: "memory",
      client: { id: "sick", seat: 0 },
      engines: { server: "Server 1", client: "Client 2" },
      differences: [{ path: "bodies[1].x", a: before, b: before + 7 }],
    });
    expect(report!.hashes.client).toBe(sick.hash().toString(16).padStart(8, "0"));
    expect(report!.hashes.server).toBe(report!.hashes.serverAgain);
    const { rerun, ...facts } = report!;
    expect(JSON.parse(JSON.stringify(facts)), "plain JSON").toEqual(facts);
    const world = new Simulation(game, 0);
    expect(world.restore(rerun.snapshot)).toBe(true);
    expect([world.tick, rerun.firstTick, rerun.frames]).toEqual([40, 40, TICK - 40]);
    expect(rerun.clientWorld).toEqual(sick.snapshot());
  });

  it.each<[string, (sick: number) => number | undefined]>([
    ["memory", () => truth()],
    ["rules", (sick) => sick],
    ["unsteady", (sick) => (sick ^ 1) >>> 0],
    ["unknown", () => undefined],
  ])("names the culprit by what its rules give when the step is made again: %s", (culprit, again) => {
    expect(treat(again).told.at(0)).toMatchObject({ kind: "heal" });
    expect(client.reports.map((report) => report.culprit)).toEqual([culprit]);
    expect(client.reports[0]!.verdict.length).toBeGreaterThan(20);
  });

  it("is healed once for all it said before it was healed, and again for what comes after", () => {
    const sick = sickWorld();
    client.complain(TICK, sick.hash());
    expect(client.complain(TICK, sick.hash()), "its world is on the way").toBe("hash/known");
    client.show(TICK, truth(), sick.snapshot());
    expect(client.trail(TICK - 2, [1, 2, 3]), "what it said before the cure came").toBe("hash/known");
    client.play(20);
    client.told();
    expect(client.trail(75, [1, 2])).toBe("hash");
    expect(client.told()).toEqual([{ kind: "ask", tick: 75 }]);
    expect(client.reports).toHaveLength(1);
  });

  it("at any seat, held seat, input or random number is told by path", () => {
    const sick = sickWorld();
    const bytes = sick.snapshot();
    bytes[1]! ^= 1;
    const claimed = hashBytes(bytes);
    client.complain(TICK, claimed);
    client.show(TICK, truth(), bytes);
    expect(client.reports[0]!.differences.map(({ path }) => path)).toEqual(["random", "bodies[1].x"]);
  });
});

describe("the whole world is given to a client", () => {
  const whole = (): void => {
    const told = client.told();
    expect(told.map(({ kind }) => kind)).toEqual(["snapshot"]);
    expect(snapshotIn(told[0]).length).toBeGreaterThan(0);
    expect(healing()).toEqual({ byDifference: 0, whole: 1 });
    client.play(5);
    expect(client.told(), "once").toEqual([]);
  };

  it("that does not answer within three seconds", () => {
    client.complain(TICK, 1);
    client.told();
    client.play(3 * RATE - 1);
    expect(client.told()).toEqual([]);
    client.play(1);
    whole();
    expect(client.show(TICK, 1, sickWorld().snapshot()), "later it is not asked any more").toBe("state/unasked");
  });

  it("that shows a world far larger than the referee's, of which not one byte is kept", () => {
    client.complain(TICK, 1);
    client.told();
    expect(client.show(TICK, undefined, new Uint8Array(50_000), { size: 50_000, body: new Uint8Array(50_000) })).toBe(
      "state/unasked",
    );
    expect(count("state/malformed"), "the first part was enough").toBe(1);
    whole();
  });

  it("that shows another world than it spoke of", () => {
    client.complain(TICK, sickWorld().hash());
    client.told();
    const other = client.damaged(TICK, (state) => (state.ticks = 4242));
    expect(client.show(TICK, truth(), other.snapshot())).toBe("state/malformed");
    whole();
    expect(client.reports).toEqual([]);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ["cut short", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["longer than it is", (bytes) => Uint8Array.of(...bytes, 0)],
    ["of noise", (bytes) => bytes.map((_byte, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24)],
    ["of one byte", () => Uint8Array.of(0)],
  ])("that shows bytes which are no world, with their true hash: %s", (_what, spoil) => {
    const bytes = spoil(sickWorld().snapshot());
    client.complain(TICK, hashBytes(bytes));
    client.told();
    expect(client.show(TICK, truth(), bytes)).toBe("state/malformed");
    whole();
  });

  it("whose bytes do not inflate to what they say", () => {
    client.complain(TICK, 1);
    client.told();
    expect(client.show(TICK, 1, new Uint8Array(0), { size: 900, body: new Uint8Array(300).fill(7) })).toBe(
      "state/malformed",
    );
    whole();
  });

  it.each([
    ["", TICK],
    [", where there is a keyframe, too", 2 * RATE],
  ])("of a referee whose own rules give another world now than then, and the report says so%s", (_where, tick) => {
    const unsteady = new SickClient(clocked());
    unsteady.play(60);
    unsteady.told();
    const sick = unsteady.damaged(tick, (state) => (state.count = 1));
    unsteady.complain(tick, sick.hash());
    unsteady.show(tick, sick.hash(), sick.snapshot());
    expect(unsteady.reports.map(({ culprit }) => culprit)).toEqual(["server"]);
    expect(unsteady.told().map(({ kind }) => kind)).toEqual(["ask", "snapshot"]);
    // Nor does its recording come out again.
    forgetMatches();
  });
});

describe("what nobody asked for changes nothing:", () => {
  it.each<[string, () => string, string]>([
    ["a world out of the blue", () => client.show(TICK, 1, sickWorld().snapshot()), "state/unasked"],
    [
      "a world of another tick",
      () => {
        client.complain(TICK, 1);
        return client.show(TICK + 1, 1, sickWorld().snapshot());
      },
      "state/unasked",
    ],
    ["a trail that does not differ", () => client.complain(TICK, truth()), "hash/unknown-tick"],
    ["a trail of ticks to come", () => client.trail(500, [1, 2, 3]), "hash/unknown-tick"],
    ["a trail of nothing", () => client.trail(TICK, []), "hash/unknown-tick"],
  ])("%s", (_what, act, answer) => {
    expect(act()).toBe(answer);
    expect(count(answer)).toBe(1);
    expect(client.told().filter(({ kind }) => kind !== "ask")).toEqual([]);
    expect([client.reports, healing()]).toEqual([[], { byDifference: 0, whole: 0 }]);
  });
});

it("a client's world is read but never stepped", () => {
  const stepped: number[] = [];
  const poisoned = defineGame({
    name: "poisoned",
    tickRate: RATE,
    seats: { min: 1, max: 2 },
    input: schema({ on: t.boolean() }, "PoisonInput"),
    state: schema({ marker: t.uint32() }, "PoisonState"),
    setup: () => ({ marker: 1 }),
    step(state) {
      stepped.push(state.marker);
      if (state.marker === 666) throw new Error("stepped what a client sent");
    },
  });
  const hostile = new SickClient(poisoned, 0);
  hostile.play(60);
  const sick = hostile.damaged(TICK, (state) => (state.marker = 666));
  hostile.complain(TICK, sick.hash());
  expect(hostile.show(TICK, undefined, sick.snapshot())).toBe("state");
  hostile.play(20);
  expect(stepped).not.toContain(666);
  expect(hostile.reports[0]!.differences).toEqual([{ path: "marker", a: 1, b: 666 }]);
});
