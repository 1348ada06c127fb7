/** R3 and R9: what becomes of an input for a tick, and what a seat wants in a tick for which nothing came. */
import { beforeEach, describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { schema, t } from "../../../shared/engine/index.ts";
import { InputIntake, type IntakeOptions, type Verdict } from "../../../shared/referee/inputs/input-intake.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/referee/inputs/input-intake.test.ts";

const codec = inputCodecOf(schema({ want: t.int32() }, "IntakeInput"));
const TICK_RATE = 20;
const SEAT = 1;

const intakeOf = (options: Partial<IntakeOptions> = {}, accepts?: (input: { want: number }) => boolean) => {
  const made = new InputIntake(codec, { seats: 3, tickRate: TICK_RATE, lateInputs: "move", ...options }, accepts);
  made.open(SEAT);
  return made;
};

let intake: InputIntake<{ want: number }>;
/** By seat, written to in every tick as those of a match's frame are. */
let frame: { want: number }[];
beforeEach(() => {
  intake = intakeOf();
  frame = Array.from({ length: 4 }, () => ({ want: -99 }));
});

const accept = (tick: number, openTick: number, want: number): Verdict => intake.accept(SEAT, tick, openTick, { want });

/** What the seat wants in a tick that is being closed. */
function collect(tick: number, seat = SEAT): number {
  intake.collect(seat, tick, frame[seat]!);
  return frame[seat]!.want;
}
const collectRun = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => collect(from + i));

describe("a missing input is filled (R3)", () => {
  it("wherever it is to be written, and again after another player has played the seat", () => {
    accept(0, 0, 7);
    expect(collect(0)).toBe(7);
    const elsewhere = { want: -99 };
    intake.collect(SEAT, 1, elsewhere);
    expect(elsewhere.want).toBe(7);
    expect(collect(2)).toBe(7);
    intake.open(SEAT);
    frame[SEAT]!.want = -1;
    accept(3, 3, 7);
    expect(collect(3)).toBe(7);
  });

  it("with the neutral one before the first input", () => {
    expect(collectRun(0, 3)).toEqual([0, 0, 0]);
    expect(intake.counts.filled).toBe(3);
  });

  it("with the last one for a second, then with the neutral one", () => {
    accept(5, 4, 7);
    expect(collectRun(4, 6)).toEqual([0, 7]);
    expect(collectRun(6, 5 + TICK_RATE)).toEqual(new Array(TICK_RATE - 1).fill(7));
    expect(intake.counts.filled).toBe(1);
    expect(collectRun(5 + TICK_RATE, 8 + TICK_RATE)).toEqual([0, 0, 0]);
    expect(intake.counts.filled).toBe(4);
  });

  it("again with the last one once an input has come again", () => {
    accept(0, 0, 7);
    collectRun(0, 40);
    accept(40, 40, 8);
    expect(collectRun(40, 42)).toEqual([8, 8]);
  });

  it("with the neutral one for a seat that is not open, and for one opened again", () => {
    accept(3, 0, 7);
    collectRun(0, 4);
    intake.close(SEAT);
    expect(collect(4)).toBe(0);
    intake.open(SEAT);
    expect(collect(5)).toBe(0);
    expect(collect(5, 2)).toBe(0);
  });
});

describe("an input for a tick that is not closed", () => {
  it("is kept until its tick, the later of two for one tick", () => {
    expect([accept(3, 0, 1), accept(5, 0, 2), accept(4, 0, 3), accept(4, 0, 4)]).toEqual(new Array(4).fill("accepted"));
    expect(collectRun(0, 7)).toEqual([0, 0, 0, 1, 4, 2, 2]);
  });

  it("is copied: what the sender does to its object afterwards changes nothing", () => {
    const input = { want: 1 };
    intake.accept(SEAT, 0, 0, input);
    input.want = 2;
    expect(collect(0)).toBe(1);
  });

  it("is early and refused more than a second ahead (R9)", () => {
    expect(accept(10 + TICK_RATE, 10, 1)).toBe("accepted");
    expect(accept(10, 10, 2)).toBe("accepted");
    expect(accept(10 + TICK_RATE + 1, 10, 3)).toBe("input/too-early");
    expect(accept(2 ** 32 - 1, 10, 3)).toBe("input/too-early");
    expect(collectRun(10, 12 + TICK_RATE)).toEqual([...new Array(TICK_RATE).fill(2), 1, 1]);
    expect(intake.counts).toMatchObject({ accepted: 2, "input/too-early": 2 });
  });

  it("of nobody, of a seat nobody took, or of a seat given up has no seat", () => {
    expect(intake.accept(undefined, 0, 0, { want: 1 })).toBe("input/no-seat");
    expect(intake.accept(0, 0, 0, { want: 1 })).toBe("input/no-seat");
    expect(intake.accept(99, 0, 0, { want: 1 })).toBe("input/no-seat");
    intake.close(SEAT);
    expect(accept(0, 0, 1)).toBe("input/no-seat");
  });
});

describe("an input for a closed tick is late (R9)", () => {
  it("and moved to the open tick", () => {
    expect(accept(3, 7, 1)).toBe("input/late-moved");
    expect(collect(7)).toBe(1);
    expect(intake.counts).toMatchObject({ accepted: 0, "input/late-moved": 1 });
  });

  it("or dropped, when the game wants that", () => {
    intake = intakeOf({ lateInputs: "drop" });
    expect(accept(3, 7, 1)).toBe("input/late-dropped");
    expect(accept(7, 7, 2)).toBe("accepted");
    expect(collectRun(7, 8)).toEqual([2]);
  });

  it("and dropped when a newer one waits for the open tick", () => {
    accept(7, 7, 2);
    expect(accept(6, 7, 1)).toBe("input/late-dropped");
    expect(collect(7)).toBe(2);
  });

  it("and of two late ones the newer one counts: a key pressed and released does not stay pressed", () => {
    expect(accept(5, 7, 1)).toBe("input/late-moved");
    expect(accept(6, 7, 0)).toBe("input/late-moved");
    expect(collect(7)).toBe(0);
    accept(5, 8, 1);
    accept(6, 8, 2);
    expect(accept(5, 8, 3), "an older one than the one that was moved").toBe("input/late-dropped");
    expect(collect(8)).toBe(2);
  });

  it("and does not undo the ones that wait for later ticks", () => {
    accept(8, 7, 2);
    accept(3, 7, 1);
    expect(collectRun(7, 9)).toEqual([1, 2]);
  });
});

describe("the game's own judgement", () => {
  it("refuses what it does not accept, and what makes it throw", () => {
    intake = intakeOf({}, ({ want }) => {
      if (want === 13) throw new Error("a predicate that fails");
      return want < 10;
    });
    expect([accept(0, 0, 9), accept(0, 0, 10), accept(0, 0, 13)]).toEqual([
      "accepted",
      "input/not-accepted",
      "input/not-accepted",
    ]);
    expect([intake.hold(SEAT, { want: 10 }), intake.hold(SEAT, { want: 13 })]).toEqual([
      "input/not-accepted",
      "input/not-accepted",
    ]);
    expect(collect(0)).toBe(9);
    expect(intake.counts).toMatchObject({ accepted: 1, "input/not-accepted": 4 });
  });
});

describe("the input of a stream client", () => {
  it("is in force from the next tick on until another one comes, however long that takes", () => {
    expect(intake.hold(SEAT, { want: 5 })).toBe("accepted");
    expect(new Set(collectRun(0, 10 * TICK_RATE))).toEqual(new Set([5]));
    intake.hold(SEAT, { want: 6 });
    expect(collectRun(200, 202)).toEqual([6, 6]);
    expect(intake.counts.filled).toBe(0);
  });

  it("needs a seat", () => {
    expect([intake.hold(undefined, { want: 5 }), intake.hold(2, { want: 5 })]).toEqual([
      "input/no-seat",
      "input/no-seat",
    ]);
  });
});

it("every input is counted as exactly one thing, and no seat hears what another one wants", () => {
  everySeed(FILE, (random) => {
    intake = intakeOf({ seats: 3, lateInputs: random.pick(["move", "drop"]) }, ({ want }) => want % 7 !== 0);
    intake.open(0);
    let said = 0;
    for (let tick = 0; tick < 80; tick++) {
      for (let i = random.int(0, 4); i > 0; i--, said++) {
        const seat = random.pick([undefined, 0, 1, 2]);
        const want = random.int(1, 900) + (seat ?? 0) * 1000;
        const aim = Math.max(0, tick + random.int(-30, 30));
        if (random.chance(0.1)) intake.hold(seat, { want });
        else intake.accept(seat, aim, tick, { want });
      }
      for (const seat of [0, 1]) {
        const want = collect(tick, seat);
        expect(want === 0 || Math.floor(want / 1000) === seat, `seat ${seat} wants ${want}`).toBe(true);
      }
      expect(collect(tick, 2)).toBe(0);
    }
    const { filled: _filled, ...verdicts } = intake.counts;
    expect(Object.values(verdicts).reduce((sum, count) => sum + count, 0)).toBe(said);
  });
});
