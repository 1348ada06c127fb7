/** The codec of commands: each comes back as it was given, sorted ids are cheap, and no bytes and no object make it throw. */
import { describe, expect, it } from "vitest";
import { BitReader, BitWriter } from "../../../shared/engine/bytes/bits.ts";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { type CommandCodec, commandCodecOf } from "../../../shared/engine/codec/command-codec.ts";
import { defineGame } from "../../../shared/engine/game/define-game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { atMost, schema, t } from "../../../shared/engine/index.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { randomCommand } from "../../kit/random-command.ts";

const FILE = "test/engine/codec/command-codec.test.ts";

const Point = schema({ x: t.int32(), y: t.float64(), isFar: t.boolean() }, "Point");
const Rich = schema(
  {
    small: t.int8(),
    wide: t.uint32(),
    ratio: t.float64(),
    flag: t.boolean(),
    note: atMost(40, t.string()),
    at: t.ref(Point),
    path: atMost(30, t.array(Point)),
    units: atMost(300, t.array("uint16")),
    deltas: atMost(20, t.array("int32")),
    wides: atMost(20, t.array("uint32")),
    ratios: atMost(7, t.array("float64")),
    flags: atMost(9, t.array("boolean")),
  },
  "Rich",
);
const State = schema({ x: t.int8() }, "RichState");
const rich = defineGame({
  name: "rich",
  tickRate: 20,
  seats: { min: 1, max: 2 },
  state: State,
  commands: { rich: { fields: Rich, apply() {} } },
  setup: () => ({ x: 0 }),
  step() {},
});
const codec = commandCodecOf(Rich, "rich.commands.rich") as CommandCodec<unknown>;

function bytesOf(value: unknown, of: CommandCodec<unknown> = codec): Uint8Array {
  const out = new ByteWriter();
  const bits = new BitWriter(out);
  of.write(value, bits);
  bits.flush();
  return out.view().slice();
}

function read(bytes: Uint8Array): { value: unknown; isWhole: boolean } {
  const reader = new ByteReader(bytes);
  const bits = new BitReader(reader);
  const value = codec.read(bits);
  bits.align();
  return { value, isWhole: !reader.failed && reader.remaining === 0 };
}

const ids = (...units: number[]) => {
  const fields = schema({ units: atMost(400, t.array("uint16")) }, "Ids");
  return bytesOf({ units }, commandCodecOf(fields, "ids") as CommandCodec<unknown>).length;
};

describe("a command", () => {
  it("comes back as it was given, whatever is in it", () =>
    everySeed(FILE, (random) => {
      const { fields } = randomCommand(rich, random)!;
      codec.settle(fields);
      const { value, isWhole } = read(bytesOf(fields));
      expect(isWhole).toBe(true);
      expect(value).toEqual(fields);
      expect(codec.parse(fields)).toEqual({ ok: true, value: fields });
    }));

  it("has one string of bytes: what can be read at all is what would have been written", () =>
    everySeed(FILE, (random) => {
      const bytes = bytesOf(randomCommand(rich, random)!.fields);
      const changed = bytes.slice(0, random.chance(0.3) ? random.int(0, bytes.length) : bytes.length);
      if (changed.length > 0) changed[random.int(0, changed.length - 1)]! ^= 1 << random.int(0, 7);
      const { value, isWhole } = read(changed);
      if (isWhole) expect(bytesOf(value)).toEqual(changed);
    }));

  it("reads any bytes without throwing, and without making more than they can hold", () =>
    everySeed(FILE, (random) => {
      const bytes = Uint8Array.from({ length: random.int(0, 60) }, () => random.int(0, 255));
      const { value, isWhole } = read(bytes);
      if (isWhole) expect(bytesOf(value)).toEqual(bytes);
    }));

  it("costs a byte for each of 300 ids of 2,000 units that are sorted, and less where they are neighbours", () => {
    const random = new WorldRandom(5);
    const some = new Set<number>();
    while (some.size < 300) some.add(random.int(0, 1999));
    const sorted = [...some].sort((a, b) => a - b);
    expect(ids(...sorted)).toBeLessThanOrEqual(300);
    expect(ids(...Array.from({ length: 300 }, (_, i) => i + 900))).toBeLessThan(160);
    expect(ids(), "nothing chosen").toBe(2);
    expect(ids(65535, 0, 65535), "not sorted: dearer, and right").toBeLessThan(12);
  });
});

describe("a declaration", () => {
  const of = (fields: Parameters<typeof schema>[0]) => () => commandCodecOf(schema(fields, "Bad"), "bad.commands.go");

  it("needs a greatest length for whatever can be long, and is refused with its path", () => {
    expect(of({ units: t.array("uint16") })).toThrow(
      /^bad\.commands\.go\.units: has no greatest length; write atMost\(300/,
    );
    expect(of({ note: t.string() })).toThrow(/^bad\.commands\.go\.note: has no greatest length; write atMost\(40/);
    expect(of({ inner: t.ref(schema({ note: t.string() }, "Inner")) })).toThrow(/^bad\.commands\.go\.inner\.note: /);
    expect(of({ list: atMost(3, t.array(schema({ note: t.string() }, "Inner"))) })).toThrow(/go\.list\[\]\.note: /);
    expect(of({ texts: atMost(3, t.array("string")) })).toThrow(/go\.texts\[\]: a text in an array/);
    expect(of({ all: t.map("uint8") })).toThrow(/go\.all: a command has no maps/);
    expect(() => atMost(0, t.string())).toThrow(/^atMost: 0 must be a whole number from 1 to 1024/);
    expect(() => atMost(3, t.uint8())).toThrow(/^atMost: takes t\.array/);
    expect(() => (atMost as (...them: unknown[]) => unknown)(t.string(), 3)).toThrow(
      /^atMost: takes the length first: atMost\(300, /,
    );
  });
});

describe("a press, with which nothing comes", () => {
  const press = commandCodecOf<object>(undefined, "game.commands.press");

  it("is given with no fields, and says so when there are some", () => {
    press.settle({});
    for (const fields of [{ x: 1 }, 5, null])
      expect(() => press.settle(fields as never)).toThrow(
        "game.commands.press: nothing comes with it; give it by its name alone, or declare its fields",
      );
  });
});

describe("what a stranger gives", () => {
  const { value } = read(bytesOf(randomCommand(rich, new WorldRandom(1))!.fields));
  const good = value as Record<string, unknown>;
  it.each<[string, unknown, string]>([
    ["nothing", undefined, "undefined is not a command object"],
    ["a number", 5, "5 is not a command object"],
    ["an array", [], "the command is not a plain object"],
    ["another field", { ...good, cheat: 1 }, '"cheat": is not a field of this command'],
    ["no field", { ...good, note: undefined }, "note: is missing"],
    ["a record that is none", { ...good, at: 3 }, "at: 3 is not an object"],
    [
      "too much of a record",
      { ...good, at: { x: 1, y: 1, isFar: true, z: 1 } },
      'at."z": is not a field of this command',
    ],
    ["a list that is none", { ...good, units: "all" }, 'units: "all" is not an array'],
    ["a list that is too long", { ...good, units: Array(301).fill(1) }, "units: has 301 items, and may have 300"],
    [
      "an item that does not fit",
      { ...good, units: [1, 70000] },
      "units[1]: 70000 does not fit t.uint16() (0 to 65535)",
    ],
    ["a text that is too long", { ...good, note: "x".repeat(41) }, "note: is 41 characters long, and may have 40"],
    ["NaN", { ...good, ratio: Number.NaN }, "ratio: NaN is not a value"],
  ])("is refused by name: %s", (_what, given, told) => {
    const parsed = codec.parse(given);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? "" : parsed.error).toContain(told.slice(0, 90));
  });
});
