/** What the address says: `?game=&room=&name=&bots=&lag=&jitter=&auto=`, checked by hand and refused by name. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { LagOptions } from "../net/lag.ts";
import type { Problem } from "./problem.ts";

export interface Wishes {
  readonly game: AnyGame;
  readonly room?: string;
  readonly name?: string;
  readonly bots: number;
  readonly lag?: LagOptions;
  /** The seat is played by the game's own bot. */
  readonly isAuto: boolean;
}

export type ReadWishes =
  | { readonly ok: true; readonly wishes: Wishes }
  | { readonly ok: false; readonly problem: Problem };

/** A table of four is lively, and leaves room for friends. */
const USUAL_BOTS = 4;
const LONGEST_LAG_MS = 5000;

/** The demo's answer to an address. The first game of the shelf is the one for an address that asks for none. */
export function readWishes(search: string, games: readonly AnyGame[]): ReadWishes {
  const params = new URLSearchParams(search);
  const wanted = params.get("game");
  const game = wanted === null ? games[0] : games.find(({ name }) => name === wanted);
  if (game === undefined) return { ok: false, problem: unknownGame(wanted ?? "", games) };
  const usual = Math.min(USUAL_BOTS, game.seats.max);
  const bots = wholeOf(params, "bots", usual, game.seats.max);
  const lag = wholeOf(params, "lag", 0, LONGEST_LAG_MS);
  const jitter = wholeOf(params, "jitter", 0, LONGEST_LAG_MS);
  for (const [name, value, most] of [
    ["bots", bots, game.seats.max],
    ["lag", lag, LONGEST_LAG_MS],
    ["jitter", jitter, LONGEST_LAG_MS],
  ] as const)
    if (value === undefined) return { ok: false, problem: badNumber(name, params.get(name) ?? "", most, game.name) };
  const room = params.get("room");
  const name = params.get("name");
  return {
    ok: true,
    wishes: {
      game,
      bots: bots!,
      isAuto: params.get("auto") === "1",
      ...(room === null || room === "" ? {} : { room }),
      ...(name === null || name === "" ? {} : { name }),
      ...(lag! + jitter! > 0 ? { lag: { roundTripMs: lag!, jitterMs: jitter! } } : {}),
    },
  };
}

/** The address of a room, keeping what else the player asked for. */
export function searchOf(search: string, game: string, room: string | undefined): string {
  const params = new URLSearchParams(search);
  params.set("game", game);
  if (room === undefined) params.delete("room");
  else params.set("room", room);
  return `?${params}`;
}

function wholeOf(params: URLSearchParams, name: string, usual: number, most: number): number | undefined {
  const text = params.get(name);
  if (text === null || text === "") return usual;
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 && value <= most ? value : undefined;
}

function unknownGame(wanted: string, games: readonly AnyGame[]): Problem {
  return {
    title: `There is no game called “${wanted.slice(0, 40)}” here`,
    sentence: "Choose one of the games on this server's shelf.",
    actions: games.map(({ name }) => ({ label: `Play ${name}`, href: `?game=${name}` })),
  };
}

function badNumber(name: string, text: string, most: number, game: string): Problem {
  return {
    title: `“${name}=${text.slice(0, 20)}” cannot be used`,
    sentence: `In the address, ${name} must be a whole number from 0 to ${most}.`,
    actions: [{ label: "Play without it", href: `?game=${game}` }],
  };
}
