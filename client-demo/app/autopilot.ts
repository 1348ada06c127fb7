/** Plays the own seat by the game's own bot: `?auto=1`, for unattended pages. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import type { AnySession } from "./any-session.ts";

/** What the bot wants in the tick about to be predicted; undefined where the game has no bot or no seat is held. */
export function autopilot(
  game: AnyGame,
): (session: AnySession | undefined) => Record<string, number | boolean> | undefined {
  // Its own chance: it must not touch that of the world.
  const random = new WorldRandom(Math.floor(Math.random() * 2 ** 32));
  return (session) => {
    const client = session?.client;
    if (client?.seat === undefined || game.bot === undefined) return undefined;
    const tick = client.predictedTick;
    random.beginTick(tick);
    return game.bot(client.state, client.seat, { tick, random });
  };
}
