/** What a client may say when it joins or creates a room: checked by hand, refused by name. */
import { ServerError } from "@colyseus/core";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import type { AwayPlay } from "../match/match.ts";
import type { Plane } from "../match/member.ts";

export interface JoinOptions {
  /** Default "stream", so that a stock SDK client that says nothing just works. */
  readonly plane: Plane;
  /** Shown to the others; at most 24 characters. */
  readonly name: string;
  /** Only when the room is created: bots fill the table up to this many held seats. */
  readonly bots: number;
  /** Only when the room is created: who plays a seat while its player's connection is gone; default "neutral". */
  readonly away: AwayPlay;
}

const LONGEST_NAME = 24;
const KNOWN = ["plane", "protocol", "name", "bots", "away"];

/** Matchmaking answers over HTTP, so its refusals carry an HTTP status. */
const BAD_REQUEST = 400;

function refuse(name: CloseName, detail?: string): never {
  throw new ServerError(BAD_REQUEST, closeReason(name, detail));
}

/** Letters of any script, without control characters, cut to length. */
function cleanName(value: unknown): string {
  if (value === undefined) return "Guest";
  if (typeof value !== "string") refuse("join/option", "name must be a text of at most 24 characters");
  const clean = [...value.replace(/\p{C}/gu, "").trim()].slice(0, LONGEST_NAME).join("");
  return clean === "" ? "Guest" : clean;
}

/**
 * Checks the options of a joiner.
 *
 * @throws ServerError with code 400 whose message opens with the name of the fault (`join/option: ...`).
 */
export function readJoinOptions(game: AnyGame, options: unknown): JoinOptions {
  const given = (typeof options === "object" && options !== null ? options : {}) as Record<string, unknown>;
  const stranger = Object.keys(given).find((key) => !KNOWN.includes(key));
  if (stranger !== undefined)
    refuse("join/option", `"${stranger.slice(0, 24)}" is not an option; there are ${KNOWN.join(", ")}`);
  const plane = given.plane ?? "stream";
  if (plane !== "lockstep" && plane !== "stream") refuse("join/option", 'plane must be "lockstep" or "stream"');
  if (plane === "lockstep" && given.protocol !== PROTOCOL_VERSION) refuse("protocol/version");
  const bots = given.bots ?? 0;
  if (!Number.isInteger(bots) || (bots as number) < 0 || (bots as number) > game.seats.max)
    refuse("join/option", `bots must be a whole number from 0 to ${game.seats.max}`);
  const away = given.away ?? "neutral";
  if (away !== "neutral" && away !== "bot") refuse("join/option", 'away must be "neutral" or "bot"');
  return { plane, name: cleanName(given.name), bots: bots as number, away };
}
