/** The neighbours of this process, where several share the port, as the front line needs them. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface Neighbours {
  /**
   * Passes a handshake on to the process that has its room, which then reads and judges it as if it had come there.
   *
   * @returns whether it did; else it is to be judged here.
   */
  passOn(request: IncomingMessage, socket: Duplex, head: Uint8Array): Promise<boolean>;
  /** A client has come to a seat that was not reserved by this process. */
  arrived(session: string): void;
}
