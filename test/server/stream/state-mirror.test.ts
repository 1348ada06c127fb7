/** The stream plane's mirror against plain data: encoded and decoded as a stock client would, it is the same world. */
import { type Decoder, Encoder, Reflection, type Schema } from "@colyseus/schema";
import { describe, expect, it } from "vitest";
import { plainRecord } from "../../../client/stream/plain-record.ts";
import { StateMirror } from "../../../server/stream/state-mirror.ts";
import { codecOf } from "../../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { games } from "../../../shared/games/index.ts";
import { Driver } from "../../contract/driver.ts";
import { anyRecord } from "../../kit/any-plain.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/server/stream/state-mirror.test.ts";

const Inner = schema({ x: t.int32(), names: t.array("string") }, "MirrorInner");
const Item = schema({ hp: t.uint8(), inner: Inner, path: t.array("int16") }, "MirrorItem");
const State = schema(
  {
    spot: Inner,
    items: t.array(Item),
    byKey: t.map(Item),
    numbers: t.array("float64"),
    scores: t.map("int16"),
    flags: t.map("boolean"),
    title: t.string(),
    isOpen: t.boolean(),
    ratio: t.float64(),
  },
  "MirrorState",
);
const everything = defineGame({
  name: "everything",
  tickRate: 20,
  seats: { min: 1, max: 1 },
  input: schema({ on: t.boolean() }, "MirrorInput"),
  state: State,
  setup: () => codecOf(State).create(),
  step() {},
});

type World = Record<string, unknown>;

/** As an SDK's, which is told the classes. */
const stockDecoder = (encoder: Encoder): Decoder => Reflection.decode(Reflection.encode(encoder));

/** A referee's mirror and a client's copy of it, with nothing of a room in between. */
class Wire {
  readonly #mirror: StateMirror<unknown, unknown>;
  readonly #live: Schema;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  readonly #game: AnyGame;

  constructor(game: AnyGame, world: World) {
    this.#game = game;
    this.#mirror = new StateMirror<unknown, unknown>(game);
    this.#live = this.#mirror.create(world as never);
    this.#encoder = new Encoder(this.#live);
    this.#decoder = stockDecoder(this.#encoder);
    this.#decoder.decode(this.#encoder.encodeAll());
    this.#encoder.discardChanges();
  }

  /** Mirrors a world and sends what differs. Returns the length of the patch in bytes. */
  send(world: World): number {
    this.#mirror.update(world as never, this.#live);
    if (!this.#encoder.hasChanges) return 0;
    const patch = this.#encoder.encode();
    this.#decoder.decode(patch);
    this.#encoder.discardChanges();
    return patch.length;
  }

  /** What the client has. */
  get received(): World {
    return plainRecord(codecOf<unknown>(this.#game.state).layout, this.#decoder.state);
  }

  /** What one who joins now is sent. */
  get full(): World {
    const joiner = stockDecoder(this.#encoder);
    joiner.decode(this.#encoder.encodeAll());
    return plainRecord(codecOf<unknown>(this.#game.state).layout, joiner.state);
  }
}

const shelf = [...games, everything].map((game) => [game.name, game as AnyGame] as const);

describe.each(shelf)("a world of %s", (_name, game) => {
  const { layout } = codecOf<unknown>(game.state);

  it("arrives whole, and as patches from any world to any other", () => {
    everySeed(
      FILE,
      (random) => {
        const first = anyRecord(layout, random);
        const wire = new Wire(game, first);
        expect(wire.received).toEqual(first);
        for (let i = 0; i < 8; i++) {
          const world = anyRecord(layout, random);
          wire.send(world);
          expect(wire.received, `patch ${i}`).toEqual(world);
        }
        expect(wire.full, "and for one who joins now").toEqual(wire.received);
      },
      { inCi: 200, onLaptop: 40 },
    );
  });

  it("that did not change makes no patch", () => {
    everySeed(
      FILE,
      (random) => {
        const world = anyRecord(layout, random);
        const wire = new Wire(game, anyRecord(layout, random));
        wire.send(world);
        expect(wire.send(structuredClone(world))).toBe(0);
        expect(wire.received).toEqual(world);
      },
      { inCi: 200, onLaptop: 40 },
    );
  });
});

describe.each(games.map((game) => [game.name, game as AnyGame] as const))("%s as it is played", (_name, game) => {
  it("arrives patch by patch, tick by tick", () => {
    everySeed(
      FILE,
      (_random, seed) => {
        const world = new Simulation<unknown, unknown>(game, seed);
        const driver = new Driver(game, seed);
        const wire = new Wire(game, world.state as World);
        let bytes = 0;
        for (let i = 0; i < 400; i++) {
          world.step(driver.next(world));
          bytes += wire.send(world.state as World);
          if (i % 10 === 0) expect(wire.received, `tick ${world.tick}`).toEqual(world.state);
        }
        expect(bytes, "something happened").toBeGreaterThan(400);
      },
      { inCi: 10, onLaptop: 2 },
    );
  });
});

describe("what a patch costs", () => {
  const item = (hp: number) => ({ hp, inner: { x: 1, names: ["a", "b"] }, path: [1, 2, 3] });
  const world = (): World => ({
    ...(codecOf(State).create() as World),
    items: [item(1), item(2), item(3)],
    byKey: new Map([
      [3, item(3)],
      [1, item(1)],
    ]),
    scores: new Map([[7, 70]]),
  });

  it.each([
    [
      "one field of a record in an array",
      (to: ReturnType<typeof world>) => ((to.items as { hp: number }[])[1]!.hp = 9),
    ],
    [
      "one field of a record in a map",
      (to: ReturnType<typeof world>) => ((to.byKey as Map<number, { hp: number }>).get(1)!.hp = 9),
    ],
    ["one number of a map", (to: ReturnType<typeof world>) => (to.scores as Map<number, number>).set(7, 71)],
    ["the last item gone", (to: ReturnType<typeof world>) => (to.items as unknown[]).pop()],
    ["a key gone", (to: ReturnType<typeof world>) => (to.byKey as Map<number, unknown>).delete(3)],
  ])("%s: a few bytes, not the container again", (_what, change) => {
    const wire = new Wire(everything as AnyGame, world());
    const next = world();
    change(next);
    const bytes = wire.send(next);
    expect(wire.received).toEqual(next);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(10);
  });

  it("keys in another order are another world: the map is sent again, in that order", () => {
    const wire = new Wire(everything as AnyGame, world());
    const turned = world();
    turned.byKey = new Map([...(turned.byKey as Map<number, unknown>)].reverse());
    expect(wire.send(turned)).toBeGreaterThan(0);
    expect([...(wire.received.byKey as Map<number, unknown>).keys()]).toEqual([1, 3]);
    expect([...(wire.full.byKey as Map<number, unknown>).keys()]).toEqual([1, 3]);
    expect(wire.send(structuredClone(turned))).toBe(0);
  });
});
