/** One room's stream plane without Colyseus around it: clients of all kinds come, go, return and move, and some read late. */
import { expect } from "vitest";
import { StreamPlane } from "../../../server/stream/stream-plane.ts";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { type Codec, codecOf } from "../../../shared/engine/codec/codec.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import type { Match } from "../../../shared/referee/match.ts";
import { anyRecord } from "../any-plain.ts";
import { changeRecord } from "../memory/change-record.ts";
import { matchInMemory } from "../memory/delivery.ts";
import { packInMemory } from "../memory/table.ts";
import { StockStreamer } from "../players/stock-streamer.ts";
import type { AnySchema } from "../schemas.ts";
import { withoutZeroSigns } from "./zero-signs.ts";

export type World = Record<string, unknown>;
type Kind = "lockstep" | "stream" | "delayed";

export const TICKS = 40;
const TICK_RATE = 10;
const DELAY_TICKS = 7;
const MOST_BEHIND = 5;

const bytesOf = (codec: Codec<World>, world: World): string => {
  const out = new ByteWriter();
  codec.encode(world, out);
  return Buffer.from(out.view()).toString("hex");
};

/** The world at every tick, each a few changes from the one before. */
function worldsOf(codec: Codec<World>, random: WorldRandom): World[] {
  const world = anyRecord(codec.layout, random);
  const worlds = [];
  for (let tick = 0; tick <= TICKS; tick++) {
    codec.settleStrict(world);
    const copy = codec.create();
    codec.copy(world, copy);
    worlds.push(copy);
    if (random.chance(0.8)) changeRecord(codec.layout, world, random);
  }
  return worlds;
}

function settled(codec: Codec<World>, world: World): World {
  codec.settleStrict(world);
  return world;
}

/** A game whose world at each tick is known beforehand. */
const gameOf = (state: AnySchema, codec: Codec<World>, worlds: readonly World[]) =>
  defineGame({
    name: "shapes",
    tickRate: TICK_RATE,
    seats: { min: 1, max: 3 },
    input: schema({ on: t.boolean() }, "ShapesInput"),
    state: state as never,
    setup: () => structuredClone(worlds[0]) as never,
    step: (world, { tick }) => codec.copy(worlds[Math.min(tick + 1, TICKS)]!, world as World),
  });

export class Shapes {
  readonly #codec: Codec<World>;
  readonly #worlds: readonly World[];
  readonly #random: WorldRandom;
  readonly #match: Match<unknown, unknown>;
  readonly #plane: StreamPlane<unknown, unknown>;
  readonly #watchers = new Map<StockStreamer, { kind: Kind; behind: number }>();
  /** Those whose connection is gone, and who may come back. */
  readonly #away = new Map<StockStreamer, Kind>();
  #spectators = 0;
  /** How many worlds were compared. */
  compared = 0;

  /** @param worlds what the world is, tick by tick, and then over again; random ones when left out. */
  constructor(state: AnySchema, seed: number, worlds?: readonly World[]) {
    this.#random = new WorldRandom(seed);
    this.#codec = codecOf(state, "shapes") as unknown as Codec<World>;
    this.#worlds =
      worlds === undefined
        ? worldsOf(this.#codec, this.#random)
        : Array.from({ length: TICKS + 1 }, (_, tick) => settled(this.#codec, worlds[tick % worlds.length]!));
    const game = gameOf(state, this.#codec, this.#worlds);
    this.#match = matchInMemory(game as never, { seed, bots: 0, pack: packInMemory });
    this.#plane = new StreamPlane(this.#match, DELAY_TICKS);
  }

  play(): void {
    for (const kind of ["lockstep", "stream", "delayed"] as const) this.#enter(kind);
    while (this.#match.world.tick < TICKS) {
      this.#match.closeTick();
      this.#publish();
      this.#happen();
      this.#compare();
    }
    for (const watched of this.#watchers.values()) watched.behind = 0;
    this.#compare();
  }

  #happen(): void {
    const random = this.#random;
    const somebody = this.#watchers.size > 0 ? random.pick([...this.#watchers.keys()]) : undefined;
    const acts: (() => void)[] = [
      () => {},
      () => this.#enter(random.pick(["lockstep", "stream", "delayed"])),
      () => somebody && this.#drop(somebody),
      () => this.#away.size > 0 && this.#return(random.pick([...this.#away.keys()])),
      () => somebody && this.#move(somebody),
      () => this.#spectators++,
      () => this.#match.takeSeat({ kind: "player", id: `p${random.int(0, 3)}`, name: random.pick(["Ada", "", "帧"]) }),
      () => this.#match.freeSeat(`p${random.int(0, 3)}`),
    ];
    random.pick(acts)();
  }

  #enter(kind: Kind): void {
    this.#admit(new StockStreamer(this.#plane.serializer, this.#codec.layout), kind);
  }

  /** As the room does: it is there before it acknowledges that it joined. */
  #admit(watcher: StockStreamer, kind: Kind): void {
    if (kind !== "lockstep") {
      this.#plane.add(watcher.client, kind === "delayed");
      this.#plane.show(watcher.client);
    }
    this.#watchers.set(watcher, { kind, behind: this.#random.int(0, MOST_BEHIND) });
    this.#publish();
    watcher.join();
  }

  #drop(watcher: StockStreamer): void {
    this.#away.set(watcher, this.#watchers.get(watcher)!.kind);
    this.#watchers.delete(watcher);
    this.#plane.remove(watcher.client);
  }

  #return(watcher: StockStreamer): void {
    const kind = this.#away.get(watcher)!;
    this.#away.delete(watcher);
    watcher.reconnect();
    this.#admit(watcher, kind);
  }

  #move(watcher: StockStreamer): void {
    const watched = this.#watchers.get(watcher)!;
    if (watched.kind === "delayed") return;
    watched.kind = watched.kind === "stream" ? "lockstep" : "stream";
    this.#plane.remove(watcher.client);
    if (watched.kind === "lockstep") return;
    this.#plane.add(watcher.client, false);
    this.#publish();
    this.#plane.show(watcher.client);
    watcher.takeFull();
  }

  #publish(): void {
    const clients = [...this.#watchers.keys()].map(({ client }) => client);
    if (this.#plane.update(this.#spectators, [])) this.#plane.serializer.applyPatches(clients);
  }

  #compare(): void {
    const now = this.#match.world.tick;
    for (const [watcher, { kind, behind }] of this.#watchers) {
      watcher.read(behind);
      if (behind === 0)
        expect(watcher.seats, `${kind}: the roster`).toEqual((this.#plane.state.toJSON() as World).seats);
      const due = kind === "delayed" ? now - DELAY_TICKS : now;
      if (kind !== "lockstep" && behind === 0) expect(watcher.tick, kind).toBe(due < 0 ? undefined : due);
      if (kind !== "lockstep" && behind === 0 && watcher.tick === undefined)
        expect(watcher.page, "no world yet: one with nothing in it").toEqual(this.#codec.create());
      if (kind === "lockstep" || watcher.tick === undefined) continue;
      const zeros = watcher.isOld ? withoutZeroSigns : (same: World): World => same;
      const expected = zeros(this.#worlds[watcher.tick]!);
      const told = `${kind} at tick ${watcher.tick}, read ${behind} late`;
      expect(zeros(watcher.world), told).toEqual(expected);
      expect(bytesOf(this.#codec, zeros(watcher.page)), `${told}: on the page`).toBe(bytesOf(this.#codec, expected));
      if (!watcher.isOld)
        expect(bytesOf(this.#codec, watcher.world), `${told}: order`).toBe(bytesOf(this.#codec, expected));
      this.compared++;
    }
  }
}
