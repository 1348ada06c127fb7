/** A game that misspells a member of the literal. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "misspelt-member",
  // @ts-expect-error: the types say so too
  onJoin: () => {},
  step(state) {
    state.count += 1;
  },
});
