/** The differences of recordings: rules that are others today, and two matches that are not one, are told by tick and field. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { hashInterval } from "../../shared/engine/protocol/frame-codec.ts";
import { tag } from "../../shared/games/tag.ts";
import { type Comparison, compare } from "../../shared/recording/compare.ts";
import { cut } from "../../shared/recording/cut.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { MemoryRecording, opened } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";

const TICKS = 70 * tag.tickRate;
const BLOCK = 30 * tag.tickRate;
const one = opened(recordMatch(tag, 1, TICKS).recording.end());

/** Tag, whose rules do something else from a tick on. */
function otherwise(from: number): AnyGame {
  return {
    ...tag,
    step: (state, context) => {
      tag.step(state as never, context as never);
      const [runner] = (state as { runners: Map<number, { x: number }> }).runners.values();
      if (context.tick >= from && runner !== undefined) runner.x += 1;
    },
  } as AnyGame;
}

describe("rules that are others from a tick on", () => {
  it.each([1, 100, BLOCK - 1, BLOCK, BLOCK + 77])("are found out at tick %i, with the field", (tick) => {
    const { divergence, fault } = verify(otherwise(tick), one);
    expect(fault).toBeUndefined();
    expect(divergence!.equalTick).toBeLessThanOrEqual(tick + 1);
    expect(divergence!.equalTick).toBeGreaterThan(tick - 2 * hashInterval(tag));
    expect(divergence!.tick).toBeGreaterThan(tick);
    expect(divergence!.tick).toBeLessThanOrEqual(tick + hashInterval(tag) + 1);
    expect(divergence!.fieldsTick).toBe(Math.ceil((tick + 1) / BLOCK) * BLOCK);
    expect(divergence!.fields.map(({ path }) => path)).toContain("runners[0].x");
  });

  it("are found out where no keyframe is behind them, without a field", () => {
    const { divergence } = verify(otherwise(2 * BLOCK + 10), one);
    expect(divergence).toMatchObject({ fields: [], fieldsTick: undefined });
  });

  it("never are shown for what was recorded", () => {
    const replayer = Replayer.open(otherwise(100), one) as Replayer<unknown, unknown>;
    replayer.seek(100);
    expect(replayer.isTrue).toBe(true);
    replayer.seek(120);
    expect(replayer.isTrue).toBe(false);
    // A keyframe is what was recorded, whatever the rules are.
    replayer.seek(BLOCK);
    expect(replayer.isTrue).toBe(true);
  });
});

describe("two recordings", () => {
  it("of one match are the same, a part of it too", () => {
    const part = opened(cut(tag, one, 50, BLOCK + 50) as Uint8Array);
    expect([part.firstTick, part.endTick, part.isWhole]).toEqual([50, BLOCK + 50, true]);
    expect(verify(tag, part)).toMatchObject({ divergence: undefined, fault: undefined, ticks: BLOCK });
    expect(compare(tag, one, part)).toMatchObject({ firstTick: 50, endTick: BLOCK + 50, tick: undefined });
  });

  it("of matches that begin alike differ from the tick on at which somebody does something else", () => {
    const other = opened(recordMatch(tag, 1, TICKS / 2).recording.end());
    const found = compare(tag, one, other);
    // The visitor comes earlier in the shorter one.
    expect(found).toMatchObject({ tick: TICKS / 20 + 1 });
    expect((found as Comparison).fields.map(({ path }) => path)).toContain("runners[4]");
  });

  it("have no part that is not in them", () => {
    expect(cut(tag, one, 10, TICKS + 1)).toBe(
      `There is no part from tick 10 to ${TICKS + 1}: the recording has the ticks 0 to ${TICKS}.`,
    );
    expect(cut(tag, one, 10, 10)).toMatch(/^There is no part/);
    expect(cut(tag, one, Number.NaN, 10)).toMatch(/^There is no part/);
  });
});

describe("a part", () => {
  it("knows who sat where, and what happened in it", () => {
    const tenth = TICKS / 10;
    const part = opened(cut(tag, one, tenth + 5, 4 * tenth + 5) as Uint8Array);
    const replayer = Replayer.open(tag, part) as Replayer<unknown, unknown>;
    expect(replayer.roster.map(({ name }) => name)).toContain("Ada");
    const marks = part.blocks.flatMap((_, index) => {
      const block = part.block(index);
      return typeof block === "string" ? [] : block.marks.filter(({ what }) => what.text === "Ada");
    });
    expect(marks.map(({ what }) => what.kind)).toEqual(["drop", "return", "leave"]);
  });
});

describe("a recording that cannot be written any more", () => {
  it("ends with what is there", () => {
    const memory = new MemoryRecording(tag);
    recordMatch(tag, 9, TICKS, memory, (tick) => {
      memory.isFull = tick > BLOCK + 10;
    });
    const recording = opened(memory.end());
    expect([recording.isWhole, recording.endTick, memory.recorder.hasEnded]).toEqual([false, BLOCK, true]);
    expect(recording.fault).toBe(`Up to tick ${BLOCK} it can be played: it was not written to its end.`);
    expect(verify(tag, recording)).toMatchObject({ divergence: undefined, ticks: BLOCK });
  });
});
