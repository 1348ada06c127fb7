/** Shapes of state that the stream plane lost, or that its wire is not made for: a stock SDK has them as the referee does. */
import { expect, it, vi } from "vitest";
import { schema, t } from "../../../shared/engine/index.ts";
import { failOnComplaints } from "../../kit/parts/complaints.ts";
import { Shapes, TICKS, type World } from "../../kit/parts/shapes.ts";
import type { AnySchema } from "../../kit/schemas.ts";

failOnComplaints();
vi.setConfig({ testTimeout: 120_000 });

const Hand = schema({ cards: t.array("uint8"), marks: t.map("boolean") }, "ShapesHand");
const Seat = schema({ hand: t.ref(Hand), hands: t.array(Hand), names: t.array("string") }, "ShapesSeat");
const Table = schema(
  { hands: t.map(Hand), seats: t.array(Seat), byKey: t.map(Seat), first: t.ref(Seat) },
  "ShapesTable",
);
const hand = (...cards: number[]) => ({ cards, marks: new Map(cards.map((card) => [card, card % 2 === 0])) });
const seat = (...cards: number[]) => ({ hand: hand(...cards), hands: [hand(1), hand(...cards)], names: ["", "帧"] });
const table = (hands: [number, number[]][], ...seats: number[][]) => ({
  hands: new Map(hands.map(([key, cards]) => [key, hand(...cards)])),
  seats: seats.map((cards) => seat(...cards)),
  byKey: new Map(seats.map((cards, i) => [9 - i, seat(...cards)])),
  first: seat(...(seats[0] ?? [])),
});

const Base = schema({ hp: t.uint8(), tags: t.array("string") }, "ShapesBase");
const Derived = schema({ reach: t.float64(), ids: t.map("uint32") }, "ShapesDerived", Base as never);
const Family = schema({ base: t.map(Base), derived: t.array(Derived), one: t.ref(Derived) }, "ShapesFamily");
const derived = (hp: number) => ({ hp, tags: ["a", `${hp}`], reach: hp / 3, ids: new Map([[hp, 2 ** 32 - 1]]) });

const Texts = schema({ title: t.string(), all: t.array("string"), byKey: t.map("string") }, "ShapesTexts");
const texts = (...all: string[]) => ({ title: all[0] ?? "", all, byKey: new Map(all.map((text, i) => [i - 2, text])) });

const Numbers = schema(
  { ratio: t.float64(), ratios: t.array("float64"), byKey: t.map("float64"), on: t.boolean() },
  "N",
);
const numbers = (...all: number[]) => ({
  ratio: all[0]!,
  ratios: all,
  byKey: new Map(all.map((x, i) => [i, x])),
  on: !all[1],
});

const Many = schema(
  Object.fromEntries(Array.from({ length: 63 }, (_, i) => [`f${i}`, t.array("int16")])),
  "ShapesMany",
);
const many = (of: number) =>
  Object.fromEntries(Array.from({ length: 63 }, (_, i) => [`f${i}`, [i, of, -i].slice(of % 3)]));

it.each([
  [
    "cards in hands, in every place a hand can be",
    Table,
    [
      table(
        [
          [0, [1, 6, 5]],
          [1, [8, 1, 4]],
        ],
        [1, 2],
        [3],
      ),
      table(
        [
          [0, [1, 6]],
          [1, [8, 1, 4]],
          [-5, []],
        ],
        [1],
        [3],
        [],
      ),
      table(
        [
          [1, [8, 1, 4]],
          [0, [0, 0, 0, 255]],
        ],
        [0],
        [2, 3],
      ),
      table([]),
    ],
  ],
  [
    "a class and one made from it",
    Family,
    [
      { base: new Map([[1, { hp: 1, tags: [] }]]), derived: [derived(1), derived(2)], one: derived(3) },
      { base: new Map([[1, { hp: 1, tags: ["", "x"] }]]), derived: [derived(4)], one: derived(5) },
    ],
  ],
  [
    "texts of every length, with NUL, and characters of every size",
    Texts,
    [
      texts("", "\0", "a\0b", "😀", "帧同步", "\uffff"),
      texts(...[31, 32, 255, 256].map((length) => "x".repeat(length)), "é".repeat(128)),
      texts("", "😀".repeat(16_384)),
      texts(),
    ],
  ],
  [
    "zeros of both signs, and numbers at the ends",
    Numbers,
    [
      numbers(0, -0, 1, -0),
      numbers(-0, 0, -0, -0),
      numbers(Number.MAX_VALUE, 5e-324, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER),
      numbers(-0, 0.1 + 0.2, -0),
    ],
  ],
  [
    "zeros that had another sign before they were another number",
    Numbers,
    [0, 0, 0, 1, -0, -0, -0, 2].map((value) => numbers(value, value)),
  ],
  ["as many fields as there may be", Many, [many(0), many(1), many(2), many(4)]],
] as const)("arrives, whoever looks on: %s", (_what, state, worlds) => {
  for (let seed = 1; seed <= 2; seed++) {
    const shapes = new Shapes(state as unknown as AnySchema, seed, worlds as readonly unknown[] as readonly World[]);
    shapes.play();
    expect(shapes.compared).toBeGreaterThan(TICKS);
  }
});
