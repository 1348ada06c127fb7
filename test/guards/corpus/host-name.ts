/** A game that asks the operating system. */
import { hostname } from "node:os";
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "host-name",
  step(state) {
    state.title = hostname();
  },
});
