/** A second window with a seat's ticket, and tickets that are none: in a real room of Colyseus. */
import { describe, expect, it } from "vitest";
import { Tickets } from "../../../server/identity/tickets.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import { game, placeOf, sitDown, withTable } from "../../kit/parts/returning.ts";

const ELSEWHERE = CLOSE_CODES["seat/elsewhere"].code;
const MAY_TRY_RECONNECT = 4010;

const table = withTable();

describe("a second window with the same ticket", () => {
  it("has the seat, and the first is told so as soon as the second has said a word; back again the same way", async () => {
    const first = await sitDown();
    const second = (await table().enter(first.ticket))!;
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    expect(first.socket.closedWith, "nobody knows yet whether the second lives").toBeUndefined();
    second.acknowledge();
    expect(first.socket.closedWith).toBe(ELSEWHERE);
    first.socket.die();
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    const again = (await table().enter(first.ticket))!;
    again.acknowledge();
    expect([second.closedWith, again.closedWith]).toEqual([ELSEWHERE, undefined]);
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    expect(table().room.clients.length).toBe(1);
  });

  it("has it in a full room too", async () => {
    const players = [];
    for (let seat = 0; seat < game.seats.max; seat++) players.push(await sitDown());
    await expect(table().join()).rejects.toThrow();
    const [first] = players;
    const second = (await table().enter(first!.ticket))!;
    second.acknowledge();
    expect([first!.socket.closedWith, placeOf(first!.session)]).toEqual([ELSEWHERE, [first!.seat, false]]);
    expect(table().room.match.seats.held("player")).toBe(game.seats.max);
  });

  it("gives it back when it dies before it has said a word: the first tries again at once", async () => {
    const first = await sitDown();
    const zombie = (await table().enter(first.ticket))!;
    zombie.die();
    expect(first.socket.closedWith).toBe(MAY_TRY_RECONNECT);
    first.socket.die();
    const back = await table().retry(first.session, first.ticket);
    back.acknowledge();
    expect([back.closedWith, placeOf(first.session)]).toEqual([undefined, [first.seat, false]]);
  });

  it("keeps it from the first when that one had lost its connection and tries by itself, and the first is told", async () => {
    const first = await sitDown();
    first.socket.die();
    const second = (await table().enter(first.ticket))!;
    second.acknowledge();
    const late = await table().retry(first.session, first.ticket);
    expect([late.closedWith, second.closedWith]).toEqual([ELSEWHERE, undefined]);
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    // And when the second is gone, the first may.
    second.die();
    const back = await table().retry(first.session, first.ticket);
    expect([back.closedWith, placeOf(first.session)]).toEqual([undefined, [first.seat, false]]);
  });

  it("says nothing more for the seat once it has been taken over", async () => {
    const first = await sitDown();
    const second = (await table().enter(first.ticket))!;
    second.acknowledge();
    const { answers } = table().room.match.sessions;
    const before = new Map(answers);
    first.socket.readyState = 1;
    first.socket.acknowledge();
    first.socket.hear(13, 1, 2, 3);
    expect(new Map(table().room.match.sessions.answers)).toEqual(before);
  });
});

describe("a ticket that is forged", () => {
  const forgeries = (ticket: string, session: string): readonly unknown[] => [
    "forged",
    "__proto__",
    "",
    `${session}.0.${"A".repeat(32)}`,
    ticket.slice(0, -1) + (ticket.endsWith("A") ? "B" : "A"),
    `${ticket}A`,
    ticket.replace(".0.", ".1."),
    ticket.replace(session, "somebody0"),
    new Tickets().issue(table().room.roomId, { session, entry: 0 }),
  ];

  it("opens nothing, held or connected, and disturbs nobody", async () => {
    const { socket, session, seat, ticket } = await sitDown();
    for (const isHeld of [false, true]) {
      if (isHeld) socket.die();
      for (const forged of forgeries(ticket, session)) {
        expect(await table().enter(forged as string), String(forged)).toBeUndefined();
        const refused = await table().retry(session, forged as string);
        expect([refused.closedWith, refused.ticket]).toEqual([4003, undefined]);
        expect(placeOf(session)).toEqual([seat, isHeld]);
      }
    }
    const other = await sitDown();
    expect((await table().retry(session, other.ticket)).closedWith, "that of somebody else").toBe(4003);
    expect((await table().connect(session)).closedWith, "none").toBe(4003);
    expect((await table().connect("__proto__", "x")).closedWith).toBe(4003);
  });
});
