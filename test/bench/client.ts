/** Section: what one tick costs a player's browser: a confirmed step, a rollback, a prediction. */

import { BotTurn } from "../../shared/engine/game/bot-turn.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import { Table } from "../kit/memory/table.ts";
import type { TablePlayer } from "../kit/memory/table-player.ts";
import { floorOf, type Row, Samples, type Section } from "./row.ts";
import { gameWithClocks, Seams } from "./seams.ts";

const PLAYERS = 8;
const ONE_WAY_MS = 75;
const REPETITIONS = 9;
const WARM_UP_TICKS = 400;
const TICKS = 200;
const SEED = 11;

type Name = "advance" | "rules" | "quiet" | "depth" | "steps" | "share" | "garbage";

/** What one `advance` of the watched player did. */
interface Advance {
  readonly micros: number;
  readonly rulesMicros: number;
  readonly rollbackDepth: number;
  readonly steps: number;
  readonly heapBytes: number;
}

interface Clocked {
  readonly table: Table<never, never>;
  /** Of the watched player, since it was last emptied. */
  readonly advances: Advance[];
}

const heapUsed = (): number => process.memoryUsage().heapUsed;

/** Eight clients that play the bot; the first one's `advance` is measured, without its bot. */
function openTable(hasHeapMeter: boolean): Clocked {
  const seams = new Seams();
  let steps = 0;
  const clocked = gameWithClocks(arena, seams);
  const game = {
    ...clocked,
    step: (...args: Parameters<typeof arena.step>) => {
      steps++;
      clocked.step(...args);
    },
  };
  let botBytes = 0;
  const turn = new BotTurn(arena, new WorldRandom(SEED));
  const table = new Table({
    game: hasHeapMeter ? arena : game,
    seed: SEED,
    network: () => ({ delayMs: ONE_WAY_MS, jitterMs: 0 }),
    // As a session has one.
    clock: () => performance.now(),
    script: (state, seat, tick, random) => {
      const [start, before] = [performance.now(), hasHeapMeter ? heapUsed() : 0];
      turn.random = random;
      const input = arena.bot!(state, seat, turn.begin(tick));
      if (hasHeapMeter) botBytes += heapUsed() - before;
      seams.add("script", performance.now() - start);
      return input;
    },
  });
  const players = Array.from({ length: PLAYERS }, () => table.add());
  const advances: Advance[] = [];
  const { client } = players[0] as TablePlayer<unknown, unknown>;
  const advance = client.advance.bind(client);
  client.advance = (now) => {
    const { stats } = client;
    const before = { rollbacks: stats.rollbacks, steps };
    seams.reset();
    botBytes = 0;
    const heap = hasHeapMeter ? heapUsed() : 0;
    const start = performance.now();
    advance(now);
    const milliseconds = performance.now() - start - seams.of("script");
    advances.push({
      micros: milliseconds * 1000,
      rulesMicros: seams.of("rules") * 1000,
      rollbackDepth: stats.rollbacks > before.rollbacks ? stats.rollbackDepth : 0,
      steps: steps - before.steps,
      heapBytes: hasHeapMeter ? heapUsed() - heap - botBytes : 0,
    });
  };
  return { table: table as unknown as Clocked["table"], advances };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

export function measureClient(): Section {
  const samples = new Samples<Name>();
  const { table, advances } = openTable(false);
  const heap = openTable(true);
  table.runTo(WARM_UP_TICKS);
  heap.table.runTo(WARM_UP_TICKS);
  for (let repetition = 1; repetition <= REPETITIONS; repetition++) {
    advances.length = 0;
    heap.advances.length = 0;
    table.runTo(WARM_UP_TICKS + repetition * TICKS);
    const back = advances.filter(({ rollbackDepth }) => rollbackDepth > 0);
    const quiet = advances.filter(({ rollbackDepth }) => rollbackDepth === 0);
    samples.add("advance", median(back.map(({ micros }) => micros)));
    samples.add("rules", median(back.map(({ rulesMicros }) => rulesMicros)));
    samples.add("depth", mean(back.map(({ rollbackDepth }) => rollbackDepth)));
    samples.add("steps", mean(back.map(({ steps }) => steps)));
    samples.add("share", (100 * back.length) / advances.length);
    if (quiet.length > 0) samples.add("quiet", median(quiet.map(({ micros }) => micros)));
    heap.table.runTo(WARM_UP_TICKS + repetition * TICKS);
    // a collection in between shows as a negative number
    const bytes = heap.advances.map(({ heapBytes }) => heapBytes).filter((value) => value >= 0);
    samples.add("garbage", median(bytes));
  }
  const row = (name: Name, title: string, unit: string, about: string): Row => ({
    name: title,
    unit,
    ours: samples.spread(name),
    about,
  });
  const rows: Row[] = [
    {
      ...row(
        "advance",
        "LockstepClient.advance with a rollback",
        "us",
        `arena with ${PLAYERS} lockstep clients, ${2 * ONE_WAY_MS} ms round trip, one advance a tick: the confirmed step, the copy back, the ticks made again and the new one; without the bot that plays`,
      ),
      floor: floorOf("arena's rules alone, within the same calls", samples.of("rules"), samples.of("advance")),
    },
    row("depth", "- ticks made again", "", "mean depth of these rollbacks"),
    row("steps", "- steps in all", "", "mean number of game steps within such an advance, the confirmed one included"),
    row(
      "share",
      "- share of advances",
      "%",
      "how many of the advances had a rollback; eight bots change their minds often",
    ),
    ...(samples.of("quiet").length === 0
      ? []
      : [
          row(
            "quiet",
            "advance without a rollback",
            "us",
            "every guess was right: a confirmed step and a predicted one",
          ),
        ]),
    row(
      "garbage",
      "garbage per advance",
      "B",
      "heap bytes allocated by one advance, the rules' own included, without the bot that plays",
    ),
  ];
  return { title: "client: arena", rows };
}
