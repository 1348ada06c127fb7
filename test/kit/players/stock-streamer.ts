/** A stock SDK's reading of a room's state, as it comes from the room's serializer: no sockets, and as late as one likes. */
import { type Client, ClientState, Protocol } from "@colyseus/core";
import { SchemaSerializer } from "@colyseus/sdk";
import { plainRecord } from "../../../client/stream/plain-record.ts";
import type { PlaneSerializer } from "../../../server/stream/plane-serializer.ts";
import type { FieldType, RecordLayout } from "../../../shared/engine/layout/layout.ts";

interface Received {
  readonly tick?: number;
  readonly world?: unknown;
  readonly seats?: { toJSON(): unknown };
}

export class StockStreamer {
  /** What a room has of it. */
  client = this.#connect();
  /** Its decoder lived on through another full state: what it knew before stays in maps where it was, and zeros keep their sign. */
  isOld = false;
  readonly #reader = new SchemaSerializer();
  readonly #serializer: PlaneSerializer;
  readonly #layout: RecordLayout;
  /** What its socket has and nobody read yet: the very bytes, as a socket keeps them. */
  readonly #inbox: Uint8Array[] = [];

  constructor(serializer: PlaneSerializer, layout: RecordLayout) {
    this.#serializer = serializer;
    this.#layout = layout;
    this.#reader.handshake(serializer.handshake(), { offset: 0 });
  }

  /** Acknowledges its join. */
  join(): void {
    this.client.state = ClientState.JOINED;
    this.takeFull();
  }

  /** The whole state, as whoever joins, returns or is moved is sent. */
  takeFull(): void {
    this.client.raw(this.#serializer.getFullState(this.client));
  }

  /** Its connection is another one; what the old one still had is gone. */
  reconnect(): void {
    this.client = this.#connect();
    this.#inbox.length = 0;
  }

  /** Reads what came, all but the newest `behind` messages. */
  read(behind = 0): void {
    for (const bytes of this.#inbox.splice(0, this.#inbox.length - behind)) {
      this.isOld ||= bytes[0] === Protocol.ROOM_STATE && this.#reader.decoder.root.refs.size > 1;
      if (bytes[0] === Protocol.ROOM_STATE) this.#reader.setState(bytes, { offset: 1 });
      else this.#reader.patch(bytes, { offset: 1 });
    }
  }

  /** Undefined as long as it was sent no world. */
  get tick(): number | undefined {
    return this.#state.tick;
  }

  get seats(): unknown {
    return this.#state.seats?.toJSON();
  }

  /** The world as anybody reads it who walks through the decoded state. */
  get world(): Record<string, unknown> {
    return walk({ kind: "record", record: this.#layout }, this.#state.world) as Record<string, unknown>;
  }

  /** The world as the page reads it. */
  get page(): Record<string, unknown> {
    return plainRecord(this.#layout, this.#state.world);
  }

  get #state(): Received {
    return this.#reader.getState() as Received;
  }

  #connect(): Client {
    const raw = (bytes: Uint8Array): void => void this.#inbox.push(bytes);
    return { state: ClientState.JOINING, raw } as unknown as Client;
  }
}

function walk(type: FieldType, from: unknown): unknown {
  if (type.kind === "record")
    return Object.fromEntries(
      type.record.fields.map(({ name, type: of }) => [name, walk(of, (from as Record<string, unknown>)[name])]),
    );
  if (type.kind === "array") return Array.from(from as Iterable<unknown>, (item) => walk(type.of, item));
  if (type.kind !== "map") return from;
  return new Map(Array.from(from as Map<string, unknown>, ([key, item]) => [Number(key), walk(type.of, item)]));
}
