/** The shelf: every game that this server offers. */
import { arena } from "./arena/arena.ts";
import { cards } from "./cards.ts";
import { skirmish } from "./skirmish/skirmish.ts";
import { tag } from "./tag.ts";

// A new game is one import and one line here; rooms, bots and the contract tests follow from it.
export const games = [
  arena, // the first is what a client gets that asks for none
  tag,
  skirmish,
  cards,
];
