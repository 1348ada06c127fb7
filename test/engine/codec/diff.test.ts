/** `diff` names the leaves in which two values differ, and finds a difference exactly when the bytes differ. */
import { schema, t } from "@colyseus/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { type Codec, codecOf } from "../../../shared/engine/codec/codec.ts";
import { holds } from "../../kit/holds.ts";
import { type AnyRecord, anyRecordOf, anySchema } from "../../kit/schemas.ts";

const Player = schema({ x: t.int32(), speed: t.float64() }, "Player");
const World = schema({ it: t.uint8(), spawn: Player, players: t.map(Player), walls: t.array("int8") }, "World");
const world = codecOf(World, "arena");
const fresh = () => ({
  it: 0,
  spawn: { x: 0, speed: 0 },
  players: new Map([
    [3, { x: 1, speed: 0 }],
    [4, { x: 2, speed: 0 }],
  ]),
  walls: [1, 2, 3],
});
type World = ReturnType<typeof fresh>;

const diffOf = (change: (b: World) => void, limit?: number) => {
  const b = fresh();
  change(b);
  return world.diff(fresh(), b, limit);
};

describe("diff", () => {
  it("finds nothing between equal values", () => expect(diffOf(() => {})).toEqual([]));

  it("names leaves in records, maps and arrays, in wire order", () =>
    expect(
      diffOf((b) => {
        b.walls[2] = 9;
        b.players.get(3)!.x = 5;
        b.spawn.speed = 0.5;
        b.it = 1;
      }),
    ).toEqual([
      { path: "it", a: 0, b: 1 },
      { path: "spawn.speed", a: 0, b: 0.5 },
      { path: "players[3].x", a: 1, b: 5 },
      { path: "walls[2]", a: 3, b: 9 },
    ]));

  it("tells 0 from -0", () =>
    expect(diffOf((b) => (b.spawn.speed = -0))).toEqual([{ path: "spawn.speed", a: 0, b: -0 }]));

  it("tells a missing key on either side", () => {
    expect(diffOf((b) => b.players.delete(4))).toEqual([{ path: "players[4]", a: "present", b: "absent" }]);
    expect(diffOf((b) => b.players.set(9, { x: 0, speed: 0 }))).toEqual([
      { path: "players[9]", a: "absent", b: "present" },
    ]);
  });

  it("tells another length", () =>
    expect(diffOf((b) => b.walls.shift())).toEqual([
      { path: "walls.length", a: 3, b: 2 },
      { path: "walls[0]", a: 1, b: 2 },
      { path: "walls[1]", a: 2, b: 3 },
    ]));

  it("tells another order of the same keys", () =>
    expect(diffOf((b) => (b.players = new Map([...b.players].reverse())))).toEqual([
      { path: "players.keys()[0]", a: 3, b: 4 },
    ]));

  it("stops at the limit, 20 when left out", () => {
    expect(diffOf((b) => (b.walls = [7, 7, 7]), 2).length).toBe(2);
    const many = (seed: number) => ({ ...fresh(), walls: Array.from({ length: 50 }, (_, i) => (i + seed) & 63) });
    expect(world.diff(many(0), many(1)).length).toBe(20);
  });

  it("finds something exactly when the bytes differ", () => {
    const pair = anySchema.chain((type) => {
      const codec = codecOf(type) as Codec<AnyRecord>;
      const record = anyRecordOf(codec.layout);
      return fc.tuple(record, fc.option(record)).map(([a, b]) => {
        if (b !== null) return { codec, a, b };
        const same = codec.create();
        codec.copy(a, same);
        return { codec, a, b: same };
      });
    });
    holds(
      fc.property(pair, ({ codec, a, b }) => {
        const [left, right] = [a, b].map((value) => {
          const out = new ByteWriter();
          codec.encode(value, out);
          return out.view();
        });
        expect(codec.diff(a, b).length === 0).toBe(Buffer.compare(left!, right!) === 0);
      }),
      500,
    );
  });
});
