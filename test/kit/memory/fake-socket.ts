/**
 * A WebSocket in memory that the SDK takes for the runtime's own; the test is its server. To be imported before anything that
 * imports the SDK, which looks for a WebSocket once, as it is loaded.
 */
import type { Room } from "@colyseus/sdk";

/** First bytes of Colyseus's messages. */
export const JOIN_ROOM = 10;
export const ROOM_DATA = 13;
export const ROOM_STATE_PATCH = 15;

const [CONNECTING, OPEN, CLOSED] = [0, 1, 3];

export class FakeSocket {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSED = CLOSED;
  /** Every one that was made, the newest last. */
  static readonly made: FakeSocket[] = [];
  readonly url: string;
  /** What the SDK has sent, each message copied in the moment it was sent. */
  readonly sent: Uint8Array[] = [];
  binaryType = "blob";
  readyState: number = CONNECTING;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeSocket.made.push(this);
  }

  send(data: Uint8Array): void {
    if (this.readyState === OPEN) this.sent.push(new Uint8Array(data));
  }

  close(): void {
    this.readyState = CLOSED;
  }

  /** The server accepts: the handshake of a room without a schema state. */
  accept(): void {
    this.readyState = OPEN;
    this.onopen?.({});
    const none = [...new TextEncoder().encode("none")];
    this.receive([JOIN_ROOM, 1, 0x74, none.length, ...none, 0]);
  }

  receive(bytes: readonly number[]): void {
    this.onmessage?.({ data: Uint8Array.from(bytes).buffer });
  }

  /** The server closes it. */
  end(code: number): void {
    this.readyState = CLOSED;
    this.onclose?.({ code, reason: "" });
  }

  /** Whether a message with this first byte was sent, in which this text stands. */
  hasSent(code: number, text: string): boolean {
    return this.sent.some((bytes) => bytes[0] === code && new TextDecoder("latin1").decode(bytes).includes(text));
  }
}

globalThis.WebSocket = FakeSocket as never;

/** A room of the SDK that has joined by a socket in memory. */
export async function joinedRoom(): Promise<{ readonly room: Room; readonly socket: FakeSocket }> {
  const sdk = await import("@colyseus/sdk");
  const room = new sdk.Room("walk");
  room.roomId = "room";
  room.sessionId = "ada";
  room.connect("ws://server.test/process/room?sessionId=ada", {});
  const socket = FakeSocket.made.at(-1)!;
  socket.accept();
  return { room, socket };
}
