/** Chat over real sockets: stock SDK clients and lockstep sessions in one room, and a match that does not notice. */
import { readFileSync } from "node:fs";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ChatCommand, ChatLine } from "../../../../shared/engine/protocol/chat.ts";
import { stepFrames } from "../../../../shared/engine/protocol/step-frames.ts";
import { Simulation } from "../../../../shared/engine/sim/simulation.ts";
import { games } from "../../../../shared/games/index.ts";
import { meet } from "../../../kit/memory/chat-meeting.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { joinStock } from "../../../kit/players/stock-chatter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const game = games[0]!;

let server: RealServer;
/** What the filter of the server was shown. */
const drafts: object[] = [];
beforeAll(async () => {
  server = await startServer({
    games,
    chat: {
      filter(draft) {
        drafts.push(draft);
        if (draft.text === "crash the filter") throw new Error("as asked");
        return draft.text.includes("forbidden") ? undefined : draft.text.replace("darn", "****");
      },
    },
    env: { CHAT_LENGTH: "50" },
  });
});
afterAll(() => server.stop());

function cut({ room }: { readonly room: Room }): void {
  const client = server.room(room.roomId).clients.find(({ sessionId }) => sessionId === room.sessionId)!;
  (client.ref as unknown as { terminate(): void }).terminate();
}

const textsOf = (lines: readonly ChatLine[]): string[] => lines.map(({ text }) => text);
const namesOf = (people: readonly { readonly name: string }[]): string[] => people.map(({ name }) => name);

it("a stock client and a lockstep session write to each other, and see what was delivered and read", async () => {
  const { stock, player, stop } = await meet(server.url);
  const { chat } = player.session;
  stock.send({ text: "hello <b>there</b>" });
  await until("the session has it", () => chat.lines.length === 1);
  expect(chat.lines[0]).toMatchObject({ id: 1, from: stock.room.sessionId, name: "Ada", text: "hello <b>there</b>" });
  expect(chat.unread).toBe(1);
  const markOf = (kind: "delivered" | "read") =>
    stock.news
      .flatMap(({ people = [], marks = [] }) => [...people, ...marks])
      .findLast(({ id }) => id === player.session.room.sessionId)?.[kind];
  await until("Ada sees it delivered", () => markOf("delivered") === 1);
  expect(markOf("read")).toBe(0);
  chat.markRead();
  await until("Ada sees it read", () => markOf("read") === 1);
  expect(chat.unread).toBe(0);

  chat.say("hi Ada");
  expect(chat.pending.map(({ text }) => text)).toEqual(["hi Ada"]);
  await until("Ada has it", () => stock.lines().length === 2);
  await until("it is no longer on its way", () => chat.pending.length === 0);
  const receipts = () => chat.receiptsOf(chat.lines[1]!);
  expect(namesOf(receipts().missing)).toEqual(["Ada"]);
  stock.send({ delivered: 2 });
  await until("Lin sees it delivered", () => namesOf(receipts().delivered)[0] === "Ada");
  stock.send({ read: 2 });
  await until("Lin sees it read", () => namesOf(receipts().read)[0] === "Ada");
  await stop();
});

it("the README's lines are all that a stock client needs", async () => {
  const codeOf = (file: string) => /```ts chat\n([\s\S]*?)```/.exec(readFileSync(file, "utf8"))![1]!;
  expect(codeOf("README.zh-CN.md")).toBe(codeOf("README.md"));
  const { player, stop } = await meet(server.url);
  const { chat, room } = player.session;
  const sdk = new ColyseusSDK(server.url);
  const reader = await sdk.joinById(room.roomId, { name: "Kim" });
  const printed: string[] = [];
  new Function("room", "console", codeOf("README.md"))(reader, { log: (line: string) => printed.push(line) });
  await until("it is heard", () => chat.lines.length === 1);
  expect(chat.lines[0]).toMatchObject({ name: "Kim", text: "hello" });
  chat.say("hello Kim");
  await until("it is printed", () => printed.length === 2);
  expect(printed).toEqual(["Kim: hello", "Lin: hello Kim"]);
  await until("it is read", () => namesOf(chat.receiptsOf(chat.lines[1]!).read)[0] === "Kim");
  await Promise.all([reader.leave(), stop()]);
});

it("who comes late gets the history; a spectator too, and may write", async () => {
  const { stock, player, stop } = await meet(server.url);
  for (const text of ["one", "two", "three"]) stock.send({ text });
  await until("they are said", () => player.session.chat.lines.length === 3);
  const late = await joinStock(server.url, stock.room.roomId, "Kim");
  const watcher = await joinPlayer(game, { url: server.url, roomId: stock.room.roomId, name: "Bo", watch: true }, 2);
  await until("both have it", () => late.lines().length === 3 && watcher.session.chat.lines.length === 3);
  expect(textsOf(late.lines())).toEqual(["one", "two", "three"]);
  expect(late.news[0]).toMatchObject({ after: 0, upTo: 3, unread: 3 });
  expect(watcher.session.chat.unread).toBe(3);
  watcher.session.chat.say("nice match");
  await until("Kim has it", () => late.lines().length === 4);
  expect(late.lines()[3]).not.toHaveProperty("seat");
  expect(late.lines()[3]!.name).toBe("Bo");
  const people = () => [...player.session.chat.people.values()].map(({ name }) => name);
  await until("Lin knows who is there", () => people().join() === "Ada,Kim");
  await late.room.leave();
  await until("and who is no longer", () => people().join() === "Ada");
  await Promise.all([watcher.stop(), stop()]);
});

it("who was away has what was missed, and only that, and the unread count, as soon as they are back", async () => {
  const { stock, player, network, stop } = await meet(server.url);
  const { session } = player;
  const witness = await joinStock(server.url, stock.room.roomId, "Kim");
  stock.send({ text: "before" });
  await until("it is delivered", () => session.chat.lines.length === 1 && witness.lines().length === 1);
  session.chat.markRead();
  await until("that is known", () => JSON.stringify(stock.news).includes('"read":1'));
  const { match } = server.room(stock.room.roomId);
  const seat = session.seat!;
  network.cut(600_000);
  cut(witness);
  await until("the seat is held", () => match.seats.isAway(seat));
  await until("the witness is back", () => witness.news.some(({ unread }) => unread !== undefined));
  for (const text of ["while you", "were away"]) stock.send({ text });
  session.chat.say("said without a connection");
  await until("they are said", () => witness.lines().length === 3);
  const told: string[] = [];
  session.chat.on("change", () => told.push(`${session.chat.lines.length} lines, ${session.chat.unread} unread`));
  network.cut(0);
  session.reconnector.hurry();
  await until("the unread count is there", () => session.chat.unread === 2);
  expect(told[0], "all of it at once").toBe("3 lines, 2 unread");
  await until("what waited was said", () => witness.lines().length === 4);
  expect(textsOf(witness.lines())).toEqual(["before", "while you", "were away", "said without a connection"]);
  await until("and is no longer waiting", () => session.chat.pending.length === 0);
  expect(textsOf(session.chat.lines)).toEqual(textsOf(witness.lines()));
  await Promise.all([witness.room.leave(), stop()]);
});

it("a mute is the listener's own, and holds over a reconnection", async () => {
  const { stock, player, stop } = await meet(server.url);
  const { session } = player;
  const witness = await joinStock(server.url, stock.room.roomId, "Kim");
  session.chat.mute(stock.room.sessionId, true);
  stock.send({ text: "not for Lin" });
  await until("others hear it", () => witness.lines().length === 1);
  witness.send({ text: "for all" });
  await until("Lin hears Kim", () => session.chat.lines.length === 1);
  let returned = 0;
  session.on("online", (isOnline) => {
    if (isOnline) returned++;
  });
  cut(session);
  await until("Lin is back", () => returned === 1 && session.chat.people.size > 0);
  stock.send({ text: "still not" });
  witness.send({ text: "for all again" });
  await until("Lin hears Kim again", () => session.chat.lines.length === 2);
  expect(textsOf(session.chat.lines)).toEqual(["for all", "for all again"]);
  expect(session.chat.isMuted(stock.room.sessionId)).toBe(true);
  await Promise.all([witness.room.leave(), stop()]);
});

it("refusals and the filter: each with a name, and the connection stays", async () => {
  const { stock, player, stop } = await meet(server.url);
  const refusals = () => stock.errors.map(({ name, tag }) => [name, tag]);
  const wrong: readonly [ChatCommand | object | string, string][] = [
    [{ text: "x".repeat(51), tag: 1 }, "chat/too-long"],
    [{ text: " \n ", tag: 2 }, "chat/empty"],
    [{ text: "a forbidden word", tag: 3 }, "chat/refused"],
    [{ text: "crash the filter", tag: 4 }, "chat/refused"],
    [{ read: 99 }, "chat/not-sent"],
    [{ read: Number.NaN }, "chat/malformed"],
    [{ mute: "nobody" }, "chat/nobody"],
    ["hello", "chat/malformed"],
  ];
  for (const [wish] of wrong) stock.room.send("chat", wish);
  await until("all are answered", () => stock.errors.length === wrong.length);
  expect(refusals()).toEqual(wrong.map(([wish, name]) => [name, (wish as { tag?: number }).tag]));
  expect(stock.errors[0]!.message).toBe("a line has at most 50 characters; this one has 51");
  stock.send({ text: "darn it" });
  await until("the next line is there, as the filter wants it", () => player.session.chat.lines.length === 1);
  expect(player.session.chat.lines[0]!.text).toBe("**** it");
  const room = stock.room.roomId;
  expect(drafts.at(-1)).toEqual({
    ...{ room, game: game.name, from: stock.room.sessionId, seat: 0, name: "Ada", text: "darn it" },
  });
  stock.errors.length = 0;
  for (let i = 0; i < 10; i++) stock.send({ text: `line ${i}`, tag: i });
  await until("too much at once is refused", () => stock.errors.length >= 7);
  expect(new Set(refusals().map(([name]) => name))).toEqual(new Set(["chat/too-fast"]));
  stock.errors.length = 0;
  server.room(room).chat.silence(stock.room.sessionId, 60);
  stock.send({ text: "let me" });
  await until("the room has muted Ada", () => stock.errors.length === 1);
  expect(stock.errors[0]!.name).toBe("chat/muted-by-room");
  expect(stock.room.connection.isOpen).toBe(true);
  await stop();
});

it("the match has the same hash with and without chat, on server and clients", async () => {
  const { stock, player, stop } = await meet(server.url);
  const { match } = server.room(stock.room.roomId);
  // From here on the same frames are stepped once more where there is no chat.
  const start = match.world.tick;
  const silent = new Simulation<unknown, unknown>(match.game, 1);
  expect(silent.restore(match.world.snapshot())).toBe(true);
  let said = 0;
  const babble = setInterval(() => {
    said++;
    stock.send(said % 2 ? { text: `line ${said}` } : { read: 0 });
    player.session.chat.say(`and ${said}`);
    player.session.chat.markRead();
  }, 10);
  try {
    // On a busy machine more ticks are played than lines are said.
    const isChatty = () => said > 30 && stock.lines().length > 8;
    await until("40 ticks were played, full of chat", () => match.world.tick >= start + 40 && isChatty());
  } finally {
    clearInterval(babble);
  }
  const end = match.world.tick;
  expect(stepFrames(silent, match.keyframes.framesBetween(start, end)!, end)).toBe(true);
  expect(silent.hash()).toBe(match.world.hash());
  const { stats } = player.session.client;
  await until("hashes were compared", () => stats.hashChecks > 0);
  expect(stats.hashMismatches).toBe(0);
  await stop();
});
