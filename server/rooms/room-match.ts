/** The match of a room, with the options that the room was created with. */
import { randomInt } from "node:crypto";
import type { Game } from "../../shared/engine/game/game.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import { Match } from "../../shared/referee/match.ts";
import { packForColyseus } from "./client-peer.ts";
import type { JoinOptions } from "./join-options.ts";
import type { RoomServices } from "./room-services.ts";

const MOST_SEED = 2 ** 32;

/** The referee's platform, as reports name it. */
const ENGINE = `Node.js ${process.versions.node}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`;

export function createRoomMatch<I, S>(
  game: Game<I, S>,
  { bots, away, mode, stallTimeout, pause }: JoinOptions,
  { logic, registry, advice }: RoomServices,
  onReport: (report: DesyncReport) => void,
): Match<I, S> {
  return new Match(game, {
    seed: randomInt(MOST_SEED),
    bots,
    away,
    pause,
    ...(mode === "strict" ? { strictSeconds: stallTimeout } : {}),
    pack: packForColyseus,
    engine: ENGINE,
    logic: logic[game.name],
    guard: registry.guard,
    onReport,
    onInputFault: (error) => {
      const { message, cause } = error as Error;
      const mend = "the input is not accepted; mend the rules";
      advice.give("the rules threw on an input of a player", message, { game: game.name, err: cause }, mend);
    },
  });
}
