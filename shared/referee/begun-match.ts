/** A match begun with a world that another match came to: whoever is put into a seat there plays on, and nothing joins anew. */
import type { Game, Seat } from "../engine/game/game.ts";
import { Simulation } from "../engine/sim/simulation.ts";
import type { SeatOwner } from "./inputs/seats.ts";
import { Match } from "./match.ts";
import type { MatchOptions } from "./match-options.ts";

/** Who had a seat that nobody gets. */
const GONE = "gone";

export interface Beginning {
  /** The world. Decoded here, whoever made it (R13). */
  readonly snapshot: Uint8Array;
  /** The seat that a player gets; where nobody holds it there, the first that is held. */
  readonly seat: Seat | undefined;
  /** What bots are called that get the others. */
  readonly names: readonly (readonly [seat: Seat, name: string])[];
}

export interface BeginOptions extends Omit<MatchOptions, "bots"> {
  /** Undefined: bots play among themselves. */
  readonly player: SeatOwner | undefined;
}

/**
 * Bots get the seats that are held there, where the game has a bot; else those are given up.
 *
 * @returns what is wrong, in a sentence, when the world cannot be read with this declaration of the game.
 * @throws RulesError when the game's `setup` throws.
 */
export function beginMatch<I, S>(
  game: Game<I, S>,
  { snapshot, seat: wanted, names }: Beginning,
  { player, ...options }: BeginOptions,
): Match<I, S> | string {
  const world = Simulation.from(game, snapshot);
  if (world === undefined)
    return `The world cannot be read with this declaration of ${game.name}: it is of another build.`;
  const held = Array.from({ length: game.seats.max }, (_, seat) => seat).filter((seat) => world.seats.isHeld(seat));
  const own = wanted !== undefined && held.includes(wanted) ? wanted : held[0];
  const called = new Map(names);
  const botOf = (seat: Seat): SeatOwner | undefined =>
    game.bot && { kind: "bot", id: `bot:${seat + 1}`, name: called.get(seat) ?? `Bot ${seat + 1}` };
  const seats = held.map((seat, sinceTurn) => {
    const holder = player !== undefined && seat === own ? player : botOf(seat);
    return { seat, isAway: false, sinceTurn, inFrame: holder?.id ?? GONE, ...(holder && { holder }) };
  });
  const bots = Math.max(held.length, game.seats.min);
  const fresh = new Match(game, { ...options, bots }).save();
  const history = { snapshot, frames: new Uint8Array(), keyframes: [world.tick] };
  const saved = { ...fresh, seats, history, bots: { ...fresh.bots, created: game.seats.max } };
  const match = Match.resume(game, saved, options);
  if (typeof match === "string" || player === undefined) return match;
  if (own === undefined) match.takeSeat(player);
  else {
    match.intake.open(own);
    match.commands.open(own);
  }
  return match;
}
