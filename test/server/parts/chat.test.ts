/** The heart of the chat: history, receipts, unread counts, mutes and limits, without a socket. */
import { describe, expect, it } from "vitest";
import { Chat } from "../../../server/chat/chat.ts";
import { guardFilter } from "../../../server/chat/filter.ts";
import type { ChatNews } from "../../../shared/engine/protocol/chat.ts";
import { ChatTable, RULES } from "../../kit/chat-table.ts";

const at = (now: number) => ({ now, unixMs: 5_000 + now });

/** Ada and Lin play, Bo watches; what each was told, all of it timely. */
function room(rules: Partial<typeof RULES> = {}) {
  const chat = new Chat({ ...RULES, ...rules });
  chat.enter({ id: "ada", key: "ada", name: "Ada", seat: 0 });
  chat.enter({ id: "lin", key: "lin", name: "Lin", seat: 1 });
  chat.enter({ id: "bo", key: "bo", name: "Bo", seat: undefined });
  const say = (id: string, text: unknown, now = 0) => chat.hear(id, { text, tag: 7 }, at(now));
  const tell = (id: string): ChatNews[] => {
    const told: ChatNews[] = [];
    for (let news = chat.next(id, true); news !== undefined; news = chat.next(id, true)) told.push(news);
    return told;
  };
  return { chat, say, tell, texts: (id: string) => tell(id).flatMap(({ lines }) => lines.map(({ text }) => text)) };
}

describe("a line", () => {
  it("goes to everybody, with who said it and when; only its author sees the tag", () => {
    const { chat, say, tell } = room();
    expect([chat.next("lin", true), say("ada", "  hello\n there ")]).toEqual([undefined, undefined]);
    const line = { id: 1, from: "ada", seat: 0, name: "Ada", text: "hello there", at: 5000 };
    expect(tell("lin")[0]).toEqual({
      lines: [line],
      after: 0,
      upTo: 1,
      people: [{ id: "ada", name: "Ada", seat: 0, delivered: 0, read: 0 }],
    });
    expect(tell("ada")[0]!.lines).toEqual([{ ...line, tag: 7 }]);
    expect(tell("bo")[0]!.lines).toEqual([line]);
    expect(say("bo", "I only watch", 1)).toBeUndefined();
    expect(tell("ada")[0]!.lines).toEqual([{ id: 2, from: "bo", name: "Bo", text: "I only watch", at: 5001 }]);
    expect([tell("lin").length, tell("lin").length]).toEqual([1, 0]);
  });

  it("is refused by name, costs nobody else anything, and the next one is taken", () => {
    const { chat, say, texts } = room({ filter: (_speaker, text) => (text === "spam" ? undefined : text) });
    expect(say("ada", " \u200b\u3164 ")).toMatchObject({ name: "chat/empty", tag: 7 });
    expect(say("ada", "é".repeat(301))).toMatchObject({
      name: "chat/too-long",
      message: "a line has at most 300 characters; this one has 301",
    });
    expect(say("ada", 5)).toMatchObject({ name: "chat/malformed", tag: 7 });
    expect(say("ada", "spam")).toMatchObject({ name: "chat/refused" });
    expect(say("ada", "😀".repeat(300)), "counted as people count").toBeUndefined();
    expect(chat.hear("nobody", { text: "boo" }, at(0))).toBeUndefined();
    expect(texts("lin")).toEqual(["😀".repeat(300)]);
  });

  it("may be said five times at once and then as often as the rate is, by one participant", () => {
    const { say, texts } = room({ linesPerMinute: 30 });
    const said = Array.from({ length: 8 }, (_, i) => say("ada", `line ${i}`)?.name);
    expect(said).toEqual([...Array(5).fill(undefined), ...Array(3).fill("chat/too-fast")]);
    expect(say("lin", "me too")).toBeUndefined();
    expect([say("ada", "a", 1999)?.name, say("ada", "b", 2001), say("ada", "c", 2002)?.name]).toEqual([
      "chat/too-fast",
      undefined,
      "chat/too-fast",
    ]);
    expect(texts("bo").length).toBe(7);
  });

  it("finds the room busy when a crowd of spectators talks, which does not silence the players", () => {
    const { chat, say } = room();
    const crowd = Array.from({ length: 20 }, (_, i) => `fan ${i}`);
    for (const id of crowd) chat.enter({ id, key: id, name: id, seat: undefined });
    const answers = crowd.map((id) => say(id, "go!")?.name);
    expect(answers.filter((name) => name === "chat/busy").length).toBe(10);
    expect(say("ada", "quiet please")).toBeUndefined();
  });

  it("of somebody who does nothing but being refused is not answered for ever, and then not taken for a while", () => {
    const { say } = room();
    const names = Array.from({ length: 50 }, () => say("ada", "")?.name);
    expect(names.slice(0, 20)).toEqual(Array(20).fill("chat/empty"));
    expect(names.slice(20)).toEqual(["chat/muted-by-room", ...Array(29).fill(undefined)]);
    expect(say("ada", "sorry", 29_000)?.name).toBe("chat/muted-by-room");
    expect(say("ada", "sorry", 30_001)).toBeUndefined();
  });

  it("is not taken from whom the room silences", () => {
    const { chat, say } = room();
    chat.silence("ada", 10_000);
    expect([say("ada", "hm", 9_999)?.name, say("lin", "hm"), say("ada", "hm", 10_000)]).toEqual([
      "chat/muted-by-room",
      undefined,
      undefined,
    ]);
  });
});

describe("receipts", () => {
  it("say how far each player has received and read, together, and never of spectators", () => {
    const { chat, say, tell } = room();
    for (const text of ["one", "two"]) say("ada", text);
    for (const id of ["ada", "lin", "bo"]) tell(id);
    for (const delivered of [1, 2]) chat.hear("lin", { delivered }, at(0));
    chat.hear("lin", { read: 1 }, at(0));
    chat.hear("bo", { read: 2 }, at(0));
    expect(chat.next("ada", false), "not at once").toBeUndefined();
    expect(tell("ada")).toEqual([{ lines: [], marks: [{ id: "lin", delivered: 2, read: 1 }] }]);
    expect(tell("bo")).toEqual([{ lines: [], marks: [{ id: "lin", delivered: 2, read: 1 }] }]);
    expect(tell("lin")).toEqual([]);
  });

  it("never go back, and never beyond what was sent", () => {
    const { chat, say, tell } = room();
    for (const text of ["one", "two"]) say("ada", text);
    tell("lin");
    tell("ada");
    expect(chat.hear("lin", { read: 2 }, at(0))).toBeUndefined();
    expect(tell("ada")[0]!.marks).toEqual([{ id: "lin", delivered: 2, read: 2 }]);
    expect(chat.hear("lin", { delivered: 1, read: 1 }, at(0))).toBeUndefined();
    expect(tell("ada")).toEqual([]);
    for (const wish of [{ delivered: 3 }, { read: 99 }, { after: 3 }])
      expect(chat.hear("lin", wish, at(0))?.name, JSON.stringify(wish)).toBe("chat/not-sent");
    for (const wish of [
      { delivered: Number.NaN },
      { read: -1 },
      { read: 1.5 },
      { delivered: "2" },
      { after: null },
      {},
    ])
      expect(chat.hear("lin", wish, at(0))?.name).toBe("chat/malformed");
    expect(tell("ada")).toEqual([]);
  });

  it("are of those who are in the room", () => {
    const { chat, say, tell } = room();
    say("ada", "one");
    for (const id of ["ada", "lin"]) tell(id);
    chat.leave("lin");
    chat.enter({ id: "kim", key: "kim", name: "Kim", seat: 1 });
    expect(tell("ada")[0]!.people!.map(({ name }) => name)).toEqual(["Kim"]);
  });
});

describe("who comes", () => {
  it("late gets the history and how much of it is unread; who comes back, what was missed", () => {
    const { chat, say, tell } = room();
    for (const text of ["one", "two", "three"]) say("ada", text);
    chat.enter({ id: "kim", key: "kim", name: "Kim", seat: 2 });
    expect(chat.next("kim", false)).toBeUndefined();
    const [welcome] = tell("kim");
    expect(welcome).toMatchObject({ after: 0, upTo: 3, read: 0, unread: 3 });
    expect(welcome!.lines.map(({ text }) => text)).toEqual(["one", "two", "three"]);
    chat.hear("kim", { delivered: 3, read: 2 }, at(0));
    say("ada", "four");
    chat.enter({ id: "kim", key: "kim", name: "Kim", seat: 2 });
    const [back] = tell("kim");
    expect(back).toMatchObject({ after: 3, upTo: 4, read: 2, unread: 2 });
    expect(back!.lines.map(({ text }) => text)).toEqual(["four"]);
    expect(tell("kim")).toEqual([]);
  });

  it("back and has never said what arrived is sent what was said since", () => {
    const { chat, say, texts } = room();
    say("ada", "one");
    expect(texts("lin")).toEqual(["one"]);
    say("ada", "two");
    chat.enter({ id: "lin", key: "lin", name: "Lin", seat: 1 });
    expect(texts("lin")).toEqual(["two"]);
  });

  it("gets the newest lines only, in bounded messages, whatever was said", () => {
    const { chat, say, tell } = room();
    for (let i = 0; i < 300; i++) say(i % 2 ? "ada" : "lin", `${i}`, i * 1000);
    chat.enter({ id: "kim", key: "kim", name: "Kim", seat: 2 });
    const lines = tell("kim").flatMap((news) => news.lines);
    expect([lines.length, lines[0]!.text, lines.at(-1)!.text]).toEqual([200, "100", "299"]);
    for (let i = 0; i < 300; i++) say(i % 2 ? "ada" : "lin", "😀".repeat(300), 1e6 + i * 1000);
    chat.enter({ id: "eve", key: "eve", name: "Eve", seat: 3 });
    const told = tell("eve");
    const sizes = told.map((news) => Buffer.byteLength(JSON.stringify(news)));
    expect(Math.max(...sizes)).toBeLessThan(20_000);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(80_000);
    expect(told.map(({ unread }) => unread === undefined)).toEqual([...told.slice(1).map(() => true), false]);
  });

  it("may ask for the history again, though not all the time", () => {
    const { chat, say, texts } = room();
    say("ada", "one");
    for (let i = 0; i < 10; i++) {
      expect(chat.hear("lin", { after: 0 }, at(0))).toBeUndefined();
      expect(texts("lin")).toEqual(["one"]);
    }
    expect(chat.hear("lin", { after: 0 }, at(0))?.name).toBe("chat/too-fast");
    expect(chat.hear("lin", { after: 0 }, at(2001))).toBeUndefined();
  });
});

describe("a mute", () => {
  it("keeps somebody's lines from one listener only, in history too, and ends with what is still kept", () => {
    const table = new ChatTable();
    const [ada, lin, bo] = [table.join("ada", 0), table.join("lin", 1), table.join("bo", 2)];
    ada.client.say("one");
    table.settle();
    lin.client.mute("ada", true);
    table.settle();
    ada.client.say("two");
    bo.client.say("three");
    table.settle();
    expect([lin.texts, bo.texts]).toEqual([["three"], ["one", "two", "three"]]);
    expect(lin.client.unread).toBe(1);
    table.drop(lin);
    table.back(lin, true);
    table.settle();
    expect([lin.texts, lin.client.isMuted("ada")]).toEqual([["three"], true]);
    lin.client.mute("ada", false);
    table.settle();
    expect(lin.texts, "what it had before the reload too").toEqual(["one", "two", "three"]);
    expect(lin.refused).toEqual([]);
  });

  it("does not tell who is muted that their lines were read, nor that they are muted", () => {
    const table = new ChatTable();
    const [ada, lin, bo] = [table.join("ada", 0), table.join("lin", 1), table.join("bo", 2)];
    lin.client.mute("ada", true);
    for (const [seat, text] of [
      [ada, "one"],
      [bo, "two"],
    ] as const) {
      seat.client.say(text);
      table.settle();
    }
    lin.client.markRead();
    table.settle();
    const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name);
    const [one, two] = bo.client.lines;
    expect(namesOf(ada.client.receiptsOf(one!).missing)).toEqual(["lin"]);
    expect(namesOf(bo.client.receiptsOf(two!).read)).toEqual(["lin"]);
    lin.client.mute("ada", false);
    table.settle();
    expect(namesOf(ada.client.receiptsOf(one!).missing), "until something newer was read").toEqual(["lin"]);
    bo.client.say("three");
    table.settle();
    expect(lin.received).toEqual(new Set([1, 2, 3]));
    expect(namesOf(ada.client.receiptsOf(one!).delivered).includes("lin")).toBe(true);
    expect(JSON.stringify([...ada.client.people.values()])).not.toContain("isMuted");
  });

  it("is of a person, whatever session they come with", () => {
    const table = new ChatTable();
    const [ada, lin] = [table.join("ada", 0, "subject"), table.join("lin", 1)];
    ada.client.say("one");
    table.settle();
    lin.client.mute("ada", true);
    table.settle();
    table.server.leave("ada");
    const again = table.join("ada2", 0, "subject");
    again.client.say("two");
    table.settle();
    expect([lin.texts, lin.client.isMuted("ada2")]).toEqual([[], true]);
  });

  it("of nobody, of oneself, or of more than one can is refused", () => {
    const { chat } = room();
    for (const mute of ["ada", "nobody", "__proto__", ""])
      expect(chat.hear("ada", { mute }, at(0))?.name, mute).toBe("chat/nobody");
    for (let i = 0; i < 201; i++) {
      chat.enter({ id: `${i}`, key: `${i}`, name: "x", seat: undefined });
      expect(chat.hear("ada", { mute: `${i}` }, at(i * 1000))?.name).toBe(i < 200 ? undefined : "chat/too-many-muted");
    }
  });
});

it("a filter that throws, or that returns no text, is told and refuses that line only", () => {
  const errors: unknown[] = [];
  const draft = { room: "r", game: "g", from: "ada", name: "Ada" };
  const filter = guardFilter(
    ({ text }) => {
      if (text === "throw") throw new Error("of the filter");
      return text === "promise" ? (Promise.resolve("x") as unknown as string) : text.toUpperCase();
    },
    (error) => errors.push(error),
  );
  const { say, texts } = room({ filter: ({ id: from }, text) => filter({ ...draft, from, text }) });
  expect(["throw", "promise", "hello"].map((text) => say("ada", text)?.name)).toEqual([
    "chat/refused",
    "chat/refused",
    undefined,
  ]);
  expect(texts("lin")).toEqual(["HELLO"]);
  expect(errors.map(String)).toEqual([
    "Error: of the filter",
    "TypeError: a chat filter returns a text or undefined, not object",
  ]);
});

it("a filter's text is cut to what a line may have", () => {
  const { say, texts } = room({ length: 5, filter: () => "😀".repeat(9) });
  say("ada", "hi");
  expect(texts("lin")).toEqual(["😀".repeat(5)]);
});
