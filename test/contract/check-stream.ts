/** The stream plane's part of the contract: a stock SDK has the referee's world at every tick, whenever it came. */
import { PlaneSerializer } from "../../server/stream/plane-serializer.ts";
import { createRoster } from "../../server/stream/room-state.ts";
import { StateMirror } from "../../server/stream/state-mirror.ts";
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { withoutZeroSigns } from "../kit/parts/zero-signs.ts";
import { StockStreamer } from "../kit/players/stock-streamer.ts";
import { Driver } from "./driver.ts";

/** One more comes so often, and one returns after as long. */
const TICKS_BETWEEN = 50;

type Mirror = Pick<StateMirror<unknown, unknown>, "create" | "update">;

/** A referee's world, and clients who are sent it by the room's own serializer. */
class StreamedMatch {
  readonly world: Simulation<unknown, unknown>;
  readonly #game: AnyGame;
  readonly #driver: Driver;
  readonly #mirror: Mirror;
  readonly #serializer: PlaneSerializer;
  readonly #audience: ReturnType<PlaneSerializer["createAudience"]>;
  readonly #bytes = new ByteWriter();

  constructor(game: AnyGame, seed: number, mirror: Mirror) {
    this.world = new Simulation(game, seed);
    this.#game = game;
    this.#driver = new Driver(game, seed);
    this.#mirror = mirror;
    this.#serializer = new PlaneSerializer(createRoster(game));
    this.#audience = this.#serializer.createAudience(game as never, mirror.create());
  }

  step(): void {
    this.world.step(this.#driver.next(this.world));
    this.#audience.tick = this.world.tick;
    this.#mirror.update(this.world.state as never, this.#audience.world);
    this.#serializer.applyPatches([]);
  }

  enter(streamer = new StockStreamer(this.#serializer, this.world.codec.layout)): StockStreamer {
    this.#audience.add(streamer.client);
    this.#audience.show(streamer.client);
    streamer.join();
    return streamer;
  }

  drop(streamer: StockStreamer): void {
    this.#audience.remove(streamer.client);
    streamer.reconnect();
  }

  /** What is wrong with what this one has. */
  faultOf(streamer: StockStreamer): string | undefined {
    streamer.read();
    if (streamer.tick !== this.world.tick) return `is at tick ${streamer.tick}`;
    // What a decoder that lived through another full state may keep is no fault of the game.
    const zeros = streamer.isOld ? withoutZeroSigns : <T>(same: T): T => same;
    const [world, page] = [zeros(this.world.state), zeros(streamer.page)];
    const expected = this.#hash(world);
    const [first] = this.world.codec.diff(world as never, page as never, 1);
    if (first !== undefined) return `has another world: ${this.#game.name}.${JSON.stringify(first)}`;
    if (this.#hash(page) !== expected) return "has the same in another order";
    if (!streamer.isOld && this.#hash(streamer.world) !== expected) return "walks through maps in another order";
    return undefined;
  }

  #hash(state: unknown): number {
    this.world.codec.encode(state as never, this.#bytes.reset());
    return hashBytes(this.#bytes.view());
  }
}

export function checkStream(
  game: AnyGame,
  ticks: number,
  seed: number,
  mirror: Mirror = new StateMirror<unknown, unknown>(game),
): string | undefined {
  const match = new StreamedMatch(game, seed, mirror);
  match.step();
  const early = match.enter();
  const returning = match.enter();
  let late = match.enter();
  let isAway = false;
  for (let tick = match.world.tick; tick < ticks; tick++) {
    match.step();
    if (tick % TICKS_BETWEEN === 0) {
      match.drop(late);
      late = match.enter();
      if (isAway) match.enter(returning);
      else match.drop(returning);
      isAway = !isAway;
    }
    for (const [name, streamer] of Object.entries({ early, late, ...(isAway ? {} : { returning }) })) {
      const fault = match.faultOf(streamer);
      if (fault !== undefined) return `tick ${match.world.tick}: the ${name} client ${fault}`;
    }
  }
  return undefined;
}
