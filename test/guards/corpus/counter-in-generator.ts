/** A game that takes ids from a generator that lives as long as the process. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

function* numbers(): Generator<number, never> {
  for (let id = 1; ; id++) yield id;
}
const ids = numbers();

export const game = defineGame({
  ...parts,
  name: "counter-in-generator",
  step(state) {
    state.count = ids.next().value;
  },
});
