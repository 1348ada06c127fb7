/** The traps tell what rules call, let everybody else through, and leave no trace when they go. */
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { whileRules } from "../../guards/traps/listener.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import { sentenceOf, throwViolation, type Violation, ViolationError } from "../../guards/traps/violation.ts";
import { watchGame } from "../../guards/traps/watch-game.ts";
import { defineGame, schema, t } from "../../shared/engine/index.ts";
import { createFrame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";

let uninstall = (): void => {};
afterEach(() => uninstall());

/** What rules that run `act` are told. */
function toldOf(act: () => unknown): string[] {
  const told: string[] = [];
  whileRules((what) => void told.push(what.split(" ", 1)[0]!), act);
  return told;
}

const CALLS: readonly [string, () => unknown][] = [
  ["Math.sin", () => Math.sin(1)],
  ["Math.hypot", () => Math.hypot(3, 4)],
  ["Math.random", () => Math.random()],
  ["Date.now", () => Date.now()],
  ["Date", () => new Date()],
  ["Date", () => Date()],
  ["performance.now", () => performance.now()],
  ["crypto.randomUUID", () => crypto.randomUUID()],
  ["crypto.getRandomValues", () => crypto.getRandomValues(new Uint8Array(1))],
  ["setTimeout", () => clearTimeout(setTimeout(() => {}, 0))],
  ["queueMicrotask", () => queueMicrotask(() => {})],
  ["Intl.Collator", () => new Intl.Collator()],
  ["localeCompare", () => "a".localeCompare("b")],
  ["toLocaleString", () => (1.5).toLocaleString()],
  ["toLocaleUpperCase", () => "a".toLocaleUpperCase()],
  ["WeakRef", () => new WeakRef({})],
  ["WeakMap", () => new WeakMap()],
  ["toString(36)", () => (0.1).toString(36)],
  ["sort", () => [2, 10].sort()],
];
const SOUND: readonly [string, () => unknown][] = [
  ["exact math", () => Math.sqrt(Math.floor(Math.PI))],
  ["whole numbers in any radix", () => (255).toString(16) + (0.5).toString() + (0.5).toFixed(3)],
  ["text sorted as text", () => ["b", "a"].sort()],
  ["a sound comparator", () => [3, 1, 2, 1].sort((a, b) => a - b)],
  ["Map, Set, JSON, patterns", () => JSON.stringify([...new Map([[1, 2]]), ...new Set("aab"), /a/.test("a")])],
];

describe("the traps", () => {
  it.each(CALLS)("tell %s", (name, call) => {
    uninstall = installTraps();
    expect(toldOf(call)[0]).toBe(name);
  });

  it.each(SOUND)("say nothing of %s", (_name, call) => {
    uninstall = installTraps();
    expect(toldOf(call)).toEqual([]);
  });

  it("tell one thing once, and nothing of what is done in order to tell", () => {
    uninstall = installTraps();
    const told: string[] = [];
    whileRules(
      (what) => {
        Date.now();
        told.push(what);
      },
      () => Math.sin(1),
    );
    expect(told).toHaveLength(1);
  });

  it("say nothing outside of rules, and everything works as ever", async () => {
    const compares: number[] = [];
    const expected = [Math.sin(1), [3, 1, 2].sort((a, b) => compares.push(0) && a - b)];
    const asked = compares.length;
    uninstall = installTraps();
    expect([Math.sin(1), [3, 1, 2].sort((a, b) => compares.push(0) && a - b)]).toEqual(expected);
    expect(compares.length, "comparators are asked as often").toBe(2 * asked);
    expect(new Date(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
    expect([new Date() instanceof Date, new Date().constructor === Date, typeof Date()]).toEqual([
      true,
      true,
      "string",
    ]);
    expect(new (class extends Date {})(5).getTime()).toBe(5);
    expect([Math.sin.name, Math.sin.length, setTimeout.name]).toEqual(["sin", 1, "setTimeout"]);
    await expect(promisify(setTimeout)(1, "later")).resolves.toBe("later");
    expect(() => toldOf(() => [].sort(3 as never)), "the language's own error").toThrow(TypeError);
  });

  it("go without a trace when the last holder lets go", () => {
    const snapshot = () => [Math.sin, Date, Date.now, Date.prototype.constructor, setTimeout, Intl.Collator, WeakMap];
    const owners = [Math, Date, Intl, globalThis, String.prototype, Number.prototype, Array.prototype];
    const keys = () => owners.map((owner) => Object.getOwnPropertyNames(owner).length);
    const [before, keysBefore] = [snapshot(), keys()];
    const first = installTraps();
    const second = installTraps();
    expect(snapshot().some((one, i) => one === before[i])).toBe(false);
    first();
    first();
    expect(snapshot()[0]).not.toBe(before[0]);
    second();
    expect(snapshot().map((one, i) => one === before[i])).toEqual(before.map(() => true));
    expect(keys()).toEqual(keysBefore);
  });

  it("leave in place what other code put there since", () => {
    const original = Math.sin;
    const leave = installTraps();
    const theirs = (x: number): number => x;
    Math.sin = theirs;
    leave();
    expect(Math.sin).toBe(theirs);
    Math.sin = original;
  });
});

describe("a watched game", () => {
  const bad = (step: (state: { angle: number }, context: { tick: number }) => void) =>
    defineGame({
      name: "bad",
      tickRate: 20,
      seats: { min: 1, max: 1 },
      input: schema({ on: t.boolean() }, "BadInput"),
      state: schema({ angle: t.float64() }, "BadState"),
      setup: () => ({ angle: 0 }),
      step,
    });

  it("throws with file and line, or reports and goes on", () => {
    uninstall = installTraps();
    const game = bad((state) => {
      state.angle = Math.cos(1);
    });
    const line = Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split("\n")[1]!)![1]) - 2;
    const watched = new Simulation(watchGame(game, throwViolation), 1);
    const cause = expect.any(ViolationError);
    expect(() => watched.step(createFrame(game))).toThrow(expect.objectContaining({ rule: "step", cause }));
    const found: Violation[] = [];
    const world = new Simulation(
      watchGame(game, (violation) => found.push(violation)),
      1,
    );
    world.step(createFrame(game));
    expect(world.state.angle).toBe(Math.cos(1));
    expect(found.map(sentenceOf)).toEqual([
      expect.stringMatching(
        new RegExp(`^test/guards/traps\\.test\\.ts:${line}:\\d+: Math\\.cos .* \\(step of bad, tick 0\\)$`),
      ),
    ]);
  });

  it("is no longer watched once its rules have thrown", () => {
    uninstall = installTraps();
    const game = bad(() => {
      throw new Error("a rule that fails");
    });
    const world = new Simulation(watchGame(game, throwViolation), 1);
    expect(() => world.step(createFrame(game))).toThrow("a rule that fails");
    expect(Math.sin(0)).toBe(0);
  });
});
