/**
 * The parameters in the page's address: `?game=&room=&name=&token=&bots=&net=&lag=&jitter=&inputDelay=&seed=&auto=&offline=&replay=`,
 * checked by hand and refused by name; the rest is the server's to judge (`room-options.ts`).
 */
import { beginningOf } from "../../../shared/engine/bytes/text.ts";
import { mostInputDelay } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Network } from "../../../shared/netsim/conditions.ts";
import { parseNetwork } from "../../../shared/netsim/network-spec.ts";
import type { Problem } from "./problem.ts";
import { type RoomOptions, roomOptionsOf } from "./room-options.ts";

export interface PageOptions {
  readonly game: AnyGame;
  readonly room?: string;
  readonly name?: string;
  readonly bots: number;
  /** The network to simulate, and the seed of its random numbers. */
  readonly network: Network;
  readonly seed: number;
  /** Ticks of input delay; left out: what was chosen before, or what game and line ask for. */
  readonly inputDelay?: number;
  /** Without a server: the referee and the bots are in this page. */
  readonly isOffline: boolean;
  /** A recording is shown: the address of its file, empty for one that is chosen in the page. Left out: a match is played. */
  readonly replay?: string;
  /** The seat is played by the game's own bot. */
  readonly isAuto: boolean;
  readonly roomOptions: RoomOptions;
}

export type ReadPageOptions =
  | { readonly ok: true; readonly pageOptions: PageOptions }
  | { readonly ok: false; readonly problem: Problem };

/** A table of four is lively, and leaves room for friends. */
const USUAL_BOTS = 4;
const LONGEST_LAG_MS = 5000;
const MOST_SEED = 2 ** 32 - 1;

/** The demo's answer to an address. The first game of the shelf is the one for an address that asks for none. */
export function readPageOptions(search: string, games: readonly AnyGame[]): ReadPageOptions {
  const params = new URLSearchParams(search);
  const wanted = params.get("game");
  const game = wanted === null ? games[0] : games.find(({ name }) => name === wanted);
  if (game === undefined) return { ok: false, problem: unknownGame(wanted ?? "", games) };
  const usual = Math.min(USUAL_BOTS, game.seats.max);
  const bots = wholeOf(params, "bots", usual, game.seats.max);
  const lag = wholeOf(params, "lag", 0, LONGEST_LAG_MS);
  const jitter = wholeOf(params, "jitter", 0, LONGEST_LAG_MS);
  const seed = wholeOf(params, "seed", 0, MOST_SEED);
  const mostDelay = mostInputDelay(game.tickRate);
  const inputDelay = wholeOf(params, "inputDelay", 0, mostDelay);
  for (const [name, value, most] of [
    ["bots", bots, game.seats.max],
    ["lag", lag, LONGEST_LAG_MS],
    ["jitter", jitter, LONGEST_LAG_MS],
    ["seed", seed, MOST_SEED],
    ["inputDelay", inputDelay, mostDelay],
  ] as const)
    if (value === undefined) return { ok: false, problem: badNumber(name, params.get(name) ?? "", most, game.name) };
  const spec = parseNetwork(params.get("net") || "none");
  if (!spec.ok) return { ok: false, problem: badValue("net", params.get("net") ?? "", spec.sentence, game.name) };
  const room = params.get("room");
  const name = params.get("name");
  const replay = params.get("replay");
  const roomOptions = roomOptionsOf(params);
  return {
    ok: true,
    pageOptions: {
      game,
      bots: bots!,
      network: withLag(spec.network, lag!, jitter!),
      seed: seed!,
      isOffline: params.get("offline") === "1",
      isAuto: params.get("auto") === "1",
      roomOptions: replay === null ? roomOptions : { ...roomOptions, watch: true },
      ...(replay === null ? {} : { replay }),
      ...(room === null || room === "" ? {} : { room }),
      ...(name === null || name === "" ? {} : { name }),
      ...(params.get("inputDelay") ? { inputDelay: inputDelay! } : {}),
    },
  };
}

/**
 * Takes `?token=` out of an address, so that nobody shares it with the link, a bookmark or a picture of the window.
 *
 * @returns the token, undefined when the address has none, and what is left of the address.
 */
export function takeToken(search: string): { readonly token: string | undefined; readonly search: string } {
  const params = new URLSearchParams(search);
  const token = params.get("token");
  if (token === null) return { token: undefined, search };
  params.delete("token");
  return { token, search: params.size === 0 ? "" : `?${params}` };
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

/** `lag` is added to the round trip, half on each way; `jitter` to each way. Both in milliseconds. */
function withLag({ up, down }: Network, lag: number, jitter: number): Network {
  const [delayMs, jitterMs] = [lag / 2, jitter];
  return {
    up: { ...up, delayMs: up.delayMs + delayMs, jitterMs: up.jitterMs + jitterMs },
    down: { ...down, delayMs: down.delayMs + delayMs, jitterMs: down.jitterMs + jitterMs },
  };
}

function unknownGame(wanted: string, games: readonly AnyGame[]): Problem {
  return {
    title: `There is no game called “${beginningOf(wanted, 40)}” here`,
    sentence: "Choose one of the games on this server's shelf.",
    actions: games.map(({ name }) => ({ label: `Play ${name}`, href: `?game=${name}` })),
  };
}

function badNumber(name: string, text: string, most: number, game: string): Problem {
  return badValue(name, text, `In the address, ${name} must be a whole number from 0 to ${most}.`, game);
}

function badValue(name: string, text: string, sentence: string, game: string): Problem {
  return {
    title: `“${name}=${beginningOf(text, 20)}” cannot be used`,
    sentence,
    actions: [{ label: "Play without it", href: `?game=${game}` }],
  };
}
