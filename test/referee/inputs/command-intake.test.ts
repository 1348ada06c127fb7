/** The intake of commands: each number once, in order, within a budget, and a name for whatever is refused (R15, R16). */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { atMost, defineGame, schema, t } from "../../../shared/engine/index.ts";
import { encodeCommand } from "../../../shared/engine/protocol/command-wire.ts";
import type { Command } from "../../../shared/engine/sim/frame.ts";
import { CommandIntake } from "../../../shared/referee/inputs/command-intake.ts";
import { ledger } from "../../kit/games/ledger-game.ts";

const game = ledger as AnyGame;
const table = commandsOf(game);
const [POST, SELECT, BELL] = [0, 1, 2];
const SEAT = 3;

function bytesOf(kind: number, fields: unknown): Uint8Array {
  const out = new ByteWriter();
  encodeCommand(table, kind, fields, out);
  return out.view().slice();
}

const bell = bytesOf(BELL, {});

function opened(of: AnyGame = game): CommandIntake {
  const intake = new CommandIntake(of);
  intake.open(SEAT);
  return intake;
}

const Say = schema({ text: atMost(1024, t.string()), more: atMost(1024, t.string()) }, "TalkativeSay");
/** Its longest commands are longer than commands may be. */
const talkative = defineGame({
  ...{ name: "talkative", tickRate: 2, seats: { min: 1, max: 8 }, state: schema({ ticks: t.uint32() }, "Talkative") },
  commands: { say: { fields: Say, apply() {} } },
  setup: () => ({ ticks: 0 }),
  step() {},
}) as AnyGame;

/** Numbers in the frame of a tick, as "number". */
function framed(intake: CommandIntake, tick: number): number[] {
  const into: Command[] = [];
  intake.collect(SEAT, tick, into);
  for (const command of into) intake.settle(command, tick);
  return into.map(({ number }) => number);
}

describe("a command", () => {
  it("waits for its tick, and not longer", () => {
    const intake = opened();
    expect(intake.accept(SEAT, { number: 1, tick: 12, bytes: bell }, 10)).toBe("waiting");
    expect([framed(intake, 10), framed(intake, 11), framed(intake, 12), framed(intake, 13)]).toEqual([[], [], [1], []]);
    expect(intake.isIdle).toBe(true);
  });

  it("is never applied before one that its seat gave earlier", () => {
    const intake = opened();
    intake.accept(SEAT, { number: 1, tick: 14, bytes: bell }, 10);
    intake.accept(SEAT, { number: 2, tick: 11, bytes: bell }, 10);
    expect([framed(intake, 11), framed(intake, 14)]).toEqual([[], [1, 2]]);
  });

  it("that is late is moved to the open tick, or dropped where the game says so", () => {
    const late = { number: 1, tick: 5, bytes: bell };
    const intake = opened();
    expect(intake.accept(SEAT, late, 10)).toBe("waiting");
    expect(framed(intake, 10)).toEqual([1]);
    const dropping = opened({ ...game, lateCommands: "drop" });
    expect(dropping.accept(SEAT, late, 10)).toMatchObject({ code: "command/late-dropped" });
    expect(framed(dropping, 10)).toEqual([]);
  });

  it("said again is answered, and applied no second time", () => {
    const intake = opened();
    const command = { number: 1, tick: 10, bytes: bell };
    intake.accept(SEAT, command, 10);
    expect(intake.accept(SEAT, command, 10), "it waits still").toBe("waiting");
    expect(framed(intake, 10)).toEqual([1]);
    expect(intake.accept(SEAT, command, 11)).toEqual({ isApplied: true, tick: 10 });
    expect(framed(intake, 11)).toEqual([]);
  });

  it("of a number that was skipped is lost, and stays so", () => {
    const intake = opened();
    intake.accept(SEAT, { number: 3, tick: 10, bytes: bell }, 10);
    expect(intake.accept(SEAT, { number: 2, tick: 10, bytes: bell }, 10)).toMatchObject({ code: "command/lost" });
    expect(framed(intake, 10)).toEqual([3]);
  });

  it.each([
    ["for nobody's seat", { seat: undefined }, "command/no-seat"],
    ["for a seat that nobody holds", { seat: 5 }, "command/no-seat"],
    ["more than a second ahead", { tick: 31 }, "command/too-early"],
    ["without a number", { number: 0 }, "command/malformed"],
    ["with a number out of all order", { number: 5000 }, "command/malformed"],
    ["of no kind", { bytes: Uint8Array.of(9) }, "command/malformed"],
    ["cut short", { bytes: bytesOf(POST, { key: 1, amount: 1 }).subarray(0, 5) }, "command/malformed"],
    ["with a byte too much", { bytes: Uint8Array.of(...bell, 0) }, "command/malformed"],
  ])("%s is refused by name", (_what, given, code) => {
    const intake = opened();
    const { seat = SEAT, ...command } = { number: 1, tick: 10, bytes: bell, ...given } as never as {
      seat?: number;
      number: number;
      tick: number;
      bytes: Uint8Array;
    };
    const of = "seat" in (given as object) ? (given as { seat?: number }).seat : seat;
    expect(intake.accept(of, command, 10)).toMatchObject({ isApplied: false, code });
    expect(intake.counts.get(code as never)).toBe(1);
    expect(framed(intake, 31)).toEqual([]);
  });

  it("is paid from a budget of 40 at once and 20 a second, by the ticks of the match", () => {
    const intake = opened();
    let number = 1;
    const give = (tick: number) => intake.accept(SEAT, { number: number++, tick, bytes: bell }, tick);
    const taken = (tick: number, tries: number): number => {
      const { length } = Array.from({ length: tries }, () => give(tick)).filter((one) => one === "waiting");
      framed(intake, tick);
      return length;
    };
    expect(taken(0, 60)).toBe(40);
    expect(taken(0, 10)).toBe(0);
    expect(taken(10, 60), "half a second later").toBe(10);
    expect(taken(2000, 60)).toBe(40);
  });

  it("waits among 64 at most: where ticks are long, more is paid for than goes into frames", () => {
    const intake = opened(talkative);
    const fields = { text: "x".repeat(1000), more: "" };
    let most = 0;
    let waiting = 0;
    for (let tick = 0; tick < 100; tick++) {
      for (let i = 0; i < 40; i++) if (intake.submit(SEAT, "say", fields, tick) === "waiting") waiting++;
      most = Math.max(most, waiting);
      waiting -= framed(intake, tick).length;
    }
    expect(most).toBe(64);
    expect(intake.counts.get("applied"), "two a tick, all the same").toBe(200);
    expect(intake.counts.get("command/too-many")).toBe(4000 - 200 - waiting);
  });

  it("that is long leaves those behind it for the next frames, and goes by itself in any case", () => {
    const intake = opened();
    const long = bytesOf(SELECT, { units: Array.from({ length: 400 }, (_, i) => (i % 2) * 60_000), note: "" });
    expect(long.length).toBeGreaterThan(1000);
    for (let number = 1; number <= 6; number++) intake.accept(SEAT, { number, tick: 10, bytes: long }, 10);
    const frames = [10, 11, 12, 13].map((tick) => framed(intake, tick));
    expect(frames.flat()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(frames[0]!.length).toBe(Math.floor(4096 / long.length));
  });
});

describe("a stock client's command", () => {
  it("is as long as any other, and takes as much of a frame", () => {
    const intake = opened();
    const far = Array.from({ length: 400 }, (_, i) => (i % 2) * 60_000);
    for (let i = 0; i < 6; i++) intake.submit(SEAT, "select", { units: far, note: "" }, 10);
    expect(framed(intake, 10).length).toBe(Math.floor(4096 / bytesOf(SELECT, { units: far, note: "" }).length));
    expect(opened(talkative).submit(SEAT, "say", { text: "x".repeat(1024), more: "" }, 10)).toMatchObject({
      code: "command/malformed",
      reason: "the command is 2052 bytes long, and may have 2048",
    });
    expect(opened(talkative).submit(SEAT, "say", { text: "x".repeat(1000), more: "" }, 10)).toBe("waiting");
  });

  it("is numbered here, is for the open tick, and is settled under its name", () => {
    const intake = opened();
    expect(intake.submit(SEAT, "post", { key: 1, amount: 2 }, 10)).toBe("waiting");
    const into: Command[] = [];
    intake.collect(SEAT, 10, into);
    expect(into).toEqual([{ seat: SEAT, number: 1, kind: POST, fields: { key: 1, amount: 2 } }]);
    expect(intake.settle(into[0]!, 10)).toEqual({ outcome: { isApplied: true, tick: 10 }, name: "post" });
    expect(intake.nextOf(SEAT)).toBe(2);
  });

  it("is refused with what is wrong with its fields", () => {
    expect(opened().submit(SEAT, "post", { key: 1, amount: 0.5 }, 10)).toMatchObject({
      code: "command/malformed",
      reason: expect.stringContaining("amount: 0.5 is not a whole number"),
    });
    expect(opened().submit(undefined, "bell", undefined, 10)).toMatchObject({ code: "command/no-seat" });
  });
});

describe("a seat that somebody else holds", () => {
  it("goes on with later numbers, and what waited is not applied", () => {
    const intake = opened();
    intake.accept(SEAT, { number: 1, tick: 12, bytes: bell }, 10);
    intake.open(SEAT);
    expect([intake.isIdle, intake.nextOf(SEAT), framed(intake, 12)]).toEqual([true, 2, []]);
    expect(intake.accept(SEAT, { number: 1, tick: 12, bytes: bell }, 10)).toMatchObject({ code: "command/lost" });
    intake.close(SEAT);
    expect(intake.accept(SEAT, { number: 2, tick: 12, bytes: bell }, 10)).toMatchObject({ code: "command/no-seat" });
    const again = new CommandIntake(game);
    expect(again.load(intake.save(), () => false)).toBe(true);
    again.open(SEAT);
    expect(again.nextOf(SEAT), "also after the referee was thrown away").toBe(2);
  });

  it("has numbers left, whatever those before it did", () => {
    const intake = opened();
    let openTick = 10;
    const skip = (number: number) => intake.accept(SEAT, { number, tick: openTick, bytes: bell }, openTick);
    expect(skip(2 ** 32 - 1)).toMatchObject({ code: "command/malformed" });
    expect(skip(2 ** 31 + 1)).toMatchObject({ code: "command/malformed" });
    intake.load([{ seat: SEAT, next: 2 ** 31, waiting: [], outcomes: [] }], () => true);
    expect([skip(2 ** 31), skip(2 ** 31 + 1)]).toMatchObject(["waiting", { code: "command/malformed" }]);
    expect(intake.submit(SEAT, "bell", {}, openTick)).toMatchObject({ code: "command/too-many" });
    openTick = 100;
    intake.open(SEAT);
    expect([intake.nextOf(SEAT), skip(1), framed(intake, 100)]).toEqual([1, "waiting", [1]]);
  });
});
