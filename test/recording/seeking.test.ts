/** Seeking in a recording of a game whose steps are dear: there are more keyframes in it, and who plays it steps no world again and again. */
import { describe, expect, it } from "vitest";
import { warmUp } from "../../client/replay/warm-up.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { tag } from "../../shared/games/tag.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { type Waypoint, Waypoints } from "../../shared/recording/waypoints.ts";
import { MemoryRecording, opened } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";

const BLOCK = 30 * tag.tickRate;
/** Milliseconds that a replayer steps from one waypoint to the next. */
const WAYPOINT_MS = 8;
const { recording: memory, hashes } = recordMatch(tag, 7, 2 * BLOCK);
const file = memory.end();

/** A match whose steps take as long, by the clock of who plays it. */
function recordedAt(stepMs: (tick: number) => number): readonly number[] {
  const dear = new MemoryRecording(tag);
  recordMatch(tag, 7, 2 * BLOCK, dear, (tick) => dear.recorder.stepped(stepMs(tick)));
  const recording = opened(dear.end());
  expect(verify(tag, recording)).toMatchObject({ divergence: undefined, fault: undefined, ticks: 2 * BLOCK });
  return recording.blocks.map(({ frames }) => frames);
}

describe("a block", () => {
  it("is half a minute long where steps are cheap", () => {
    expect(recordedAt(() => 0.01)).toEqual([BLOCK, BLOCK]);
  });

  it("ends where its steps have taken ten milliseconds", () => {
    const frames = recordedAt((tick) => (tick < BLOCK ? 0.01 : 0.1));
    expect(frames[0]).toBe(BLOCK);
    expect(frames.length).toBeGreaterThan(5);
    for (const each of frames.slice(1, -1)) expect(Math.abs(each - 100)).toBeLessThanOrEqual(1);
  });

  it("is a second long at least", () => {
    const frames = recordedAt(() => 50);
    expect(new Set(frames.slice(0, -1))).toEqual(new Set([tag.tickRate]));
  });
});

it("a large world is not written more often than its size allows, however dear its steps are", () => {
  const dear = new MemoryRecording(tag);
  const stamped = (tick: number, bytes: number): Uint8Array =>
    Uint8Array.from([tick & 0x7f, ...new Uint8Array(bytes).fill(1)]);
  dear.recorder.append("keyframe", stamped(0, 50_000));
  let tick = 0;
  while (!dear.recorder.wantsBeginning) {
    dear.recorder.append("frame", stamped(tick++, 1));
    dear.recorder.stepped(50);
  }
  expect(tick).toBe(5 * tag.tickRate);
});

/** A replayer at whose machine each step takes a millisecond, and how many it has made. */
function replaying(from = Number.POSITIVE_INFINITY) {
  const made = { steps: 0 };
  let now = 0;
  const game = {
    ...tag,
    step: (state, context) => {
      made.steps++;
      now += 1;
      tag.step(state as never, context as never);
      const [runner] = (state as { runners: Map<number, { x: number }> }).runners.values();
      if (context.tick >= from && runner !== undefined) runner.x += 1;
    },
  } as AnyGame;
  const replayer = Replayer.open(game, opened(file), () => now) as Replayer<unknown, unknown>;
  const stepsTo = (tick: number): number => {
    const before = made.steps;
    expect(replayer.seek(tick)).toBeUndefined();
    expect(replayer.tick).toBe(tick);
    return made.steps - before;
  };
  return { replayer, stepsTo };
}

describe("a replayer", () => {
  it("steps a tick back, and to any place it has come by, from a world it has kept", () => {
    const { replayer, stepsTo } = replaying();
    expect(stepsTo(BLOCK - 1)).toBe(BLOCK - 1);
    const random = new WorldRandom(1);
    const places = Array.from({ length: 200 }, () => random.int(0, BLOCK - 1));
    for (const tick of [BLOCK - 2, BLOCK - 3, 0, BLOCK - 1, ...places]) {
      expect(stepsTo(tick), `to tick ${tick}`).toBeLessThanOrEqual(WAYPOINT_MS);
      expect([replayer.hash, replayer.isTrue]).toEqual([hashes[tick], true]);
    }
    // On from there everything is compared as ever.
    const { digests } = replayer.compared;
    stepsTo(2 * BLOCK);
    expect(replayer.hash).toBe(hashes[2 * BLOCK]);
    expect(replayer.compared.digests).toBeGreaterThan(digests + 100);
    expect(replayer.isTrue).toBe(true);
  });

  it("remembers of a world that it kept whether it is the one that was played", () => {
    const { replayer, stepsTo } = replaying(100);
    const isTrueAt = (tick: number): boolean => {
      stepsTo(tick);
      return replayer.isTrue;
    };
    expect(isTrueAt(300)).toBe(false);
    expect(isTrueAt(250)).toBe(false);
    expect(isTrueAt(100)).toBe(true);
    expect(isTrueAt(251)).toBe(false);
  });

  it("has the roster of wherever it goes", () => {
    const { replayer, stepsTo } = replaying();
    const names = (tick: number): string[] => {
      stepsTo(tick);
      return replayer.roster.map(({ name }) => name);
    };
    const tenth = (2 * BLOCK) / 10;
    expect(names(tenth + 100)).toContain("Ada");
    expect(names(tenth - 100)).not.toContain("Ada");
    expect(names(tenth + 50)).toContain("Ada");
  });
});

describe("waypoints", () => {
  const at = (tick: number): Waypoint => ({ tick, snapshot: new Uint8Array(), offset: 0, isTrue: true });

  it("are as many as may be kept: the oldest one goes", () => {
    const waypoints = new Waypoints();
    for (let tick = 1; tick <= 1000; tick++) waypoints.keep(at(tick));
    expect(waypoints.lastOf(1, 872)).toBeUndefined();
    expect(waypoints.lastOf(1, 873)?.tick).toBe(873);
    expect(waypoints.lastOf(900, 950)?.tick).toBe(950);
  });
});

it("a warm-up steps the dearest block, leaves what is shown alone, and ends by itself", () => {
  const dear = new MemoryRecording(tag);
  recordMatch(tag, 7, 2 * BLOCK, dear, (tick) => dear.recorder.stepped(tick > 700 && tick < 800 ? 1 : 0.001));
  const recording = opened(dear.end());
  const stepped: number[] = [];
  const game = {
    ...tag,
    step: (state, context) => {
      stepped.push(context.tick);
      tag.step(state as never, context as never);
    },
  } as AnyGame;
  expect([...warmUp(game, recording)].length).toBe(200);
  const dearest = recording.blocks.filter(({ frames }) => frames === tag.tickRate).map(({ tick }) => tick);
  expect(dearest).toContain(stepped[0]);
  expect(stepped).toEqual(Array.from({ length: 200 }, (_, i) => stepped[0]! + i));
});
