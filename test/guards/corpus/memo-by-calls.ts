/** A game that remembers a result and throws it away every third call. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const memo = (work: (value: number) => number) => {
  let calls = 0;
  let result = 0;
  return (value: number) => (calls++ % 3 === 0 ? (result = work(value)) : result);
};
const cached = memo((value) => value + 1);

export const game = defineGame({
  ...parts,
  name: "memo-by-calls",
  step(state) {
    state.count = cached(state.count);
  },
});
