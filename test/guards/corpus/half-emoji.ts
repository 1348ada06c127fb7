/** A game that types a text letter by letter, and cuts its emoji in two. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const GREETING = "Hi 😀!";

export const game = defineGame({
  ...parts,
  name: "half-emoji",
  step(state, { tick }) {
    state.title = GREETING.slice(0, 1 + (tick % GREETING.length));
  },
});
