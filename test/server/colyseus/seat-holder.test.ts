/** Whose seat it is: of whom it was reserved for, and of whom is connected to it. */
import { expect, it, vi } from "vitest";
import { roomTypeOf, seatHolder } from "../../../server/colyseus/seat-holder.ts";

const ROOM = {
  roomName: "tag",
  _reservedSeats: { reserved: [{}, { subject: "ada" }], guest: [{}, {}], nobody: [{}, undefined] },
  clients: new Map([
    ["connected", { auth: { subject: "bob" } }],
    ["stranger", { auth: undefined }],
  ]),
};

// Colyseus's module cannot be spied on, and a real room would need a server.
vi.mock("@colyseus/core", async (stock) => ({
  ...(await stock<object>()),
  matchMaker: { getLocalRoomById: (id: string) => (id === "room" ? ROOM : undefined) },
}));

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
