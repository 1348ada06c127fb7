/** The printer of the Node version and of each game's golden hash; run by other Nodes than the one the tests run on. */
import { games } from "../../shared/games/index.ts";
import { goldenHash } from "./contract.ts";

const ticks = Number(process.argv[2]);
const lines = games.map((game) => `${game.name} ${goldenHash(game, ticks)}`);
process.stdout.write([`v${process.versions.node.split(".")[0]}`, ...lines, ""].join("\n"));
