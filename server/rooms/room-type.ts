/** The room class of one game, and which clients are let into it. */
import { ServerError } from "@colyseus/core";
import type { Game } from "../../shared/engine/game/game.ts";
import { prepareGlobals } from "../colyseus/globals.ts";
import { type JoinOptions, readIdentifiedOptions } from "./join-options.ts";
import { LockstepRoom } from "./lockstep-room.ts";
import type { RoomServices } from "./room-services.ts";

/** Matchmaking answers over HTTP. */
const UNAUTHORIZED = 401;

/** For `defineRoom`, in a server of `createApp` or in any other with a WebSocketTransport. */
export function lockstepRoom<I, S>(game: Game<I, S>, services: RoomServices): new () => LockstepRoom<I, S> {
  prepareGlobals();
  return class extends LockstepRoom<I, S> {
    constructor() {
      super(game, services);
    }

    /** Refuses strangers and bad options at matchmaking, before a room is made for them. */
    static override async onAuth(token: string, options: unknown): Promise<JoinOptions> {
      const identity = await services.tokens.identify(token);
      if (identity === undefined) throw new ServerError(UNAUTHORIZED, "join/token: this server wants a valid token");
      return readIdentifiedOptions(game, options, identity, services.logic[game.name]);
    }
  };
}
