/** Chat under chaos: lines are cut at any moment, pages reload, people mute; each line arrives once, and no receipt lies. */
import { expect, it } from "vitest";
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import { everySeed } from "../kit/every-seed.ts";
import { type ChatSeat, ChatTable } from "../kit/memory/chat-table.ts";

const FILE = "test/chat/chat-chaos.test.ts";
const STEPS = 120;

/** Nobody is told that somebody has a line who has never had it. */
function checkReceipts(seats: readonly ChatSeat[]): void {
  const byId = new Map(seats.map((seat) => [seat.sessionId, seat]));
  for (const { client } of seats)
    for (const line of client.lines.filter((one) => client.isOwn(one))) {
      const { read, delivered } = client.receiptsOf(line);
      for (const { id } of [...read, ...delivered])
        expect(byId.get(id)!.received, `line ${line.id}`).toContain(line.id);
    }
}

function act(table: ChatTable, random: WorldRandom, said: Map<string, string[]>): void {
  const seat = random.pick(table.seats);
  const other = random.pick(table.seats);
  table.now += random.int(0, 2000);
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2: {
      const own = said.get(seat.sessionId)!;
      const text = `${seat.sessionId} ${own.length}`;
      if (seat.client.say(text)) own.push(text);
      break;
    }
    case 3:
      table.pumpUp(seat, random.int(0, 4));
      break;
    case 4:
      table.pumpDown(seat, random.int(0, 4));
      break;
    case 5:
      seat.client.markRead();
      break;
    case 6:
      table.flush();
      break;
    case 7:
      if (seat.isOnline) table.drop(seat);
      else table.back(seat);
      break;
    case 8:
      if (other !== seat) seat.client.mute(other.sessionId, random.chance(0.5));
      break;
    case 9:
      for (const each of table.seats) table.pumpDown(each);
  }
}

it("every line is there once, in order of each author, and receipts are true at every moment", () => {
  let lines = 0;
  everySeed(FILE, (random) => {
    const table = new ChatTable();
    const seats = ["ada", "lin", "bo", "eve"].map((id, seat) => table.join(id, seat === 3 ? undefined : seat));
    const said = new Map(seats.map(({ sessionId }) => [sessionId, [] as string[]]));
    for (let step = 0; step < STEPS; step++) {
      act(table, random, said);
      checkReceipts(seats);
    }
    for (const seat of seats) if (!seat.isOnline) table.back(seat);
    table.settle();
    table.now += 60_000;
    for (const seat of seats) for (const other of seats) if (other !== seat) seat.client.mute(other.sessionId, false);
    table.settle();
    checkReceipts(seats);
    const refused = new Set(seats.flatMap((seat) => seat.refused.map(([, text]) => text)));
    for (const [id, texts] of said) {
      const expected = texts.filter((text) => !refused.has(text));
      lines += expected.length;
      for (const seat of seats) expect(seat.texts.filter((text) => text.startsWith(id))).toEqual(expected);
    }
    for (const { client } of seats) {
      expect(client.pending).toEqual([]);
      client.markRead();
    }
    table.settle();
    for (const { client } of seats) {
      expect(client.unread).toBe(0);
      expect(client.lines.map(({ id }) => id)).toEqual(client.lines.map((_, i) => i + 1));
    }
  });
  expect(lines).toBeGreaterThan(50);
});

it("a reloaded page asks for what it lacks, and knows what was read", () => {
  const table = new ChatTable();
  const [ada, lin] = [table.join("ada", 0), table.join("lin", 1)];
  for (const text of ["one", "two"]) ada.client.say(text);
  table.settle();
  lin.client.markRead();
  ada.client.say("three");
  table.settle();
  table.drop(lin);
  ada.client.say("four");
  table.settle();
  table.back(lin, true);
  table.settle();
  expect(lin.texts).toEqual(["one", "two", "three", "four"]);
  expect(lin.client.unread).toBe(2);
});

it("what was said without a connection is said once when there is one, even the first line of a room", () => {
  const table = new ChatTable();
  const [ada, lin] = [table.join("ada", 0), table.join("lin", 1)];
  table.drop(ada);
  ada.client.say("hello?");
  expect(ada.client.pending.map(({ text }) => text)).toEqual(["hello?"]);
  table.back(ada);
  table.settle();
  expect([lin.texts, ada.client.pending]).toEqual([["hello?"], []]);
  // Taken by the server, and the connection is gone before the author knows.
  ada.client.say("still there?");
  table.pumpUp(ada);
  table.drop(ada);
  table.back(ada);
  table.settle();
  expect([lin.texts, ada.client.pending]).toEqual([["hello?", "still there?"], []]);
});
