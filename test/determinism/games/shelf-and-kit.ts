/** The games that every engine has to agree on: those of the shelf, and one that uses all of the kit. */
import { games as shelf } from "../../../shared/games/index.ts";
import { vocabularyGame } from "../../kit/games/vocabulary-game.ts";

export const games = [...shelf, vocabularyGame()];
