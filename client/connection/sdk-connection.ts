/**
 * The SDK's connection of a room: the one place that knows of it what is not documented. `test/client/sdk-insides.test.ts`
 * says what has vanished when the SDK changes.
 */
import { CloseCode, type Room } from "@colyseus/sdk";

/** A network in between: it calls `pass` when a message of `bytes` bytes has come through. It must keep their order. */
export interface ConnectionFilter {
  up(bytes: number, pass: () => void): void;
  down(bytes: number, pass: () => void): void;
  /** The connection is gone, and with it what was under way. */
  clear(): void;
}

type Connection = Room["connection"];
type Heard = NonNullable<Connection["events"]["onmessage"]>;
type Closed = NonNullable<Connection["events"]["onclose"]>;

export class SdkConnection {
  readonly room: Room;
  readonly #connection: Connection;
  readonly #take: Heard;
  readonly #close: Closed;
  readonly #listeners: (() => void)[] = [];
  #barredUntil = Number.NEGATIVE_INFINITY;

  constructor(room: Room) {
    this.room = room;
    this.#connection = room.connection;
    const { onmessage, onclose } = room.connection.events;
    this.#close = (event) => onclose?.(event);
    this.#take = (event) => {
      for (const listener of this.#listeners) listener();
      onmessage?.(event);
    };
    this.#connection.events.onmessage = this.#take;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Calls `listener` with every message of the server, of whatever kind, before the SDK takes it. */
  onMessage(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Gives the connection up: to the SDK it is one that was lost, at once, and it tries again by itself. */
  lose(): void {
    // What the old socket may still have to say would mix with the new one's.
    const { ws } = this.#connection.transport as unknown as { readonly ws: Pick<WebSocket, "onmessage"> };
    ws.onmessage = null;
    this.#connection.close(CloseCode.MAY_TRY_RECONNECT);
  }

  /**
   * Hands each try to connect again to `schedule` instead of making it.
   *
   * @param schedule calls the attempt when it is to be made; one that throws has failed.
   */
  scheduleTries(schedule: (attempt: () => void) => void): void {
    const connection = this.#connection;
    const reconnect = connection.reconnect.bind(connection);
    connection.reconnect = (params) =>
      schedule(() => {
        if (performance.now() < this.#barredUntil) throw new Error("the network is cut");
        reconnect(params);
      });
  }

  /** No try to connect again succeeds before `until`, a moment of `performance.now()`. */
  bar(until: number): void {
    this.#barredUntil = until;
  }

  /** From now on everything passes through `filter`, both ways; undefined: directly. */
  filter(filter: ConnectionFilter | undefined): void {
    const connection = this.#connection;
    const { events } = connection;
    if (filter === undefined) {
      events.onmessage = this.#take;
      events.onclose = this.#close;
      // That of its class is there again.
      Reflect.deleteProperty(connection, "send");
      return;
    }
    const send = Object.getPrototypeOf(connection).send as Connection["send"];
    connection.send = (data) => {
      // The SDK writes its next message into the same buffer.
      const bytes = new Uint8Array(data);
      filter.up(bytes.length, () => {
        if (connection.isOpen) send.call(connection, bytes);
      });
    };
    events.onmessage = (event) => filter.down((event.data as ArrayBuffer).byteLength, () => this.#take(event));
    events.onclose = (event) => {
      const close = (): void => {
        filter.clear();
        this.#close(event);
      };
      // A close comes behind what was sent before it, unless this side has given the connection up.
      if (event.code === CloseCode.MAY_TRY_RECONNECT) close();
      else filter.down(0, close);
    };
  }
}
