/** The local player's commands: numbered, guessed in their tick, said again after a return, and settled once (R16). */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { Outbox } from "../../../shared/engine/lockstep/outbox.ts";
import { OwnCommands } from "../../../shared/engine/lockstep/own-commands.ts";
import { UpDecoder } from "../../../shared/engine/protocol/up-decoder.ts";
import type { Command, Frame } from "../../../shared/engine/sim/frame.ts";
import { CommandIntake } from "../../../shared/referee/inputs/command-intake.ts";
import { ledger } from "../../kit/games/ledger-game.ts";

const SEAT = 2;

/** The commands that were said since the last call. */
const messagesOf = (line: Outbox<unknown>) =>
  line.take().map(({ type, bytes }) => {
    const message = new UpDecoder(line.codec).decode(type, bytes);
    if (message.kind !== "command") throw new Error(`${message.kind} instead of a command`);
    return message;
  });

function open(lateCommands: "move" | "drop" = "move") {
  const game = { ...ledger, lateCommands } as AnyGame;
  const line = new Outbox<unknown>(game);
  const commands = new OwnCommands(game, line);
  /** Numbers that were said since the last call. */
  const said = (): number[] => messagesOf(line).map(({ number }) => number);
  const guessed = (tick: number): number[] => {
    const into: Command[] = [];
    commands.collect(tick, SEAT, into);
    return into.map(({ number }) => number);
  };
  const frame = (tick: number, ...numbers: number[]): Frame<unknown> => ({
    ...{ tick, leaves: [], joins: [], inputs: [] },
    commands: numbers.map((number) => ({ seat: SEAT, number, kind: 2, fields: {} })),
  });
  return { line, commands, said, guessed, frame };
}

describe("a command of the local player", () => {
  it("is said once it is known what the server has, beyond what another page of the player may have under way", () => {
    const { commands, said } = open();
    expect(commands.give("bell", {}, 5)).toBe(1);
    expect(said(), "the server may have had numbers of this seat").toEqual([]);
    commands.resume(30);
    expect(said()).toEqual([94]);
    commands.resume(95);
    expect(said(), "whatever is under way").toEqual([94]);
    expect(commands.give("bell", {}, 5)).toBe(2);
    expect(said()).toEqual([95]);
    commands.resume(120);
    expect(said(), "another page of the player was here").toEqual([94, 95]);
    expect(commands.give("bell", {}, 5), "the oldest one is under way").toBe(3);
    for (const number of [94, 95]) commands.settle(number, { isApplied: true, tick: 5 });
    commands.give("bell", {}, 5);
    expect(said()).toEqual([184]);
  });

  it("is said with the server's next number, where the server goes on from an older match than this client has seen", () => {
    const { commands, said } = open();
    commands.resume(1);
    for (let number = 1; number <= 500; number++) {
      commands.give("bell", {}, 5);
      if (number <= 498) commands.settle(number, { isApplied: true, tick: 5 });
    }
    expect(said().at(-1)).toBe(500);
    commands.hold();
    commands.resume(400);
    expect(said(), "499 and 500 are under way, and the server has neither").toEqual([400, 401]);
    commands.settle(400, { isApplied: true, tick: 6 });
    commands.settle(499, { isApplied: true, tick: 6 });
    expect(commands.takeSettled().at(-1)).toMatchObject({ number: 499 });
    expect(commands.count).toBe(1);
  });

  it("is never told what became of one of another page that held the seat meanwhile", () => {
    const intake = new CommandIntake(ledger as AnyGame);
    intake.open(SEAT);
    const hear = ({ line, commands }: ReturnType<typeof open>): void => {
      for (const { number, bytes } of messagesOf(line)) {
        const taken = intake.accept(SEAT, { number, tick: 4, bytes }, 4);
        if (taken !== "waiting") commands.settle(number, taken);
      }
    };
    const closeTick = (tick: number): void => {
      const into: Command[] = [];
      intake.collect(SEAT, tick, into);
      for (const command of into) intake.settle(command, tick);
    };
    const [older, newer] = [open(), open()];
    older.commands.resume(intake.nextOf(SEAT));
    older.commands.give("bell", {}, 4);
    hear(older);
    closeTick(4);
    older.commands.give("bell", {}, 5);
    older.line.take(); // Lost: the line breaks.
    // A page that is new says something before it has heard what the server has.
    newer.commands.give("post", { key: 1, amount: 1 }, 5);
    newer.commands.resume(intake.nextOf(SEAT));
    hear(newer);
    closeTick(5);
    older.commands.hold();
    older.commands.resume(intake.nextOf(SEAT));
    hear(older);
    expect(older.commands.takeSettled()).toMatchObject([
      { number: 1, outcome: { isApplied: true, tick: 4 } },
      { number: 2, outcome: { code: "command/lost" } },
    ]);
    older.commands.give("bell", {}, 6);
    hear(older);
    newer.commands.hold();
    newer.commands.resume(intake.nextOf(SEAT));
    hear(newer);
    expect(newer.commands.takeSettled()).toMatchObject([{ number: 1, outcome: { isApplied: true, tick: 5 } }]);
    expect(intake.isIdle, "the older one's second bell waits").toBe(false);
  });

  it("is guessed in its tick, or where that is closed without it, in the next one", () => {
    const { commands, guessed, frame } = open();
    commands.resume(1);
    commands.give("bell", {}, 5);
    expect([guessed(4), guessed(5), guessed(6)]).toEqual([[], [1], []]);
    commands.confirm(frame(5), SEAT);
    expect([guessed(5), guessed(6), guessed(7)]).toEqual([[], [1], []]);
    const dropping = open("drop");
    dropping.commands.resume(1);
    dropping.commands.give("bell", {}, 5);
    dropping.commands.confirm(dropping.frame(5), SEAT);
    expect(dropping.guessed(6), "a late one is dropped in this game").toEqual([]);
  });

  it("is settled by the frame that it is in, by an answer, or when the match is over: once", () => {
    const { commands, frame } = open();
    commands.resume(1);
    for (let i = 0; i < 3; i++) commands.give("bell", {}, 5);
    commands.confirm(frame(5, 1), SEAT);
    commands.confirm(frame(6, 2), SEAT + 1);
    commands.settle(2, { isApplied: true, tick: 4 });
    commands.settle(1, { isApplied: true, tick: 9 });
    commands.lose();
    commands.lose();
    expect(
      commands.takeSettled().map(({ number, outcome }) => [number, outcome.isApplied ? outcome.tick : outcome.code]),
    ).toEqual([
      [1, 5],
      [2, 4],
      [3, "command/lost"],
    ]);
    expect([commands.takeSettled(), commands.count]).toEqual([[], 0]);
  });

  it("given while the present is being fetched waits behind those that the server may not have", () => {
    const { commands, said } = open();
    commands.resume(1);
    commands.give("bell", {}, 5);
    expect(said()).toEqual([1]);
    commands.hold();
    commands.give("bell", {}, 6);
    commands.ask();
    expect(said()).toEqual([]);
    commands.resume(1);
    expect(said()).toEqual([1, 2]);
  });

  it("is refused here where 64 numbers are under way, without taking one", () => {
    const { commands, said, frame } = open();
    commands.resume(1);
    for (let i = 0; i < 65; i++) commands.give("bell", {}, 5);
    expect(said()).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
    commands.confirm(frame(5, ...Array.from({ length: 63 }, (_, i) => i + 2)), SEAT);
    expect(commands.give("bell", {}, 5), "the oldest one is under way still").toBe(66);
    commands.settle(1, { isApplied: true, tick: 5 });
    expect([commands.give("bell", {}, 5), said()]).toEqual([67, [65]]);
    expect(commands.takeSettled().filter(({ outcome }) => !outcome.isApplied)).toMatchObject([
      { number: 65, outcome: { code: "command/too-many" } },
      { number: 66, outcome: { code: "command/too-many" } },
    ]);
  });

  it("is counted among the 64 before it has a number, too", () => {
    const { commands } = open();
    for (let i = 0; i < 70; i++) commands.give("bell", {}, 5);
    expect([commands.count, commands.takeSettled().length]).toEqual([64, 6]);
  });

  it("is refused at once when it does not fit, and is a copy when it does", () => {
    const { commands, guessed } = open();
    commands.resume(1);
    expect(() => commands.give("ring", {}, 5)).toThrow('ledger.commands: there is no "ring"');
    expect(() => commands.give("post", { key: 1 }, 5)).toThrow(/ledger\.commands\.post\.amount: is missing/);
    expect(() => commands.give("select", { units: Array(401).fill(1), note: "" }, 5)).toThrow(
      /select\.units: has 401 items, and may have 400/,
    );
    const units = [1, 2];
    commands.give("select", { units, note: "" }, 5);
    units.push(3);
    const into: Command[] = [];
    commands.collect(5, SEAT, into);
    expect([guessed(5), into[0]!.fields]).toEqual([[1], { units: [1, 2], note: "" }]);
  });
});
