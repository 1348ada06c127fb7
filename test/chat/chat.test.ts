/** The heart of the chat: who may say what, what everybody is told, and receipts, without a socket. */
import { describe, expect, it } from "vitest";
import { guardFilter } from "../../shared/chat/filter.ts";
import { at, chatRoom } from "../kit/memory/chat-room.ts";

describe("a line", () => {
  it("goes to everybody, with who said it and when; only its author sees the tag", () => {
    const { chat, say, tell } = chatRoom();
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
    const { chat, say, texts } = chatRoom({ filter: (_speaker, text) => (text === "spam" ? undefined : text) });
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
    const { say, texts } = chatRoom({ linesPerMinute: 30 });
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
    const { chat, say } = chatRoom();
    const crowd = Array.from({ length: 20 }, (_, i) => `fan ${i}`);
    for (const id of crowd) chat.enter({ id, key: id, name: id, seat: undefined });
    const answers = crowd.map((id) => say(id, "go!")?.name);
    expect(answers.filter((name) => name === "chat/busy").length).toBe(10);
    expect(say("ada", "quiet please")).toBeUndefined();
  });

  it("of a member who does nothing but being refused is not answered for ever, and then not taken for a while", () => {
    const { say } = chatRoom();
    const names = Array.from({ length: 50 }, () => say("ada", "")?.name);
    expect(names.slice(0, 20)).toEqual(Array(20).fill("chat/empty"));
    expect(names.slice(20)).toEqual(["chat/muted-by-room", ...Array(29).fill(undefined)]);
    expect(say("ada", "sorry", 29_000)?.name).toBe("chat/muted-by-room");
    expect(say("ada", "sorry", 30_001)).toBeUndefined();
  });

  it("is not taken from whom the room silences", () => {
    const { chat, say } = chatRoom();
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
    const { chat, say, tell } = chatRoom();
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
    const { chat, say, tell } = chatRoom();
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
    const { chat, say, tell } = chatRoom();
    say("ada", "one");
    for (const id of ["ada", "lin"]) tell(id);
    chat.leave("lin");
    chat.enter({ id: "kim", key: "kim", name: "Kim", seat: 1 });
    expect(tell("ada")[0]!.people!.map(({ name }) => name)).toEqual(["Kim"]);
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
  const { say, texts } = chatRoom({ filter: ({ id: from }, text) => filter({ ...draft, from, text }) });
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
  const { say, texts } = chatRoom({ length: 5, filter: () => "😀".repeat(9) });
  say("ada", "hi");
  expect(texts("lin")).toEqual(["😀".repeat(5)]);
});
