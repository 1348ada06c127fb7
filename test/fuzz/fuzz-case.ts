/** One thing that is tried on the server: bytes, in the pieces they are written in, on a connection of some kind. */
import type { WorldRandom } from "../../shared/engine/game/random.ts";

export const KINDS = ["http", "frames", "room"] as const;
export type Kind = (typeof KINDS)[number];

export interface FuzzCase {
  readonly kind: Kind;
  /** Where the bytes go: to a new connection, to a WebSocket that is in no room, or to one that has been offered a seat. */
  readonly on: "connection" | "websocket" | "spectator" | "lockstep" | "stream";
  /** The own address on the loopback network. */
  readonly from: string;
  readonly pieces: readonly Uint8Array[];
}

export type MakeCase = (random: WorldRandom) => FuzzCase;

/** What stands for something that only a running server knows, so that a seed makes the same bytes every time. */
export const TOKEN = "@TOKEN@";
export const ROOM = "@ROOM@";

/** Free of the limits per address, as load tests are. */
export const EXEMPT = "127.0.0.1";
