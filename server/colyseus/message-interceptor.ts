/** The message interceptor: stands before Colyseus's own reading of what joined clients send (see envelope.ts for why). */
import { type Client, ClientState, type Room } from "@colyseus/core";

/** Colyseus's own reading of one message. */
export type PassOn = (client: Client, message: Buffer) => void;
/** Says whether it has dealt with a message, or Colyseus is to read it. */
export type TakeMessage = (client: Client, message: unknown) => "taken" | "for-colyseus";

interface Insides {
  /** Bound by Colyseus for each client that joins. */
  _onMessage: PassOn;
}

/**
 * Port: puts `take` in front of Colyseus's own reading of messages, for all clients that join this room from now on.
 *
 * @param onJoined is told of clients that have just acknowledged their join.
 * @returns Colyseus's own reading, for messages that came another way.
 */
export function interceptMessages(
  room: Room,
  take: TakeMessage,
  onJoined: (client: Client) => void = () => {},
): PassOn {
  const insides = room as unknown as Insides;
  const stock = insides._onMessage.bind(room);
  const passOn: PassOn = (client, message) => {
    const wasJoined = client.state === ClientState.JOINED;
    stock(client, message);
    if (!wasJoined && client.state === ClientState.JOINED) onJoined(client);
  };
  insides._onMessage = (client, message) => {
    if (take(client, message) === "for-colyseus") passOn(client, message);
  };
  return passOn;
}
