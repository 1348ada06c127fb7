/** The uses of Colyseus's room by our ports. */
import { type Client, CloseCode, matchMaker, Room, ServerError } from "@colyseus/core";
import { expect, vi } from "vitest";
import { dropUnnoticed, forgetQueued, interceptReturns } from "../../../server/colyseus/connecting.ts";
import { interceptMessages } from "../../../server/colyseus/message-interceptor.ts";
import {
  interceptReservations,
  RESERVATION_SECONDS,
  reservationOf,
  reservationsOf,
} from "../../../server/colyseus/reservations.ts";
import { connect, join, openStock, reserve } from "./stock-room.ts";
import { rename, replace, type Use } from "./use.ts";

type Method = (this: Room, ...values: unknown[]) => unknown;
const proto = Room.prototype;
const wrap = (name: string, by: (stock: Method) => Method) => (): (() => void) => replace(proto, name, by as never);

const returning = (comeBack = vi.fn(async (..._values: unknown[]) => {})) => ({
  admits: vi.fn((_session: string, _token: unknown) => true),
  sessionOf: vi.fn((_token: unknown): string | undefined => "s1"),
  comeBack,
});

const pending = (room: Room): Room => {
  room.onDrop = vi.fn();
  room.onLeave = vi.fn();
  return room;
};

export const ROOM_USES: readonly Use[] = [
  {
    name: "_onMessage",
    port: "message-interceptor.ts",
    async check() {
      const take = vi.fn((_client: Client, message: unknown) =>
        (message as Uint8Array).length === 1 ? ("for-colyseus" as const) : ("taken" as const),
      );
      const onJoined = vi.fn();
      const room = await openStock((made) => void interceptMessages(made, take, onJoined));
      const { client, end } = await join(room);
      expect(onJoined.mock.calls).toEqual([[client]]);
      end.hear(17, 3, 1);
      expect(take.mock.calls.map(([who, message]) => [who === client, [...(message as Uint8Array)]])).toEqual([
        [true, [10]],
        [true, [17, 3, 1]],
      ]);
    },
    // The silent way: messages are read by somebody else.
    doctor: wrap(
      "_onJoin",
      (stock) =>
        async function (this: Room, ...values) {
          await stock.call(this, ...values);
          const { ref } = values[0] as Client;
          ref.removeAllListeners("message");
          ref.on("message", (bytes) =>
            (proto as unknown as { _onMessage: Method })._onMessage.call(this, values[0], bytes),
          );
        },
    ),
  },
  {
    name: "_reservedSeats, a tuple of options, auth, used, and return",
    port: "reservations.ts",
    async check() {
      const auth = { subject: "ada" };
      const seen: unknown[] = [];
      const room = await openStock((made) => {
        made.onJoin = ({ sessionId }) => {
          seen.push(reservationOf(made, sessionId), reservationsOf(made));
        };
      });
      const session = await reserve(room, { watch: true });
      const reserved = { options: { watch: true }, auth, isUsed: false, isReturn: false };
      expect(reservationOf(room, session)).toEqual(reserved);
      expect(reservationsOf(room)).toEqual([reserved]);
      const { client, end } = await connect(room, session);
      end.acknowledge();
      expect(seen).toEqual([{ ...reserved, isUsed: true }, []]);
      expect(reservationOf(room, session)).toBeUndefined();
      room.allowReconnection(client, 5).catch(() => {});
      expect(reservationOf(room, session)).toEqual({ options: true, auth, isUsed: false, isReturn: true });
    },
    doctor: wrap(
      "_reserveSeat",
      (stock) =>
        async function (this: Room, ...values) {
          const isReserved = await stock.call(this, ...values);
          const seats = (this as unknown as { _reservedSeats: Record<string, unknown[]> })._reservedSeats;
          seats[String(values[0])]!.reverse();
          return isReserved;
        },
    ),
  },
  {
    name: "_reserveSeat",
    port: "reservations.ts",
    async check() {
      const gate = { admits: vi.fn(() => true), reserved: vi.fn() };
      const room = await openStock((made) => interceptReservations(made, gate));
      await reserve(room, { a: 1 });
      expect(gate.admits.mock.calls).toEqual([[{ a: 1 }]]);
      expect(gate.reserved.mock.calls).toEqual([[{ a: 1 }, RESERVATION_SECONDS]]);
      gate.admits.mockReturnValue(false);
      await expect(reserve(room)).rejects.toThrow();
    },
    doctor: () => rename(proto, "_reserveSeat"),
  },
  {
    name: "seatReservationTimeout, how long a reservation is kept",
    port: "reservations.ts",
    async check() {
      const room = await openStock();
      const timers = vi.spyOn(globalThis, "setTimeout");
      try {
        await reserve(room);
        const delays = timers.mock.calls.map(([, delay]) => delay);
        expect(delays).toContain(RESERVATION_SECONDS * 1000);
      } finally {
        timers.mockRestore();
      }
    },
    doctor: wrap(
      "_reserveSeat",
      (stock) =>
        function (this: Room, id, options, auth) {
          return stock.call(this, id, options, auth, 33);
        },
    ),
  },
  {
    name: "hasReservedSeat",
    port: "connecting.ts",
    async check() {
      const gate = returning();
      const room = await openStock((made) => interceptReturns(made, gate));
      await connect(room, "s1", { reconnectionToken: "t" });
      expect(gate.admits.mock.calls).toEqual([["s1", "t"]]);
    },
    doctor: () => rename(proto, "hasReservedSeat"),
  },
  {
    name: "checkReconnectionToken",
    port: "connecting.ts",
    async check() {
      const gate = returning();
      const room = await openStock((made) => interceptReturns(made, gate));
      const { sessionId } = await matchMaker.reconnect(room.roomId, { reconnectionToken: "t" });
      expect([sessionId, gate.sessionOf.mock.calls]).toEqual(["s1", [["t"]]]);
    },
    // Matchmaking asks somebody else: what a room has put in its place is not what is called.
    doctor: () => {
      const stock = Object.getOwnPropertyDescriptor(proto, "checkReconnectionToken")!;
      Object.defineProperty(proto, "checkReconnectionToken", { configurable: true, get: () => stock.value, set() {} });
      return () => void Object.defineProperty(proto, "checkReconnectionToken", stock);
    },
  },
  {
    name: "_onJoin",
    port: "connecting.ts",
    async check() {
      const comeBack = vi.fn(async (..._values: unknown[]) => {});
      const room = await openStock((made) => interceptReturns(made, returning(comeBack)));
      const how = { reconnectionToken: "t", skipHandshake: true };
      const { client } = await connect(room, "s1", how);
      expect(comeBack.mock.calls).toEqual([[client, how, expect.any(Function)]]);
      await join(room);
      expect(comeBack.mock.calls.length, "who is new comes Colyseus's way").toBe(1);
    },
    doctor: () => rename(proto, "_onJoin"),
  },
  {
    name: "_enqueuedMessages, by which allowReconnection refuses who has not acknowledged",
    port: "connecting.ts",
    async check() {
      const room = await openStock();
      const { client } = await connect(room, await reserve(room));
      await expect(room.allowReconnection(client, 1)).rejects.toBeInstanceOf(ServerError);
      forgetQueued(client);
      const refused = vi.fn();
      const held = room.allowReconnection(client, 5);
      held.catch(refused);
      await Promise.resolve();
      expect(refused).not.toHaveBeenCalled();
      held.reject(new Error("over"));
    },
    doctor: wrap(
      "allowReconnection",
      () =>
        function (this: Room) {
          return Promise.reject(new ServerError(1, "not joined"));
        },
    ),
  },
  {
    name: "_onLeave, with onleave and message as its client's listeners",
    port: "connecting.ts",
    async check() {
      const room = pending(await openStock());
      const { client, end } = await join(room);
      expect(end.listeners("close").length).toBe(1);
      dropUnnoticed(room, client);
      expect([end.listeners("close"), end.listeners("message")], "nobody hears it any more").toEqual([[], []]);
      expect(vi.mocked(room.onDrop!).mock.calls).toEqual([[client, CloseCode.MAY_TRY_RECONNECT]]);
      expect(room.clients.length).toBe(0);
    },
    doctor: wrap(
      "_onJoin",
      (stock) =>
        async function (this: Room, ...values) {
          await stock.call(this, ...values);
          const ref = (values[0] as Client).ref as unknown as Record<string, unknown>;
          ref.onLeave = ref.onleave;
          delete ref.onleave;
        },
    ),
  },
];
