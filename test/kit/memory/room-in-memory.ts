/** A real room of Colyseus without a network: sockets are made of events, and every message is delivered by hand. */
import { EventEmitter } from "node:events";
import { connectClientToRoom, matchMaker } from "@colyseus/core";
import { WebSocketClient } from "@colyseus/ws-transport";
import { WebSocket } from "ws";
import { Advice } from "../../../server/base/advice.ts";
import { Faults } from "../../../server/base/faults.ts";
import { Readiness } from "../../../server/base/readiness.ts";
import { TickScheduler } from "../../../server/clock/tick-scheduler.ts";
import { Tickets } from "../../../server/identity/tickets.ts";
import { Tokens } from "../../../server/identity/tokens.ts";
import { LeftRooms } from "../../../server/journal/left-rooms.ts";
import { DesyncFiles } from "../../../server/observe/desync-files.ts";
import { RoomRegistry } from "../../../server/observe/room-registry.ts";
import { Recordings } from "../../../server/recordings/recordings.ts";
import type { LockstepRoom } from "../../../server/rooms/lockstep-room.ts";
import { lockstepRoom } from "../../../server/rooms/room-type.ts";
import { Connections } from "../../../server/socket/connections.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";

const JOIN_ROOM = 10;

/** The server's end of a connection, as `ws` and the front line make them. */
export class MemorySocket extends EventEmitter {
  readyState: number = WebSocket.OPEN;
  closedWith: number | undefined;
  onFrame: ((frame: Buffer, now: number) => void) | undefined;
  readonly line = { unsentBytes: 0, prefetch: () => {}, write: () => {} };
  /** What was sent and is on its way. */
  readonly sent: Uint8Array[] = [];

  send(bytes: Uint8Array, _options?: object, done?: () => void): void {
    if (this.readyState === WebSocket.OPEN) this.sent.push(Uint8Array.from(bytes));
    done?.();
  }

  close(code = 1000): void {
    this.closedWith ??= code;
    if (this.readyState === WebSocket.OPEN) this.readyState = WebSocket.CLOSING;
  }

  /** The server notices that the connection is gone. */
  die(code = 1006): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.emit("close", this.closedWith ?? code);
  }

  /** A frame of the client arrives. */
  hear(...bytes: number[]): void {
    if (this.readyState !== WebSocket.OPEN) return;
    if (this.onFrame === undefined) this.emit("message", Buffer.from(bytes));
    else this.onFrame(Buffer.from(bytes), performance.now());
  }

  acknowledge(): void {
    this.hear(JOIN_ROOM);
  }

  /** The ticket in the room's welcome; undefined when there was none. */
  get ticket(): string | undefined {
    const welcome = this.sent.find(([code]) => code === JOIN_ROOM);
    return welcome && Buffer.from(welcome.subarray(2, 2 + welcome[1]!)).toString();
  }
}

export class RoomInMemory {
  readonly room: LockstepRoom;
  /** What was said to connections that were turned away. */
  readonly refusals: string[] = [];

  private constructor(room: LockstepRoom) {
    this.room = room;
  }

  /** Opens a room of this game. */
  static async open(game: AnyGame): Promise<RoomInMemory> {
    (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
    await matchMaker.setup();
    await matchMaker.accept(true);
    const none = { TOKEN_SECRET: "", TOKEN_KEY: "", TOKEN_JWKS: "", TOKEN_AUDIENCE: "phalanx" };
    const services = {
      registry: new RoomRegistry(),
      scheduler: new TickScheduler(),
      connections: new Connections(),
      reports: new DesyncFiles(undefined),
      recordings: new Recordings("none", { days: 1, megabytes: 1 }),
      logic: {},
      tokens: new Tokens(none),
      tickets: new Tickets(),
      chat: { isOn: true, length: 200, linesPerMinute: 30 },
      mostRooms: 10,
      advice: new Advice(),
      faults: new Faults(new Readiness()),
      journals: { current: undefined },
      left: new LeftRooms(),
      returnMs: 0,
    };
    matchMaker.defineRoomType(game.name, lockstepRoom(game, services) as never);
    const { roomId } = await matchMaker.createRoom(game.name, {});
    const room = matchMaker.getLocalRoomById(roomId) as unknown as LockstepRoom;
    room.autoDispose = false;
    return new RoomInMemory(room);
  }

  /** Somebody new comes in. */
  async join(options: object = {}): Promise<{ readonly socket: MemorySocket; readonly session: string }> {
    const { sessionId } = await matchMaker.joinById(this.room.roomId, options, {} as never);
    return { socket: await this.connect(sessionId), session: sessionId };
  }

  /** Shows a ticket as an SDK does that makes its connection again. */
  retry(session: string, ticket: string): Promise<MemorySocket> {
    return this.connect(session, ticket, true);
  }

  /** Shows a ticket as a new page does: it asks for the seat before it comes. Undefined: there is none. */
  async enter(ticket: string): Promise<MemorySocket | undefined> {
    const session = await matchMaker.reconnect(this.room.roomId, { reconnectionToken: ticket }).then(
      ({ sessionId }) => sessionId,
      () => undefined,
    );
    return session === undefined ? undefined : this.connect(session, ticket);
  }

  async connect(session: string, ticket: string | null = null, skipHandshake = false): Promise<MemorySocket> {
    const socket = new MemorySocket();
    const client = new WebSocketClient(session, socket as never);
    try {
      await connectClientToRoom(this.room as never, client, {} as never, { reconnectionToken: ticket!, skipHandshake });
    } catch (error) {
      this.refusals.push((error as Error).message);
      socket.close(4003);
    }
    return socket;
  }

  /** Takes a second: seats that are held are given up first. */
  async close(): Promise<void> {
    await this.room.disconnect();
  }
}
