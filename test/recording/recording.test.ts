/** A recording of a match: read again, every world of it is the one that was played. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { MemoryRecording, opened } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";

const SECONDS = 70;

describe.each(games as readonly AnyGame[])("a match of $name that was recorded", (game) => {
  const ticks = SECONDS * game.tickRate;
  const { recording: memory, hashes } = recordMatch(game, 7, ticks);
  const recording = opened(memory.end());

  it("is whole, in blocks that can each be played alone", () => {
    expect({ isWhole: recording.isWhole, fault: recording.fault }).toEqual({ isWhole: true, fault: undefined });
    expect(recording.blocks.map(({ tick }) => tick)).toEqual([0, 30, 60].map((second) => second * game.tickRate));
    expect([recording.firstTick, recording.endTick]).toEqual([0, ticks]);
  });

  it("comes out the same when every frame is stepped again", () => {
    const { divergence, fault, digests, keyframes, ticks: stepped } = verify(game, recording);
    expect({ divergence, fault, stepped, keyframes }).toEqual({
      divergence: undefined,
      fault: undefined,
      stepped: ticks,
      keyframes: 2,
    });
    expect(digests).toBeGreaterThan(ticks / game.tickRate);
  });

  it("has the world of every tick, forth and back", () => {
    const replayer = Replayer.open(game, recording) as Replayer<unknown, unknown>;
    for (const tick of [0, 1, ticks, 29 * game.tickRate, 30 * game.tickRate, 31 * game.tickRate, 5, ticks - 1]) {
      expect(replayer.seek(tick)).toBeUndefined();
      expect([replayer.tick, replayer.hash]).toEqual([tick, hashes[tick]]);
    }
    expect(replayer.seek(ticks + 1)).toBe(`Tick ${ticks + 1} is not in the recording.`);
  });

  it("knows who sat where, and what happened", () => {
    const replayer = Replayer.open(game, recording) as Replayer<unknown, unknown>;
    const present = (tick: number): unknown => {
      replayer.seek(tick);
      return replayer.roster.find(({ name }) => name === "Ada");
    };
    const tenth = ticks / 10;
    expect(present(tenth - 1)).toBeUndefined();
    expect(present(tenth + 1)).toMatchObject({ kind: "player", isAway: false });
    expect(present(2 * tenth + 1)).toMatchObject({ kind: "player", isAway: true });
    expect(present(3 * tenth + 1)).toMatchObject({ kind: "player", isAway: false });
    expect(present(4 * tenth + 1)).toBeUndefined();
    const marks = recording.blocks.flatMap((_, index) => {
      const block = recording.block(index);
      return typeof block === "string" ? [] : block.marks.filter(({ what }) => what.text === "Ada");
    });
    expect(marks.map(({ tick, what }) => [tick / tenth, what.kind])).toEqual([
      [1, "join"],
      [2, "drop"],
      [3, "return"],
      [4, "leave"],
    ]);
  });
});

describe("a match whose frames are large", () => {
  const LARGE = 64 * 1024;
  const stamped = (tick: number, bytes: number): Uint8Array =>
    Uint8Array.from([tick, ...new Uint8Array(bytes).fill(1)]);

  it("has shorter blocks, so that none takes much memory", () => {
    const memory = new MemoryRecording(games[0]!);
    memory.recorder.append("keyframe", stamped(0, 10));
    let tick = 0;
    while (!memory.recorder.wantsBeginning) memory.recorder.append("frame", stamped(tick++, LARGE));
    expect(tick).toBe(16);
    memory.recorder.append("keyframe", stamped(tick, 10));
    expect(memory.recorder.wantsBeginning).toBe(false);
    memory.recorder.append("frame", stamped(tick, 1));
    const { blocks, isWhole } = opened(memory.end());
    expect([isWhole, ...blocks.map(({ frames }) => frames)]).toEqual([true, 16, 1]);
  });
});

it("a match that goes back to an earlier tick is recorded up to where it had come", () => {
  const memory = new MemoryRecording(games[0]!);
  const stamped = (tick: number): Uint8Array => Uint8Array.of(tick, 1);
  memory.recorder.append("keyframe", stamped(0));
  for (let tick = 0; tick < 5; tick++) memory.recorder.append("frame", stamped(tick));
  memory.recorder.append("keyframe", stamped(3));
  memory.recorder.append("frame", stamped(3));
  const { endTick, isWhole } = opened(memory.file);
  expect([endTick, isWhole, memory.recorder.hasEnded]).toEqual([5, true, true]);
});
