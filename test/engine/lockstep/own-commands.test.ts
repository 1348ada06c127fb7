/** The local player's commands: numbered, guessed in their tick, said again after a return, and settled once (R16). */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { Outbox } from "../../../shared/engine/lockstep/outbox.ts";
import { OwnCommands } from "../../../shared/engine/lockstep/own-commands.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { UpDecoder } from "../../../shared/engine/protocol/up-decoder.ts";
import type { Command, Frame } from "../../../shared/engine/sim/frame.ts";
import { ledger } from "../../kit/games/ledger-game.ts";

const SEAT = 2;

function open(lateCommands: "move" | "drop" = "move") {
  const game = { ...ledger, lateCommands } as AnyGame;
  const line = new Outbox<unknown>(game);
  const commands = new OwnCommands(game, line);
  const decoder = new UpDecoder(line.codec);
  /** Numbers that were said since the last call. */
  const said = (): number[] =>
    line.take().flatMap(({ type, bytes }) => {
      const message = decoder.decode(type, bytes);
      expect(type).toBe(Up.command);
      return message.kind === "command" ? [message.number] : [];
    });
  const guessed = (tick: number): number[] => {
    const into: Command[] = [];
    commands.collect(tick, SEAT, into);
    return into.map(({ number }) => number);
  };
  const frame = (tick: number, ...numbers: number[]): Frame<unknown> => ({
    ...{ tick, leaves: [], joins: [], inputs: [] },
    commands: numbers.map((number) => ({ seat: SEAT, number, kind: 2, fields: {} })),
  });
  return { commands, said, guessed, frame };
}

describe("a command of the local player", () => {
  it("is said once it is known what the server has, with the next number", () => {
    const { commands, said } = open();
    commands.give("bell", {}, 5);
    expect(said(), "the server may have had higher numbers of this seat").toEqual([]);
    commands.resume(1);
    expect(said()).toEqual([1]);
    commands.resume(40);
    expect(said(), "whatever is under way").toEqual([1]);
    expect(commands.give("bell", {}, 5)).toBe(40);
    expect(said()).toEqual([40]);
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
    commands.resume(2);
    expect(said()).toEqual([1, 2]);
  });

  it("is refused here where 64 numbers are under way, without taking one", () => {
    const { commands, frame } = open();
    commands.resume(1);
    for (let i = 0; i < 64; i++) expect(commands.give("bell", {}, 5)).toBe(i + 1);
    expect(commands.give("bell", {}, 5)).toBe(-1);
    commands.confirm(frame(5, ...Array.from({ length: 63 }, (_, i) => i + 2)), SEAT);
    expect(commands.give("bell", {}, 5), "the oldest one is under way still").toBe(-2);
    commands.settle(1, { isApplied: true, tick: 5 });
    expect(commands.give("bell", {}, 5)).toBe(65);
    expect(commands.takeSettled().filter(({ number }) => number < 0)).toMatchObject([
      { outcome: { code: "command/too-many" } },
      { outcome: { code: "command/too-many" } },
    ]);
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
