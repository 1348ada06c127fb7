/** Quick skirmish: the shelf of a test in which a whole match is played by hand. */
import { defineGame } from "../../../shared/engine/index.ts";
import { think } from "../../../shared/games/skirmish/bot.ts";
import { TICK_RATE } from "../../../shared/games/skirmish/map.ts";
import { skirmish } from "../../../shared/games/skirmish/skirmish.ts";

/** The rules count in ticks, and know no other time. */
const FASTER = 6;
/** Once in so many thoughts of the bot it has one: hands are slow. */
const THOUGHTS = 30;

export const games = [
  defineGame({
    ...skirmish,
    tickRate: FASTER * TICK_RATE,
    bot(state, seat, context) {
      if (Math.floor(context.tick / TICK_RATE) % THOUGHTS === 0) think(state, seat, context);
    },
  }),
];
