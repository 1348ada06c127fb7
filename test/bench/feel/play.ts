/** One match in memory on a virtual clock, everybody behind the same network, and what its players felt. */

import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Network } from "../../../shared/netsim/conditions.ts";
import { Table } from "../../kit/memory/table.ts";
import type { TablePlayer } from "../../kit/memory/table-player.ts";
import { FeelMeter, type Felt } from "./feel-meter.ts";
import { FIGURES } from "./figures.ts";
import { Hands } from "./hands.ts";

const PLAYERS = 4;
/** Figures of others that each of them sees. */
export const OTHERS = PLAYERS - 1;
const DRAW_MS = 1000 / 60;
/** Until the line is known and everybody is in the fight. */
const WARM_UP_SECONDS = 10;
const SECONDS = 60;

export interface Match {
  readonly game: AnyGame;
  readonly network: Network;
  readonly seed: number;
  /** Ticks of input delay; undefined: as the line needs. */
  readonly inputDelay: number | undefined;
}

export interface Outcome {
  readonly felt: readonly Felt[];
  /** Seconds of play of all players together. */
  readonly seconds: number;
  /** Inputs that came to the server, and those of them that came late. */
  readonly inputs: number;
  readonly late: number;
}

/** No bots: theirs hold what the world says they wanted last, so an input delay alone makes them waver. */
export function play({ game, network, seed, inputDelay }: Match): Outcome {
  const meters = new Map<unknown, FeelMeter>();
  const chance = new WorldRandom(seed);
  const hands = Array.from({ length: PLAYERS }, () => new Hands(new WorldRandom(chance.uint32()), game.tickRate));
  const table = new Table<unknown, unknown>({
    game,
    seed,
    network: () => network.up,
    drawMs: DRAW_MS,
    ...(inputDelay === undefined ? {} : { inputDelay }),
    script(_state, seat) {
      meters.get(seat)?.sampled();
      return hands[seat]!.sample(game.name);
    },
  });
  const players: TablePlayer<unknown, unknown>[] = Array.from({ length: PLAYERS }, () => table.add());
  for (const player of players) {
    player.up.change(network.up);
    player.down.change(network.down);
  }
  const { tickRate } = game;
  table.runTo(WARM_UP_SECONDS * tickRate);
  for (const { client } of players)
    meters.set(client.seat, new FeelMeter(client, FIGURES[game.name]!, () => chance.float()));
  const counted = { ...table.match.intake.counts };
  table.runTo((WARM_UP_SECONDS + SECONDS) * tickRate);
  const { counts } = table.match.intake;
  const since = (name: keyof typeof counts): number => counts[name] - counted[name];
  const late = since("input/late-moved") + since("input/late-dropped");
  return {
    felt: [...meters.values()].map(({ felt }) => felt),
    seconds: PLAYERS * SECONDS,
    inputs: late + since("accepted"),
    late,
  };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
