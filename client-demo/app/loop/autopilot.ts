/** The autopilot: the game's own bot plays the local seat (`?auto=1`), for unattended pages. */
import type { MatchSource } from "../../../client/match/match-source.ts";
import { BotTurn } from "../../../shared/engine/game/bot-turn.ts";
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { RulesError } from "../../../shared/engine/game/rules-error.ts";

/** What the bot wants in the tick about to be predicted; undefined where the game has no bot or no seat is held. */
export function autopilot(
  game: AnyGame,
): (source: MatchSource<unknown> | undefined) => Record<string, number | boolean> | undefined {
  // Its own chance: it must not touch that of the world.
  const random = new WorldRandom(Math.floor(Math.random() * 2 ** 32));
  const turn = new BotTurn(game, random);
  return (source) => {
    const seat = source?.seat;
    const picture = source?.picture(performance.now());
    if (seat === undefined || picture === undefined || game.bot === undefined) return undefined;
    const { state, tick } = picture;
    random.beginTick(tick);
    try {
      const input = game.bot(state, seat, turn.begin(tick));
      for (const { kind, fields } of turn.given) void source?.give(commandsOf(game)[kind]!.name, fields);
      return turn.inputOf(input);
    } catch (cause) {
      throw new RulesError(game.name, "bot", cause);
    }
  };
}
