/** A game that does more on its first call than on any other. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const warmed = { isDone: false };
const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

export const game = defineGame({
  ...parts,
  name: "warm-up",
  step(state) {
    if (!warmed.isDone) state.count += fib(15);
    warmed.isDone = true;
  },
});
