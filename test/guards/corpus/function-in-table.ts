/** A game that names what a table of functions does by their own names, so that no name is written where it is read. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const standing = (): number => 0;
const walking = (): number => 1;
const moods = [{ act: standing }, { act: walking }] as const;

export const game = defineGame({
  ...parts,
  name: "function-in-table",
  step(state, { tick }) {
    state.title = moods[tick % 2]!.act.name;
  },
});
