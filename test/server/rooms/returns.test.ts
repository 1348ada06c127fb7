/** Returns to a seat in a real room of Colyseus: cut at any message, reloaded, in any order; the seat is the same at every instant. */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import type { MemorySocket } from "../../kit/memory/room-in-memory.ts";
import { placeOf, sitDown, wait, withTable } from "../../kit/parts/returning.ts";
import { rerun, seeds } from "../../kit/seeds.ts";

const table = withTable();

describe("the seat of a connection that is cut", () => {
  it.each([
    ["before it has acknowledged the join", false, 4900],
    ["after it", true, 29_900],
  ])("%s is held, away at once, and had again", async (_when, isAcknowledged, awayMs) => {
    const { socket, session } = await table().join();
    const seat = table().room.match.seats.seatOf(session);
    if (isAcknowledged) socket.acknowledge();
    socket.die();
    expect(placeOf(session)).toEqual([seat, true]);
    await wait(awayMs);
    const back = await table().retry(session, socket.ticket!);
    expect(placeOf(session)).toEqual([seat, false]);
    back.acknowledge();
    expect(table().room.clients.length).toBe(1);
  });

  it("is held again when the return is cut before a word was said, however often within two minutes", async () => {
    const { socket, session, seat, ticket } = await sitDown();
    socket.die();
    for (let i = 0; i < 20; i++) {
      await wait(5000);
      const back = await table().retry(session, ticket);
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
    expect(await table().enter(ticket)).toBeUndefined();
    await table().retry(session, ticket);
    expect(table().refusals).toEqual(["seat reservation expired."]);
  });

  it("is given up at once by who says goodbye, and by who is thrown out, who cannot come again meanwhile", async () => {
    const leaver = await sitDown();
    const LEAVE_ROOM = 12;
    leaver.socket.hear(LEAVE_ROOM);
    await wait(0);
    expect(placeOf(leaver.session)).toEqual([undefined, false]);
    const flooder = await sitDown();
    flooder.socket.close(CLOSE_CODES["operator/kicked"].code);
    expect(await table().enter(flooder.ticket), "while it is being closed").toBeUndefined();
    await table().retry(flooder.session, flooder.ticket);
    expect(table().refusals).toHaveLength(1);
    flooder.socket.die();
    await wait(0);
    expect(placeOf(flooder.session)).toEqual([undefined, false]);
    expect(await table().enter(flooder.ticket)).toBeUndefined();
  });

  it("of who comes now and then and says a word is not held for ever", async () => {
    const { socket, session, ticket } = await sitDown();
    let last: MemorySocket = socket;
    const since = performance.now();
    for (;;) {
      last.die();
      await wait(29_000);
      if (placeOf(session)[0] === undefined) break;
      last = await table().retry(session, ticket);
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
      last = await table().retry(session, ticket);
      last.acknowledge();
      await wait(21_000);
      expect(placeOf(session)).toEqual([seat, false]);
    }
  });

  it("of who never says a word is free soon: a page that dies while it joins has no ticket to come back with", async () => {
    const { socket, session } = await table().join();
    socket.die();
    await wait(5100);
    expect(placeOf(session)).toEqual([undefined, false]);
    const mute = await table().join();
    mute.socket.die(CLOSE_CODES["join/unacknowledged"].code);
    await wait(5100);
    expect(placeOf(mute.session)).toEqual([undefined, false]);
  });

  it("of who never says a word, but shows the ticket, is held as long as any", async () => {
    const { socket, session } = await table().join();
    socket.die();
    const back = await table().retry(session, socket.ticket!);
    back.die();
    await wait(29_900);
    expect(placeOf(session)[1]).toBe(true);
    expect(await table().enter(socket.ticket!)).toBeDefined();
  });
});

/** Everything that can happen to a window and its connections, in any order. */
async function live(random: WorldRandom): Promise<void> {
  const { socket, session } = await table().join();
  const { seats } = table().room.match;
  const seat = seats.seatOf(session);
  const sockets: MemorySocket[] = [socket];
  const welcomed = new Set<MemorySocket>();
  let stored: string | undefined;
  /** Until then its seat is held for five seconds only. */
  let isKnown = false;
  const steps: Record<string, () => Promise<void> | void> = {
    // The welcome arrives, and the page stores what is in it.
    store: () => {
      const last = sockets.at(-1)!;
      stored = last.ticket ?? stored;
      welcomed.add(last);
    },
    acknowledge: () => {
      const socket = [...welcomed].at(random.int(0, Math.max(0, welcomed.size - 1)));
      isKnown ||= socket?.readyState === 1;
      socket?.acknowledge();
    },
    cut: () => sockets[random.int(0, sockets.length - 1)]!.die(),
    retry: async () => {
      if (stored === undefined) return;
      isKnown = true;
      sockets.push(await table().retry(session, stored));
    },
    reload: async () => {
      if (stored === undefined) return;
      isKnown = true;
      const entered = await table().enter(stored);
      expect(entered, "what the page has stored opens the door").toBeDefined();
      sockets.push(entered!);
    },
    wait: () => wait(random.int(1, isKnown ? 1500 : 120)).then(() => {}),
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
  const last = (await table().enter(stored))!;
  last.acknowledge();
  expect(placeOf(session), done.join(" ")).toEqual([seat, false]);
  expect([last.closedWith, table().room.clients.length, table().refusals], done.join(" ")).toEqual([undefined, 1, []]);
  for (const other of sockets) if (other !== last) expect(other.readyState, done.join(" ")).not.toBe(1);
  last.hear(12);
  await wait(0);
  expect(placeOf(session)).toEqual([undefined, false]);
}

it("whatever happens in whatever order, the seat is the same, and the last window that comes plays", async () => {
  for (const seed of seeds(200, 20))
    await live(new WorldRandom(seed)).catch((cause: Error) => {
      throw new Error(
        `seed ${seed}; run again: ${rerun("test/server/rooms/returns.test.ts", seed)}\n${cause.message}`,
        {
          cause,
        },
      );
    });
});
