/** The uses of Colyseus's patches, clock, messages and encoder by our ports. */
import { type Client, ClientState, Room, SchemaSerializer, type Serializer } from "@colyseus/core";
import { Decoder, Encoder, type Schema, schema, t } from "@colyseus/schema";
import { WebSocketClient } from "@colyseus/ws-transport";
import { expect, vi } from "vitest";
import {
  BYTES_MESSAGE,
  classifyMessage,
  FULL_STATE,
  isSmallTalk,
  namedMessage,
  STATE_PATCH,
  TO_ROOT,
} from "../../../server/colyseus/envelope.ts";
import { prepareGlobals } from "../../../server/colyseus/globals.ts";
import { NO_PATCH_TIMER_MS, PatchClock, showState } from "../../../server/colyseus/patches.ts";
import { growQuietly, RefIds } from "../../../server/colyseus/schema-encoder.ts";
import { connect, join, openStock, reserve } from "./stock-room.ts";
import { rename, replace, type Use } from "./use.ts";

const Point = schema({ x: t.int32() }, "InsidesPoint");
const Board = schema({ n: t.int32(), point: t.ref(Point), text: t.string() }, "InsidesBoard");
const createBoard = () => new Board({ n: 1, point: new Point({ x: 2 }), text: "" });

const proto = Room.prototype;
type Method = (this: Room, ...values: unknown[]) => unknown;
const wrap = (name: string, by: (stock: Method) => Method) => (): (() => void) => replace(proto, name, by as never);

const recording = () => ({
  id: "schema",
  reset: vi.fn(),
  handshake: vi.fn(() => Uint8Array.of(7)),
  getFullState: vi.fn(() => Uint8Array.of(14, 1)),
  applyPatches: vi.fn(() => true),
});

export const STATE_USES: readonly Use[] = [
  {
    name: "setSerializer, reset, handshake, getFullState and applyPatches of a serializer",
    port: "patches.ts",
    async check() {
      const room = await openStock();
      const serializer = recording();
      const state = createBoard();
      showState(room as Room<{ state: Schema }>, state, serializer as unknown as Serializer<Schema>);
      expect([serializer.reset.mock.calls, room.state === state]).toEqual([[[state]], true]);
      const { client } = await join(room);
      expect(serializer.handshake).toHaveBeenCalledOnce();
      expect((serializer.getFullState.mock.calls as unknown[][]).map(([who]) => who)).toEqual([client]);
      room.broadcastPatch();
      const [[clients, patched]] = serializer.applyPatches.mock.calls as unknown as [[Client[], unknown]];
      expect([[...clients][0] === client, clients.length, patched === state]).toEqual([true, 1, true]);
    },
    doctor: wrap(
      "broadcastPatch",
      () =>
        function (this: Room) {
          const { _serializer } = this as unknown as { readonly _serializer: Serializer<unknown> };
          return _serializer.applyPatches(this.state as never, this.clients as never);
        },
    ),
  },
  {
    name: "broadcastPatch, which ticks the clock",
    port: "patches.ts",
    async check() {
      const room = await openStock();
      const tick = vi.spyOn(room.clock, "tick");
      const patches = new PatchClock(room);
      patches.send();
      expect(tick, "once in a tick with a patch").toHaveBeenCalledTimes(1);
      patches.skip();
      expect(tick, "and once in a tick without").toHaveBeenCalledTimes(2);
    },
    doctor: wrap(
      "broadcastPatch",
      (stock) =>
        function (this: Room) {
          this.clock.tick();
          return stock.call(this);
        },
    ),
  },
  {
    name: "patchRate, whose timer is the only one that would tick the clock",
    port: "patches.ts",
    async check() {
      const timers = vi.spyOn(globalThis, "setInterval");
      try {
        await openStock((room) => {
          room.patchRate = NO_PATCH_TIMER_MS;
        });
        expect(timers.mock.calls.map(([, delay]) => delay)).toEqual([NO_PATCH_TIMER_MS]);
      } finally {
        timers.mockRestore();
      }
    },
    doctor: wrap(
      "__init",
      (stock) =>
        function (this: Room) {
          stock.call(this);
          clearInterval(setInterval(() => {}, 16));
        },
    ),
  },
  {
    name: "the opcodes of messages, full states and patches",
    port: "envelope.ts",
    async check() {
      const room = await openStock();
      (room as Room<{ state: Schema }>).state = createBoard();
      const { client, end } = await join(room);
      expect(end.sent[1]![0], "a full state").toBe(FULL_STATE[0]);
      (room.state as InstanceType<typeof Board>).n++;
      room.broadcastPatch();
      expect(end.sent[2]![0], "a patch").toBe(STATE_PATCH[0]);
      client.send("chat", { text: "hi" });
      expect(end.sent[3]).toEqual(Uint8Array.from(namedMessage("chat", { text: "hi" })));
      expect(classifyMessage(Uint8Array.from(end.sent[3]!)).kind, "as a client sends it").toBe("chat");
      expect(isSmallTalk(end.sent[3], 512)).toBe(true);
      client.sendBytes(3, Uint8Array.of(9));
      expect(end.sent[4]).toEqual(Uint8Array.of(BYTES_MESSAGE, 3, 9));
    },
    doctor: () =>
      replace(
        WebSocketClient.prototype,
        "raw",
        (stock) =>
          function (this: unknown, bytes: Uint8Array, ...rest: unknown[]) {
            return (stock as unknown as Method).call(
              this as Room,
              Uint8Array.of(bytes[0]! + 1, ...bytes.slice(1)),
              ...rest,
            );
          } as never,
      ),
  },
  {
    name: "reconnectionToken, which the welcome carries",
    port: "connecting.ts",
    async check() {
      const room = await openStock((made) => {
        made.onJoin = (client) => {
          client.reconnectionToken = "ticket";
        };
      });
      const { end } = await join(room);
      expect(Buffer.from(end.sent[0]!).subarray(0, 8).toString("latin1")).toBe("\x0a\x06ticket");
    },
    doctor: wrap(
      "_onJoin",
      (stock) =>
        function (this: Room, ...values) {
          Object.defineProperty(values[0], "reconnectionToken", { get: () => "other", set() {} });
          return stock.call(this, ...values);
        },
    ),
  },
  {
    name: "state of a client, JOINED by its acknowledgement and not before",
    port: "message-interceptor.ts",
    async check() {
      const room = await openStock();
      const { client, end } = await connect(room, await reserve(room));
      expect(client.state).toBe(ClientState.JOINING);
      end.acknowledge();
      expect(client.state).toBe(ClientState.JOINED);
    },
    doctor: wrap("_onMessage", () => function (this: Room) {}),
  },
  {
    name: "nextUniqueId of an encoder's root, where its objects' numbers come from",
    port: "schema-encoder.ts",
    check() {
      const ids = new RefIds();
      const encoders = [createBoard(), createBoard()].map((board) => {
        const encoder = new Encoder(board);
        ids.adopt(encoder);
        return { board, encoder };
      });
      const numbers = encoders.map(({ board, encoder }) => {
        board.point = new Point({ x: 3 });
        encoder.encode();
        return (board.point as unknown as Record<symbol, number>)[
          Object.getOwnPropertySymbols(board.point).find(({ description = "" }) => /refId/i.test(description))!
        ];
      });
      expect(new Set(numbers).size, `no number twice: ${numbers}`).toBe(2);
      expect(Math.min(...(numbers as number[]))).toBeGreaterThan(0);
    },
    doctor: () => replace(RefIds.prototype, "adopt", () => (() => {}) as never),
  },
  {
    name: "_resizeBuffer and sharedBuffer of an encoder",
    port: "schema-encoder.ts",
    check() {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
      try {
        const board = createBoard();
        const encoder = new Encoder(board);
        growQuietly(encoder);
        board.text = "x".repeat(3 * Encoder.BUFFER_SIZE);
        expect(encoder.encodeAll().length).toBeGreaterThan(3 * Encoder.BUFFER_SIZE);
        const { sharedBuffer } = encoder as unknown as { readonly sharedBuffer: Uint8Array };
        expect(sharedBuffer.length, "it goes on with the larger one").toBeGreaterThan(3 * Encoder.BUFFER_SIZE);
        expect(warn).not.toHaveBeenCalled();
      } finally {
        warn.mockRestore();
      }
    },
    doctor: () => rename(Encoder.prototype, "_resizeBuffer"),
  },
  {
    name: "the bytes by which a decoder goes back to the state itself",
    port: "envelope.ts",
    check() {
      const board = createBoard();
      const encoder = new Encoder(board);
      const decoder = new Decoder(new Board());
      decoder.decode(encoder.encodeAll().slice());
      encoder.discardChanges();
      const change = (write: () => void): Uint8Array => {
        write();
        const bytes = encoder.encode().slice();
        encoder.discardChanges();
        return bytes;
      };
      const inside = change(() => {
        board.point.x = 7;
      });
      const outside = change(() => {
        board.n = 9;
      });
      decoder.decode(Buffer.concat([inside, TO_ROOT, outside]));
      expect([decoder.state.point.x, decoder.state.n]).toEqual([7, 9]);
    },
    doctor: () => {
      const [code] = TO_ROOT;
      TO_ROOT[0] = 254;
      return () => {
        TO_ROOT[0] = code!;
      };
    },
  },
  {
    name: "Encoder.BUFFER_SIZE and the global WebSocket",
    port: "globals.ts",
    check() {
      prepareGlobals();
      const serializer = new SchemaSerializer();
      serializer.reset(createBoard() as never);
      const { encoder } = serializer as unknown as { readonly encoder: { readonly sharedBuffer: Uint8Array } };
      expect(encoder.sharedBuffer.length).toBe(64 * 1024);
      expect(typeof WebSocket).toBe("function");
    },
    doctor: () => {
      const stock = SchemaSerializer.prototype.reset;
      SchemaSerializer.prototype.reset = function (this: unknown) {
        (this as { encoder: unknown }).encoder = { sharedBuffer: new Uint8Array(8192) };
      };
      return () => {
        SchemaSerializer.prototype.reset = stock;
      };
    },
  },
];
