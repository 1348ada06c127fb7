/**
 * The connections whose seat has been taken over by a newer one. They are told so only once that one has sent a
 * message: a page that is reloaded twice leaves a connection behind that arrives and dies, and must not end the one
 * that lives.
 */
import { CloseCode } from "@colyseus/core";
import { CLOSE_CODES, closeReason } from "../../../shared/engine/protocol/close-codes.ts";
import type { DroppedSocket } from "../../colyseus/connecting.ts";

const NAME = "seat/elsewhere";

export class Overtaken {
  readonly #sockets = new Map<string, DroppedSocket[]>();

  /** Takes those of a session out, without a word to them: another one has come meanwhile. */
  take(session: string): DroppedSocket[] {
    const sockets = this.#sockets.get(session) ?? [];
    this.#sockets.delete(session);
    return sockets;
  }

  put(session: string, sockets: DroppedSocket[]): void {
    this.#sockets.set(session, sockets);
  }

  /** The newer connection lives: for the older ones it is over. */
  end(session: string): void {
    for (const socket of this.take(session)) socket.close(CLOSE_CODES[NAME].code, closeReason(NAME));
  }

  /** The newer connection came to nothing: an older one that still lives may have the seat back, and asks at once. */
  release(session: string): void {
    for (const socket of this.take(session)) socket.close(CloseCode.MAY_TRY_RECONNECT, "");
  }
}
