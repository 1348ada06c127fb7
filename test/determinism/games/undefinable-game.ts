/** A broken game, on purpose: it cannot even be defined, so that loading the shelf throws. */
import { defineGame } from "../../../shared/engine/index.ts";
import { tag } from "../../../shared/games/tag.ts";

export const games = [defineGame({ ...tag, name: "undefinable", tickRate: 1000 })];
