/** Skirmish, a real-time strategy game for two to four: gold, buildings, armies of up to 500 units a player. */
import { defineGame } from "../../engine/index.ts";
import { think } from "./bot.ts";
import { strike } from "./combat.ts";
import { attackMove, build, gather, move, stop, train } from "./commands.ts";
import { runYards } from "./economy.ts";
import { MINE_GOLD, MINES, TICK_RATE } from "./map.ts";
import { lookAround } from "./movement.ts";
import { obey } from "./orders.ts";
import { advanceMatch, MATCH_TICKS, newPlayer, settleIn } from "./rounds.ts";
import { MOST_SEATS, NOBODY, Phase, SkirmishState } from "./schema.ts";
import { removeUnitsOf } from "./units.ts";

export const skirmish = defineGame({
  name: "skirmish",
  tickRate: TICK_RATE,
  seats: { min: 2, max: MOST_SEATS },
  state: SkirmishState,
  commands: { move, attackMove, gather, build, train, stop },

  setup: () => ({
    players: new Map(),
    units: [],
    yards: new Map(),
    mines: MINES.map(() => MINE_GOLD),
    phase: Phase.fight,
    phaseEndsAt: MATCH_TICKS,
    isContested: false,
    winner: NOBODY,
  }),

  join(state, seat) {
    const player = newPlayer(state);
    state.players.set(seat, player);
    settleIn(state, seat, player);
  },

  leave(state, seat) {
    removeUnitsOf(state, seat);
    state.players.delete(seat);
    if (state.winner === seat) state.winner = NOBODY; // or whoever sits here next would wear the crown
  },

  step(state, context) {
    advanceMatch(state, context);
    lookAround(state);
    obey(state, context);
    strike(state, context);
    runYards(state, context);
  },

  bot: think,
});
