/** The join: sends what a player wants as the join options of the protocol, and nothing that the player left out. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { logicOf } from "./logic.ts";

export interface JoinOptions {
  /** Where the server is, such as `ws://localhost:2567`. */
  readonly url: string;
  /** An existing room; left out: any room of this game with a free seat, or a new one. */
  readonly roomId?: string | undefined;
  /** Of a session that was here before (`room.reconnectionToken`): its seat, if there is one; else as without. */
  readonly returnToken?: string | undefined;
  /** A room of one's own, whatever others there are. */
  readonly newRoom?: boolean | undefined;
  /** A room of one's own that is joined by its id only: nobody is matched with it. Counts where no `roomId` is given. */
  readonly private?: boolean | undefined;
  /** Signed by an issuer that the server trusts; needed where the server wants one. */
  readonly token?: string | undefined;
  readonly name?: string | undefined;
  /** Only look on: no seat. */
  readonly watch?: boolean | undefined;
  /** The plane to begin on; default "lockstep". */
  readonly plane?: Plane | undefined;
  /** The logic hash of the client's rules; left out: that of the page's build, if it was built. */
  readonly logic?: string | undefined;
  /** When a room is made: bots fill the table up to this many held seats. */
  readonly bots?: number | undefined;
  /** When a room is made: who plays a seat while its player's connection is gone; default "neutral". */
  readonly away?: "neutral" | "bot" | undefined;
  /** When a room is made: "strict" makes every tick wait for every seat, `stallTimeout` seconds at most. */
  readonly mode?: "deadline" | "strict" | undefined;
  readonly stallTimeout?: number | undefined;
  /** When a room is made: who may pause; default "vote". */
  readonly pause?: "vote" | "host" | "off" | undefined;
  /** When a room is made: how many seconds behind spectators see it; default 0. */
  readonly spectatorDelay?: number | undefined;
}

/** The room has ended, or the seat's time was over, as Colyseus says it. */
const NO_SEAT: readonly unknown[] = [522, 524];

/** This client's platform, for desync reports. */
const engine = (): string => globalThis.navigator?.userAgent ?? "Node.js";

/**
 * Joins a room.
 *
 * @throws Error of the SDK whose message names the fault (`join/option: ...`) or says that there is no such room.
 */
export async function joinRoom(game: AnyGame, options: JoinOptions): Promise<Room> {
  const { url, roomId, newRoom = false, returnToken, token, plane = "lockstep", ...rest } = options;
  const enter = (): Promise<Room> => {
    if (roomId !== undefined) return sdk.joinById(roomId, said);
    return newRoom || options.private === true ? sdk.create(game.name, said) : sdk.joinOrCreate(game.name, said);
  };
  const said = {
    plane,
    protocol: PROTOCOL_VERSION,
    engine: engine(),
    ...withoutUndefined({ logic: logicOf(game.name), ...rest }),
  };
  const sdk = new ColyseusSDK(url);
  if (token !== undefined) sdk.http.authToken = token;
  return (await returnBy(sdk, returnToken)) ?? (await enter());
}

/** @throws the error on the way: the seat may still be there, and a second one would stand beside it. */
async function returnBy(sdk: ColyseusSDK, token: string | undefined): Promise<Room | undefined> {
  if (token === undefined) return undefined;
  return sdk.reconnect(token).catch((error: { readonly code?: unknown }) => {
    if (NO_SEAT.includes(error.code)) return undefined;
    throw error;
  });
}

const withoutUndefined = (options: object): object =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
