/** Arena, a shooter from above for 2 to 16: what a game looks like when it outgrows one file. */
import { defineGame } from "../../engine/index.ts";
import { think } from "./bot.ts";
import { fireGuns, flyBullets, removeBulletsOf, takeMedkits } from "./combat.ts";
import { MEDKITS, TICK_RATE } from "./map.ts";
import { movePlayers } from "./movement.ts";
import { advanceRound, enter, newPlayer, ROUND_TICKS, respawnFallen } from "./rounds.ts";
import { ArenaInput, ArenaState, NOBODY, Phase } from "./schema.ts";

export const arena = defineGame({
  name: "arena",
  tickRate: TICK_RATE,
  seats: { min: 2, max: 16 },
  input: ArenaInput,
  state: ArenaState,

  setup: () => ({
    players: new Map(),
    bullets: [],
    medkitsFrom: MEDKITS.map(() => 0),
    phase: Phase.fight,
    phaseEndsAt: ROUND_TICKS,
    round: 1,
    winner: NOBODY,
  }),

  join(state, seat, context) {
    const player = newPlayer();
    state.players.set(seat, player);
    enter(state, player, context);
  },

  leave(state, seat) {
    state.players.delete(seat);
    removeBulletsOf(state, seat);
    if (state.winner === seat) state.winner = NOBODY; // or whoever sits here next would wear the crown
  },

  step(state, context) {
    advanceRound(state, context);
    respawnFallen(state, context);
    movePlayers(state, context);
    fireGuns(state, context);
    flyBullets(state, context);
    takeMedkits(state, context);
  },

  bot: think,
});
