/** The size of commands: what can never be one is refused at definition, and what is too long when it is given, by whomever. */
import { expect, it } from "vitest";
import { bytesOf, leastBytes, mostBytes } from "../../../shared/engine/codec/command-size.ts";
import { BotTurn } from "../../../shared/engine/game/bot-turn.ts";
import { defineGame } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { atMost, schema, t } from "../../../shared/engine/index.ts";
import type { FieldType } from "../../../shared/engine/layout/layout.ts";
import { readLayout } from "../../../shared/engine/layout/layout.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { ledger } from "../../kit/games/ledger-game.ts";
import { randomCommand } from "../../kit/random-command.ts";

const FILE = "test/engine/codec/command-size.test.ts";
const State = schema({ x: t.int8() }, "SizeState");
const Floats = schema(
  Object.fromEntries(Array.from({ length: 63 }, (_, i) => [`f${i}`, t.float64()])) as {
    f0: ReturnType<typeof t.float64>;
  },
  "SizeFloats",
);
const Say = schema({ text: atMost(1024, t.string()), more: atMost(1024, t.string()) }, "SizeSay");

// biome-ignore lint/suspicious/noExplicitAny: a schema of any fields
const gameOf = (fields: any) =>
  defineGame({
    ...{ name: "size", tickRate: 20, seats: { min: 1, max: 2 }, state: State },
    commands: { say: { fields, apply() {} } },
    setup: () => ({ x: 0 }),
    step() {},
  }) as AnyGame;

const typeOf = (fields: never): FieldType => ({ kind: "record", record: readLayout(fields, "size") });

it("is refused at definition where not even the shortest one is short enough", () => {
  const TooMany = schema(
    { a: t.ref(Floats), b: t.ref(Floats), c: t.ref(Floats), d: t.ref(Floats), e: t.ref(Floats) },
    "SizeTooMany",
  );
  expect(() => gameOf(TooMany)).toThrow(
    "size.commands.say: even with empty texts and arrays it is 2521 bytes long, and a command may have 2048; declare fewer or narrower fields",
  );
  const Fits = schema({ a: t.ref(Floats), b: t.ref(Floats), c: t.ref(Floats), d: t.ref(Floats) }, "SizeFits");
  expect(leastBytes(typeOf(Fits as never))).toBe(2017);
  expect(() => gameOf(Fits)).not.toThrow();
});

it("is refused when it is given, with its bytes, where its declaration allows more than 2 KB", () => {
  const game = gameOf(Say);
  expect([leastBytes(typeOf(Say as never)), mostBytes(typeOf(Say as never))]).toEqual([4, 4100]);
  const { give, given } = new BotTurn(game, new WorldRandom(1));
  give("say", { text: "x".repeat(1000), more: "y" });
  expect(() => give("say", { text: "x".repeat(1000), more: "y".repeat(100) })).toThrow(
    "size.commands.say: is 2204 bytes long, and may have 2048; give less at once",
  );
  expect(given.length).toBe(1);
});

it("lies between the least and the most that a declaration allows", () =>
  everySeed(FILE, (random) => {
    const { kind, fields } = randomCommand(ledger as AnyGame, random)!;
    const rules = Object.values((ledger as AnyGame).commands!)[kind]! as { fields?: unknown };
    if (rules.fields === undefined) return;
    const type = typeOf(rules.fields as never);
    const bytes = bytesOf(type, fields);
    expect(bytes).toBeGreaterThanOrEqual(leastBytes(type));
    expect(bytes).toBeLessThanOrEqual(mostBytes(type));
  }));
