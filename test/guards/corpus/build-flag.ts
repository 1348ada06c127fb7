/** A game that plays otherwise in the page that is built than in the one under work. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

declare global {
  interface ImportMeta {
    readonly env?: { readonly PROD: boolean };
  }
}

export const game = defineGame({
  ...parts,
  name: "build-flag",
  step(state) {
    state.count += import.meta.env?.PROD === true ? 2 : 1;
  },
});
