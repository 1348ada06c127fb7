/** A game that keeps a reference that the collector may take away. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

let last: WeakRef<object> | undefined;

export const game = defineGame({
  ...parts,
  name: "weak-reference",
  step(state) {
    last ??= new WeakRef(state);
    state.count += last.deref() === state ? 1 : 0;
  },
});
