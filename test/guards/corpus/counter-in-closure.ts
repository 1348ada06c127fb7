/** A game that hands out numbers from a closure that was made when the file was loaded. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const counter = () => {
  let last = 0;
  return () => ++last;
};
const nextId = counter();

export const game = defineGame({
  ...parts,
  name: "counter-in-closure",
  step(state) {
    state.count = nextId();
  },
});
