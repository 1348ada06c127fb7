/** A game that keeps the player it met first, in a closure. */
import { defineGame } from "../../../shared/engine/index.ts";
import { type Hero, parts, type World } from "./parts.ts";

const finder = () => {
  let hero: Hero | undefined;
  return (state: World): Hero | undefined => (hero ??= state.players.get(0));
};
const firstOf = finder();

export const game = defineGame({
  ...parts,
  name: "stale-in-closure",
  step(state) {
    const hero = firstOf(state);
    if (hero !== undefined) hero.score += 1;
  },
});
