/** A stock room of Colyseus in memory: nothing of ours in it but what a test puts there. */
import { EventEmitter } from "node:events";
import { type Client, ClientState, connectClientToRoom, matchMaker, Protocol, Room } from "@colyseus/core";
import { WebSocketClient } from "@colyseus/ws-transport";
import { WebSocket } from "ws";

/** The server's end of a connection, as `ws` has it. */
export class StockEnd extends EventEmitter {
  readyState: number = WebSocket.OPEN;
  readonly sent: Uint8Array[] = [];

  send(bytes: Uint8Array): void {
    this.sent.push(Uint8Array.from(bytes));
  }

  close(): void {}

  /** A message of the client arrives. */
  hear(...bytes: number[]): void {
    this.emit("message", Buffer.from(bytes), true);
  }

  acknowledge(): void {
    this.hear(Protocol.JOIN_ROOM);
  }
}

export interface Joined {
  readonly client: Client;
  readonly end: StockEnd;
}

let made = 0;

/** Opens a room. @param prepare is called in its constructor. */
export async function openStock(prepare: (room: Room) => void = () => {}): Promise<Room> {
  (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
  if (made === 0) {
    await matchMaker.setup();
    await matchMaker.accept(true);
  }
  const name = `stock${made++}`;
  matchMaker.defineRoomType(
    name,
    class extends Room {
      constructor() {
        super();
        prepare(this);
      }

      static override async onAuth(): Promise<object> {
        return { subject: "ada" };
      }
    } as never,
  );
  const { roomId } = await matchMaker.createRoom(name, {});
  const room = matchMaker.getLocalRoomById(roomId);
  room.autoDispose = false;
  return room;
}

/** Asks matchmaking for a seat, and says for which session it got one. */
export async function reserve(room: Room, options: object = {}): Promise<string> {
  const { sessionId } = await matchMaker.joinById(room.roomId, options, { headers: new Headers() } as never);
  return sessionId;
}

export async function connect(room: Room, session: string, how: object = {}): Promise<Joined> {
  const end = new StockEnd();
  const client = new WebSocketClient(session, end as never);
  await connectClientToRoom(room, client, {} as never, how as never);
  return { client, end };
}

/** A client that has come, and acknowledged its join. */
export async function join(room: Room, options: object = {}): Promise<Joined> {
  const joined = await connect(room, await reserve(room, options));
  joined.end.acknowledge();
  if (joined.client.state !== ClientState.JOINED) throw new Error("a join that was acknowledged is none");
  return joined;
}
