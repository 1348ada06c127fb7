/** Returns to a seat in a real room of Colyseus: cut at any message, reloaded, doubled; the seat is the same at every instant. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Tickets } from "../../../server/rooms/returns/tickets.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../shared/games/index.ts";
import { type MemorySocket, RoomInMemory } from "../../kit/room-in-memory.ts";
import { rerun, seeds } from "../../kit/seeds.ts";

const game = games[0]!;
const ELSEWHERE = CLOSE_CODES["seat/elsewhere"].code;
const MAY_TRY_RECONNECT = 4010;

const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

let table: RoomInMemory;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"] });
  table = await RoomInMemory.open(game);
});
afterEach(async () => {
  const closed = table.close();
  await wait(2000);
  await closed;
  vi.useRealTimers();
});

/** Somebody who has joined, with the ticket. */
async function sitDown() {
  const { socket, session } = await table.join();
  const seat = table.room.match.seats.seatOf(session)!;
  socket.acknowledge();
  return { socket, session, seat, ticket: socket.ticket! };
}

/** Where the session sits, and whether it is shown as away; nowhere is undefined. */
const placeOf = (session: string): readonly [number | undefined, boolean] => {
  const { seats } = table.room.match;
  const seat = seats.seatOf(session);
  return [seat, seat !== undefined && seats.isAway(seat)];
};

describe("the seat of a connection that is cut", () => {
  it.each([
    ["before it has acknowledged the join", false],
    ["after it", true],
  ])("%s is held, away at once, and had again", async (_when, isAcknowledged) => {
    const { socket, session } = await table.join();
    const seat = table.room.match.seats.seatOf(session);
    if (isAcknowledged) socket.acknowledge();
    socket.die();
    expect(placeOf(session)).toEqual([seat, true]);
    await wait(29_000);
    const back = await table.retry(session, socket.ticket!);
    expect(placeOf(session)).toEqual([seat, false]);
    back.acknowledge();
    expect(table.room.clients.length).toBe(1);
  });

  it("is held again when the return is cut before a word was said, however often within two minutes", async () => {
    const { socket, session, seat, ticket } = await sitDown();
    socket.die();
    for (let i = 0; i < 20; i++) {
      await wait(5000);
      const back = await table.retry(session, ticket);
      expect(back.ticket, `return ${i}`).toBe(ticket);
      expect(placeOf(session)).toEqual([seat, false]);
      back.die();
      expect(placeOf(session)).toEqual([seat, true]);
    }
    await wait(31_000);
    expect(placeOf(session)).toEqual([undefined, false]);
  });

  it("is given up after the time, and then the ticket opens nothing", async () => {
    const { socket, session, ticket } = await sitDown();
    socket.die();
    await wait(31_000);
    expect(placeOf(session)).toEqual([undefined, false]);
    expect(await table.enter(ticket)).toBeUndefined();
    await table.retry(session, ticket);
    expect(table.refusals).toEqual(["seat reservation expired."]);
  });

  it("is given up at once by who says goodbye, and by who is thrown out, who cannot come again meanwhile", async () => {
    const leaver = await sitDown();
    const LEAVE_ROOM = 12;
    leaver.socket.hear(LEAVE_ROOM);
    await wait(0);
    expect(placeOf(leaver.session)).toEqual([undefined, false]);
    const flooder = await sitDown();
    flooder.socket.close(CLOSE_CODES["operator/kicked"].code);
    expect(await table.enter(flooder.ticket), "while it is being closed").toBeUndefined();
    await table.retry(flooder.session, flooder.ticket);
    expect(table.refusals).toHaveLength(1);
    flooder.socket.die();
    await wait(0);
    expect(placeOf(flooder.session)).toEqual([undefined, false]);
    expect(await table.enter(flooder.ticket)).toBeUndefined();
  });

  it("of who comes now and then and says a word is not held for ever", async () => {
    const { socket, session, ticket } = await sitDown();
    let last: MemorySocket = socket;
    const since = performance.now();
    for (;;) {
      last.die();
      await wait(29_000);
      if (placeOf(session)[0] === undefined) break;
      last = await table.retry(session, ticket);
      last.acknowledge();
      await wait(100);
    }
    expect(performance.now() - since).toBeLessThan(180_000);
  });

  it("of who is here more than away is held as often as needed", async () => {
    const { socket, session, seat, ticket } = await sitDown();
    let last: MemorySocket = socket;
    for (let i = 0; i < 30; i++) {
      last.die();
      await wait(20_000);
      last = await table.retry(session, ticket);
      last.acknowledge();
      await wait(21_000);
      expect(placeOf(session)).toEqual([seat, false]);
    }
  });

  it("of who never acknowledges is free in bounded time", async () => {
    const { socket, session } = await table.join();
    socket.die();
    await wait(31_000);
    expect(placeOf(session)).toEqual([undefined, false]);
  });
});

describe("a second window with the same ticket", () => {
  it("has the seat, and the first is told so as soon as the second has said a word; back again the same way", async () => {
    const first = await sitDown();
    const second = (await table.enter(first.ticket))!;
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    expect(first.socket.closedWith, "nobody knows yet whether the second lives").toBeUndefined();
    second.acknowledge();
    expect(first.socket.closedWith).toBe(ELSEWHERE);
    first.socket.die();
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    const again = (await table.enter(first.ticket))!;
    again.acknowledge();
    expect([second.closedWith, again.closedWith]).toEqual([ELSEWHERE, undefined]);
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    expect(table.room.clients.length).toBe(1);
  });

  it("has it in a full room too", async () => {
    const players = [];
    for (let seat = 0; seat < game.seats.max; seat++) players.push(await sitDown());
    await expect(table.join()).rejects.toThrow();
    const [first] = players;
    const second = (await table.enter(first!.ticket))!;
    second.acknowledge();
    expect([first!.socket.closedWith, placeOf(first!.session)]).toEqual([ELSEWHERE, [first!.seat, false]]);
    expect(table.room.match.seats.held("player")).toBe(game.seats.max);
  });

  it("gives it back when it dies before it has said a word: the first tries again at once", async () => {
    const first = await sitDown();
    const zombie = (await table.enter(first.ticket))!;
    zombie.die();
    expect(first.socket.closedWith).toBe(MAY_TRY_RECONNECT);
    first.socket.die();
    const back = await table.retry(first.session, first.ticket);
    back.acknowledge();
    expect([back.closedWith, placeOf(first.session)]).toEqual([undefined, [first.seat, false]]);
  });

  it("keeps it from the first when that one had lost its connection and tries by itself, and the first is told", async () => {
    const first = await sitDown();
    first.socket.die();
    const second = (await table.enter(first.ticket))!;
    second.acknowledge();
    const late = await table.retry(first.session, first.ticket);
    expect([late.closedWith, second.closedWith]).toEqual([ELSEWHERE, undefined]);
    expect(placeOf(first.session)).toEqual([first.seat, false]);
    // And when the second is gone, the first may.
    second.die();
    const back = await table.retry(first.session, first.ticket);
    expect([back.closedWith, placeOf(first.session)]).toEqual([undefined, [first.seat, false]]);
  });

  it("says nothing more for the seat once it has been taken over", async () => {
    const first = await sitDown();
    const second = (await table.enter(first.ticket))!;
    second.acknowledge();
    const { answers } = table.room.match.reception;
    const before = new Map(answers);
    first.socket.readyState = 1;
    first.socket.acknowledge();
    first.socket.hear(13, 1, 2, 3);
    expect(new Map(table.room.match.reception.answers)).toEqual(before);
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
    new Tickets().issue(table.room.roomId, { session, entry: 0 }),
  ];

  it("opens nothing, held or connected, and disturbs nobody", async () => {
    const { socket, session, seat, ticket } = await sitDown();
    for (const isHeld of [false, true]) {
      if (isHeld) socket.die();
      for (const forged of forgeries(ticket, session)) {
        expect(await table.enter(forged as string), String(forged)).toBeUndefined();
        const refused = await table.retry(session, forged as string);
        expect([refused.closedWith, refused.ticket]).toEqual([4003, undefined]);
        expect(placeOf(session)).toEqual([seat, isHeld]);
      }
    }
    const other = await sitDown();
    expect((await table.retry(session, other.ticket)).closedWith, "that of somebody else").toBe(4003);
    expect((await table.connect(session)).closedWith, "none").toBe(4003);
    expect((await table.connect("__proto__", "x")).closedWith).toBe(4003);
  });
});

/** Everything that can happen to a window and its connections, in any order. */
async function live(random: WorldRandom): Promise<void> {
  const { socket, session } = await table.join();
  const { seats } = table.room.match;
  const seat = seats.seatOf(session);
  const sockets: MemorySocket[] = [socket];
  const welcomed = new Set<MemorySocket>();
  let stored: string | undefined;
  const steps: Record<string, () => Promise<void> | void> = {
    // The welcome arrives, and the page stores what is in it.
    store: () => {
      const last = sockets.at(-1)!;
      stored = last.ticket ?? stored;
      welcomed.add(last);
    },
    acknowledge: () => [...welcomed].at(random.int(0, Math.max(0, welcomed.size - 1)))?.acknowledge(),
    cut: () => sockets[random.int(0, sockets.length - 1)]!.die(),
    retry: async () => {
      if (stored !== undefined) sockets.push(await table.retry(session, stored));
    },
    reload: async () => {
      if (stored === undefined) return;
      const entered = await table.enter(stored);
      expect(entered, "what the page has stored opens the door").toBeDefined();
      sockets.push(entered!);
    },
    wait: () => wait(random.int(1, 1500)).then(() => {}),
  };
  const names = Object.keys(steps);
  const done: string[] = [];
  for (let i = 0; i < 40; i++) {
    const name = names[random.int(0, names.length - 1)]!;
    done.push(name);
    await steps[name]!();
    expect(seats.seatOf(session), done.join(" ")).toBe(seat);
  }
  stored ??= socket.ticket!;
  const last = (await table.enter(stored))!;
  last.acknowledge();
  expect(placeOf(session), done.join(" ")).toEqual([seat, false]);
  expect([last.closedWith, table.room.clients.length, table.refusals], done.join(" ")).toEqual([undefined, 1, []]);
  for (const other of sockets) if (other !== last) expect(other.readyState, done.join(" ")).not.toBe(1);
  last.hear(12);
  await wait(0);
  expect(placeOf(session)).toEqual([undefined, false]);
}

it("whatever happens in whatever order, the seat is the same, and the last window that comes plays", async () => {
  for (const seed of seeds(200, 50))
    await live(new WorldRandom(seed)).catch((cause: Error) => {
      throw new Error(
        `seed ${seed}; run again: ${rerun("test/server/parts/returns.test.ts", seed)}\n${cause.message}`,
        {
          cause,
        },
      );
    });
});
