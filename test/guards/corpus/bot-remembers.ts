/** A game that lets its bot remember in a variable what it saw. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const memory = new Map<number, number>();

export const game = defineGame({
  ...parts,
  name: "bot-remembers",
  bot(state, seat) {
    memory.set(seat, state.count);
    return { dx: (memory.get(seat) ?? 0) % 2 === 0 ? 1 : -1, fire: false };
  },
  step(state) {
    state.count += 1;
  },
});
