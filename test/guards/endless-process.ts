/** A process whose rules loop without end at tick 3, watched as in a development room. */
import { LoopWatch } from "../../guards/loops/loop-watch.ts";
import { watchGame } from "../../guards/traps/watch-game.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { defineGame } from "../../shared/engine/index.ts";
import { createFrame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { parts } from "./corpus/parts.ts";

const endless: AnyGame = defineGame({
  ...parts,
  name: "endless",
  step(state, { tick }) {
    state.count = tick;
    while (tick === 3) {
      state.angle += 0.001; // the line that is told
    }
  },
});

const loops = new LoopWatch(300);
const game: AnyGame = watchGame(endless, () => {}, loops);
const world = new Simulation<unknown, unknown>(game, 1);
const frame = createFrame(game);
setInterval(() => {
  frame.tick = world.tick;
  world.step(frame as never);
}, 50);
