/** The uses of Colyseus's patches, clock and messages by our ports. */
import { type Client, ClientState, Room, type Serializer } from "@colyseus/core";
import type { Schema } from "@colyseus/schema";
import { WebSocketClient } from "@colyseus/ws-transport";
import { expect, vi } from "vitest";
import {
  BYTES_MESSAGE,
  classifyMessage,
  FULL_STATE,
  isSmallTalk,
  namedMessage,
  STATE_PATCH,
} from "../../../server/colyseus/envelope.ts";
import { NO_PATCH_TIMER_MS, PatchClock, showState } from "../../../server/colyseus/patch-clock.ts";
import { createBoard } from "./board.ts";
import { connect, join, openStock, reserve } from "./stock-room.ts";
import { replace, type Use } from "./use.ts";

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
      (room.state as ReturnType<typeof createBoard>).n++;
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
];
