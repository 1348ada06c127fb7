/** Faults of ours: all counted, told with the file they come from, and not more often than anybody can read. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Faults, moduleOf } from "../../../server/base/faults.ts";
import { log } from "../../../server/base/log.ts";
import { Readiness } from "../../../server/base/readiness.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { walk } from "../../kit/walk.ts";

const said: [fields: Record<string, unknown>, sentence: string][] = [];
beforeEach(() => {
  said.length = 0;
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.spyOn(log, "error").mockImplementation((...line: unknown[]) => void said.push(line as (typeof said)[number]));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("are counted each, and told once a second for each thing that they cost", () => {
  const readiness = new Readiness();
  const faults = new Faults(readiness);
  for (let i = 0; i < 100; i++) faults.contain(new Error("oh"), "a message is lost", { room: "r" });
  faults.contain("no error at all", "a line is lost", { room: "r" });
  expect(readiness.faults).toBe(101);
  expect(said.map(([, sentence]) => sentence)).toEqual([
    "a fault of the server: a message is lost",
    "a fault of the server: a line is lost",
  ]);
  expect(said[1]![0]).toMatchObject({ room: "r", faults: 101, err: { message: "thrown: no error at all" } });
  vi.advanceTimersByTime(1000);
  faults.contain(new Error("oh"), "a message is lost", {});
  expect(said.length, "a second later").toBe(3);
  for (let i = 0; i < 3; i++) faults.end(new Error("oh"), "a room ends", {});
  expect(said.length, "every end").toBe(6);
});

it("name the innermost file of ours, and none where there is none", () => {
  const thrownBy = (act: () => void): Error => {
    try {
      act();
    } catch (error) {
      return error as Error;
    }
    throw new Error("nothing was thrown");
  };
  const world = new Simulation(walk, 1);
  const error = thrownBy(() => world.step({ tick: 5, leaves: [], joins: [], inputs: [], commands: [] }));
  expect(moduleOf(error)).toMatch(/^shared\/engine\/game\/assert\.ts:\d+$/);
  const stack = "Error: oh\n    at f (/somewhere/else/server/a.ts:1:1)\n    at node:internal/timers:5:1";
  expect(moduleOf(Object.assign(new Error("oh"), { stack }))).toBeUndefined();
});
