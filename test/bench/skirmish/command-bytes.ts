/** Section: bytes of a game of commands: the skirmish's frames beside arena's, and what an order to many units costs. */
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { encodeCommand } from "../../../shared/engine/protocol/command-wire.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { skirmish } from "../../../shared/games/skirmish/skirmish.ts";
import { floorOf, type Row, type Section, spreadOf } from "../row.ts";
import { watchedMatch } from "../watchers.ts";

const SECONDS = 240;
const SEEDS = [1, 2, 3];
const UNITS = 2000;
/** As many as may be chosen at once. */
const ORDERED = 300;
const ID_BYTES = 2;

/** Bytes of frames a second to one client, in a match of so many bots. */
function bytesOf(game: AnyGame, bots: number): number[] {
  return SEEDS.map((seed) => {
    const { match, watchers } = watchedMatch<unknown, unknown>(game, { seed, bots, count: 1 });
    for (let tick = 0; tick < SECONDS * game.tickRate; tick++) match.closeTick();
    return watchers[0]!.frameBytes / SECONDS;
  });
}

/** Bytes of a march of sorted units, chosen by chance among all. */
function orderBytes(seed: number): number {
  const random = new WorldRandom(seed);
  const chosen = new Set<number>();
  while (chosen.size < ORDERED) chosen.add(random.int(0, UNITS - 1));
  const table = commandsOf(skirmish);
  const kind = table.findIndex(({ name }) => name === "move");
  const out = new ByteWriter();
  encodeCommand(table, kind, { units: [...chosen].sort((a, b) => a - b), x: 1000, y: 1000 }, out);
  return out.length;
}

export function measureOrders(): Section {
  const row = (name: string, bytes: readonly number[], about: string): Row => ({
    ...{ name, unit: "B/s", about },
    ours: spreadOf([...bytes]),
  });
  const naive = SEEDS.map(() => ORDERED * ID_BYTES);
  const orders = SEEDS.map(orderBytes);
  return {
    title: "orders: bytes of a game of commands",
    rows: [
      row("arena, 2 players", bytesOf(arena as AnyGame, 2), `bots, ${SECONDS} s: held inputs as deltas`),
      row("arena, 4 players", bytesOf(arena as AnyGame, 4), "the same with four"),
      row("skirmish, 2 players", bytesOf(skirmish as AnyGame, 2), `bots, ${SECONDS} s: nothing but commands`),
      row("skirmish, 4 players", bytesOf(skirmish as AnyGame, 4), "the same with four, whose armies grow"),
      {
        name: `an order to ${ORDERED} units`,
        unit: "B",
        ours: spreadOf(orders),
        floor: floorOf("16 bits an id", naive, orders),
        aim: { text: "< 1 B an id", isMet: Math.max(...orders) < ORDERED },
        about: `sorted ids among ${UNITS}, chosen by chance`,
      },
    ],
  };
}
