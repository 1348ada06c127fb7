/** The report of a desync in memory: a bit of the world of the only player flips. */
import type { Game } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { DesyncReport } from "../../../shared/referee/desync/desync-report.ts";
import { botScript } from "../scripts.ts";
import { flipBit } from "./flip-bit.ts";
import { Table } from "./table.ts";

/** After two seconds of play. */
export function desyncOf<I, S>(game: Game<I, S>, seed = 3): DesyncReport {
  const reports: DesyncReport[] = [];
  const table = new Table<I, S>({
    ...{ game, seed, bots: 2, network: () => ({ delayMs: 40, jitterMs: 0 }), script: botScript(game) },
    onReport: (made) => void reports.push(made),
  });
  const player = table.add();
  table.runTo(2 * game.tickRate);
  flipBit(player.client.confirmed as never, new WorldRandom(1));
  table.runTo(4 * game.tickRate);
  return reports[0]!;
}
