/** The holder of a seat: the player it was reserved for, and the one who is connected to it. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";

const ROOM = {
  roomName: "tag",
  _reservedSeats: { reserved: [{}, { subject: "ada" }], guest: [{}, {}], nobody: [{}, undefined] },
  clients: new Map([
    ["connected", { auth: { subject: "bob" } }],
    ["stranger", { auth: undefined }],
  ]),
};

let seatHolder: typeof import("../../../server/colyseus/seat-holder.ts").seatHolder;
let roomTypeOf: typeof import("../../../server/colyseus/seat-holder.ts").roomTypeOf;

// Colyseus's module cannot be spied on, and a real room would need a server. Files of one worker share their modules.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock("@colyseus/core", async (stock) => ({
    ...(await stock<object>()),
    matchMaker: { getLocalRoomById: (id: string) => (id === "room" ? ROOM : undefined) },
  }));
  ({ seatHolder, roomTypeOf } = await import("../../../server/colyseus/seat-holder.ts"));
});

afterAll(() => {
  vi.doUnmock("@colyseus/core");
  vi.resetModules();
});

it.each([
  ["reserved", "ada"],
  ["connected", "bob"],
  ["guest", undefined],
  ["nobody", undefined],
  ["stranger", undefined],
  ["unknown", undefined],
])("of the session %s: %s", (session, subject) => {
  expect(seatHolder("room", session)).toBe(subject);
});

it("of a room that is none nobody's", () => {
  expect(seatHolder("none", "reserved")).toBeUndefined();
  expect([roomTypeOf("room"), roomTypeOf("none")]).toEqual(["tag", undefined]);
});
