/** The options of a client for the room it creates. They do not count for a room that exists already. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { PauseRule } from "../../shared/referee/inputs/pause.ts";
import type { AwayPlay } from "../../shared/referee/match-options.ts";

export interface RoomOptions {
  /** Bots fill the table up to this many held seats; default 0. */
  readonly bots: number;
  /** Who plays a seat while its player's connection is gone; default "neutral". */
  readonly away: AwayPlay;
  /** "deadline" (default): a tick waits for nobody. "strict": it waits for every seat's input. */
  readonly mode: "deadline" | "strict";
  /** How long a strict room waits for a player before it goes on without them, in seconds; default 10. */
  readonly stallTimeout: number;
  /** Who may pause; default "vote": more than half of the players. */
  readonly pause: PauseRule;
  /** How far behind spectators see the match, in seconds; default 0. */
  readonly spectatorDelay: number;
  /** Nobody is matched with it, and no list shows it: it is joined by its id, which its creator gives away; left out: no. */
  readonly private?: boolean;
}

export const ROOM_OPTIONS: readonly (keyof RoomOptions)[] = [
  "bots",
  "away",
  "mode",
  "stallTimeout",
  "pause",
  "spectatorDelay",
  "private",
];

const LONGEST_STALL_SECONDS = 60;
/** The frames of the last minute are kept; half of it is for those who come late to it. */
const LONGEST_DELAY_SECONDS = 30;

interface Reading {
  readonly given: Record<string, unknown>;
  /** The first mistake, in words; undefined so far. */
  fault: string | undefined;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
}

function number(reading: Reading, name: keyof RoomOptions, fallback: number, range: Range): number {
  const { min, max, isWhole = false } = range;
  const value = reading.given[name] ?? fallback;
  if (typeof value === "number" && value >= min && value <= max && (!isWhole || Number.isInteger(value))) return value;
  reading.fault ??= `${name} must be a ${isWhole ? "whole " : ""}number from ${min} to ${max}`;
  return fallback;
}

function flag(reading: Reading, name: keyof RoomOptions): boolean {
  const value = reading.given[name] ?? false;
  if (typeof value === "boolean") return value;
  reading.fault ??= `${name} must be true or false`;
  return false;
}

function choice<T extends string>(reading: Reading, name: keyof RoomOptions, choices: readonly [T, ...T[]]): T {
  const value = reading.given[name] ?? choices[0];
  if (choices.includes(value as T)) return value as T;
  reading.fault ??= `${name} must be ${choices.map((one) => `"${one}"`).join(" or ")}`;
  return choices[0];
}

/** The options, or a sentence that says which one is wrong. */
export function readRoomOptions(game: AnyGame, given: Record<string, unknown>): RoomOptions | string {
  const reading: Reading = { given, fault: undefined };
  const options: RoomOptions = {
    bots: number(reading, "bots", 0, { min: 0, max: game.seats.max, isWhole: true }),
    away: choice(reading, "away", ["neutral", "bot"]),
    mode: choice(reading, "mode", ["deadline", "strict"]),
    stallTimeout: number(reading, "stallTimeout", 10, { min: 1, max: LONGEST_STALL_SECONDS }),
    pause: choice(reading, "pause", ["vote", "host", "off"]),
    spectatorDelay: number(reading, "spectatorDelay", 0, { min: 0, max: LONGEST_DELAY_SECONDS }),
    ...(flag(reading, "private") ? { private: true } : {}),
  };
  return reading.fault ?? options;
}

/** Only those of the room, for a room that is made with them again. */
export function roomOptionsOf(chosen: RoomOptions): RoomOptions {
  return Object.fromEntries(ROOM_OPTIONS.flatMap((name) => (name in chosen ? [[name, chosen[name]]] : []))) as never;
}
