/** The match of a room, with the options that the room was created with. */
import { randomInt } from "node:crypto";
import type { Game } from "../../shared/engine/game/game.ts";
import type { RulesError } from "../../shared/engine/game/rules-error.ts";
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
      const { cause, command } = error as RulesError;
      const [kind, mend] =
        command === undefined
          ? ["the rules threw on an input of a player", "the input is not accepted; mend the rules"]
          : ["the rules threw on a command of a player", "the command is refused; mend the rules"];
      advice.give(kind, String(cause), { game: game.name, command, err: cause }, mend);
    },
  });
}
