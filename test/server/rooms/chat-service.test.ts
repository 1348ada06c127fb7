/** The chat's door: what goes out when, to whom, and what a slow client, a crowd, or a chat that is off cost. */
import { Protocol } from "@colyseus/core";
import { unpack } from "msgpackr";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ChatService, type ChatServices } from "../../../server/rooms/chat-service.ts";
import type { ClientPeer } from "../../../server/rooms/client-peer.ts";
import type { ChatNews, ChatRefusal } from "../../../shared/engine/protocol/chat.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SERVICES: ChatServices = { isOn: true, length: 300, linesPerMinute: 600 };
const FLUSH_MS = 200;
/** What was contained, and what it cost. */
const contained: string[] = [];
const contain = (error: unknown, cost: string): void => void contained.push(`${(error as Error).message}: ${cost}`);

/** A connection whose other end is this test. */
class Line {
  readonly sent: (readonly [type: string, message: unknown])[] = [];
  isJoined = true;
  bufferedBytes = 0;
  readonly options;
  readonly client = { raw: (frame: Uint8Array) => void this.sent.push(read(frame)) };
  readonly id: string;

  constructor(id: string) {
    this.id = id;
    this.options = { name: id.toUpperCase() };
  }

  get peer(): ClientPeer {
    return this as unknown as ClientPeer;
  }

  get news(): ChatNews[] {
    return this.sent.filter(([type]) => type === "chat").map(([, message]) => message as ChatNews);
  }

  get lines(): string[] {
    return this.news.flatMap(({ lines }) => lines.map(({ text }) => text));
  }
}

/** Who has a connection to the room. */
const here = new Map<string, ClientPeer>();

/** Somebody has a connection: the room knows, and the chat is told. */
function enter(operators: ChatService, { peer }: Line, seat: number | undefined): void {
  here.set(peer.id, peer);
  operators.admit(peer, seat);
}

/** As the SDK reads it: opcode, type, msgpack. */
function read(frame: Uint8Array): readonly [string, unknown] {
  expect(frame[0]).toBe(Protocol.ROOM_DATA);
  const length = frame[1]! - 0xa0;
  const type = Buffer.from(frame.subarray(2, 2 + length)).toString();
  return [type, unpack(frame.subarray(2 + length))];
}

function open(count: number, services: Partial<ChatServices> = {}): { operators: ChatService; lines: Line[] } {
  here.clear();
  const room = { roomId: "room", game: { name: "tag" }, faults: { contain } };
  const operators = new ChatService(room, { ...SERVICES, ...services }, () => here);
  const lines = Array.from({ length: count }, (_, seat) => new Line(`p${seat}`));
  for (const [seat, line] of lines.entries()) enter(operators, line, seat);
  return { operators, lines };
}

it("a room in which nobody says anything sends nothing, and has no timer after a moment", () => {
  const { lines } = open(3);
  vi.advanceTimersByTime(FLUSH_MS);
  expect([lines.map(({ sent }) => sent.length), vi.getTimerCount()]).toEqual([[0, 0, 0], 0]);
});

it("a line goes out at once; receipts of however many marks together, five times a second at most", () => {
  const { operators, lines } = open(16);
  operators.hear(lines[0]!.peer, { text: "hello" });
  expect(lines.map((line) => line.lines)).toEqual(Array(16).fill(["hello"]));
  const before = lines[0]!.sent.length;
  for (let step = 0; step < 100; step++) {
    for (const { peer } of lines.slice(1))
      operators.hear(peer, step % 2 ? { delivered: 1 } : { read: step > 50 ? 1 : 0 });
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(FLUSH_MS);
  const receipts = lines[0]!.news.slice(before);
  expect(receipts.length).toBeLessThanOrEqual(6);
  expect(receipts.at(-1)!.marks?.length).toBe(15);
  expect(vi.getTimerCount(), "nothing is left to do").toBe(0);
});

it("for a client that does not read nothing is queued: it has what is kept when it reads again", () => {
  const { operators, lines } = open(2);
  const [speaker, slow] = lines as [Line, Line];
  slow.bufferedBytes = 1_000_000;
  const said = Array.from({ length: 30 }, (_, i) => `line ${i}`);
  for (const text of said) {
    operators.hear(speaker.peer, { text });
    vi.advanceTimersByTime(1000);
  }
  for (let i = 0; i < 100; i++) operators.hear(slow.peer, "junk");
  expect([speaker.lines, slow.sent]).toEqual([said, []]);
  slow.bufferedBytes = 0;
  vi.advanceTimersByTime(FLUSH_MS);
  expect(slow.lines).toEqual(said);
});

it("who has not acknowledged the join yet is sent nothing, and everything as soon as it has", () => {
  const { operators, lines } = open(2);
  const [speaker, late] = lines as [Line, Line];
  late.isJoined = false;
  operators.hear(speaker.peer, { text: "welcome" });
  vi.advanceTimersByTime(2000);
  expect(late.sent).toEqual([]);
  late.isJoined = true;
  vi.advanceTimersByTime(FLUSH_MS);
  expect(late.lines).toEqual(["welcome"]);
});

it("a connection that is gone is sent nothing more, nor is a room that is gone", () => {
  const { operators, lines } = open(3);
  const [speaker, dropped, left] = lines as [Line, Line, Line];
  here.delete(dropped.id);
  here.delete(left.id);
  operators.forget(left.id);
  operators.hear(speaker.peer, { text: "anybody?" });
  vi.advanceTimersByTime(FLUSH_MS);
  expect([dropped.sent, left.sent]).toEqual([[], []]);
  expect(
    speaker.news[0]!.people!.map(({ name }) => name),
    "who may come back still counts",
  ).toEqual(["P1"]);
  operators.hear(speaker.peer, { read: 1 });
  operators.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it("the chat may be off: a client that says something is told, and nobody hears it", () => {
  const { operators, lines } = open(2, { isOn: false });
  operators.hear(lines[0]!.peer, { text: "hello?" });
  vi.advanceTimersByTime(FLUSH_MS);
  expect(lines[0]!.sent.map(([type, message]) => [type, (message as ChatRefusal).name])).toEqual([
    ["error", "chat/off"],
  ]);
  expect(lines[1]!.sent).toEqual([]);
});

it("the filter is told room, game, person and the subject of their token, which nobody else is", () => {
  const seen: unknown[] = [];
  const { operators, lines } = open(1, {
    filter(draft) {
      seen.push(draft);
      return draft.text;
    },
  });
  const session = new Line("member");
  Object.assign(session.options, { subject: "user-7" });
  enter(operators, session, undefined);
  operators.hear(session.peer, { text: "hello" });
  expect(seen).toEqual([
    { room: "room", game: "tag", from: "member", name: "MEMBER", subject: "user-7", text: "hello" },
  ]);
  // A mute is of them, not of this visit.
  operators.hear(lines[0]!.peer, { mute: "member" });
  here.delete(session.id);
  operators.forget(session.id);
  const again = new Line("again");
  Object.assign(again.options, { subject: "user-7" });
  enter(operators, again, undefined);
  operators.hear(again.peer, { text: "me again" });
  vi.advanceTimersByTime(FLUSH_MS);
  expect([again.lines, lines[0]!.lines]).toEqual([["hello", "me again"], ["hello"]]);
  expect(JSON.stringify(lines[0]!.sent)).not.toContain("user-7");
});

it("whoever the room silences is written down at once, whoever says so: a restart does not let them speak", () => {
  const { operators } = open(1);
  const noted: unknown[] = [];
  operators.notes = { said() {}, heard: (members) => void noted.push(...members) };
  operators.silence("p0", 60);
  expect(noted).toMatchObject([{ id: "p0", silentMs: 60_000 }]);
});
