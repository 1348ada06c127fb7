/** The options of a client that joins or creates a room: checked by hand, refused by name. */
import { ServerError } from "@colyseus/core";
import { cleanText, cutTo } from "../../shared/chat/clean-text.ts";
import { beginningOf } from "../../shared/engine/bytes/text.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { CLOSE_CODES, type CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import type { Identity } from "../identity/tokens.ts";
import { ROOM_OPTIONS, type RoomOptions, readRoomOptions } from "./room-options.ts";

export interface JoinOptions extends RoomOptions {
  /** Default "stream", so that a stock SDK client that says nothing just works. */
  readonly plane: Plane;
  /** Shown to the others; at most 24 characters. */
  readonly name: string;
  /** Only look on: no seat. */
  readonly watch: boolean;
  /** Whether the client's rules are known to be others than the server's: it may stream, not step. */
  readonly isOtherBuild: boolean;
  /** The logic hash that the client says it has; undefined when it says none. */
  readonly logic: string | undefined;
  /** The client's platform, for desync reports; at most 120 characters. */
  readonly engine: string;
  /** The subject of the token; undefined for a guest. */
  readonly subject?: string;
}

const LONGEST_NAME = 24;
const LONGEST_ENGINE = 120;
const LOGIC = /^[0-9a-f]{8}$/;
const KNOWN: readonly string[] = ["plane", "protocol", "name", "watch", "engine", "logic", ...ROOM_OPTIONS];

/** Matchmaking answers over HTTP, so its refusals carry an HTTP status. */
const BAD_REQUEST = 400;

function refuse(name: CloseName, detail: string = CLOSE_CODES[name].sentence): never {
  throw new ServerError(BAD_REQUEST, `${name}: ${detail}`);
}

/** A player with a token is called what it says, whatever the options say. */
export function readIdentifiedOptions(game: AnyGame, options: unknown, identity: Identity, own?: string): JoinOptions {
  const { subject, name } = identity;
  const chosen = readJoinOptions(game, name === undefined ? options : { ...Object(options), name }, own);
  return subject === undefined ? chosen : { ...chosen, subject };
}

/** Letters of any script, as others may see them, cut to length. */
function shownText(value: unknown, option: string, longest: number, fallback: string): string {
  if (value === undefined) return fallback;
  if (typeof value !== "string") refuse("join/option", `${option} must be a text of at most ${longest} characters`);
  // The part cut off may have been all that could be seen.
  const clean = cleanText(cutTo(cleanText(value), longest));
  return clean === "" ? fallback : clean;
}

/**
 * Checks the options of a joiner.
 *
 * @param own the logic hash of the server's own rules; undefined where it is not known, and then nothing is compared.
 * @throws ServerError with code 400 whose message opens with the name of the fault (`join/option: ...`).
 */
export function readJoinOptions(game: AnyGame, options: unknown, own?: string): JoinOptions {
  const given = (typeof options === "object" && options !== null ? options : {}) as Record<string, unknown>;
  const stranger = Object.keys(given).find((key) => !KNOWN.includes(key));
  if (stranger !== undefined)
    refuse("join/option", `"${beginningOf(stranger, 24)}" is not an option; there are ${KNOWN.join(", ")}`);
  const plane = given.plane ?? "stream";
  if (plane !== "lockstep" && plane !== "stream") refuse("join/option", 'plane must be "lockstep" or "stream"');
  if (plane === "lockstep" && given.protocol !== PROTOCOL_VERSION) refuse("protocol/version");
  const { logic } = given;
  if (logic !== undefined && (typeof logic !== "string" || !LOGIC.test(logic)))
    refuse("join/option", "logic must be a logic hash of eight hexadecimal digits");
  const isOtherBuild = own !== undefined && logic !== undefined && logic !== own;
  if (plane === "lockstep" && isOtherBuild) refuse("game/other-build");
  const watch = given.watch ?? false;
  if (typeof watch !== "boolean") refuse("join/option", "watch must be true or false");
  const room = readRoomOptions(game, given);
  if (typeof room === "string") refuse("join/option", room);
  return {
    ...room,
    plane,
    watch,
    isOtherBuild,
    logic,
    name: shownText(given.name, "name", LONGEST_NAME, "Guest"),
    engine: shownText(given.engine, "engine", LONGEST_ENGINE, "unknown"),
  };
}
