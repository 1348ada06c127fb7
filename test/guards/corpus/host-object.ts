/** A game that asks for something that only some of the programs have that run games. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

declare const gc: unknown;

export const game = defineGame({
  ...parts,
  name: "host-object",
  step(state) {
    state.count += typeof gc === "undefined" ? 1 : 2;
  },
});
