/** The history of the chat for a client that comes late, comes back, or has muted others. */
import { describe, expect, it } from "vitest";
import { at, chatRoom } from "../kit/memory/chat-room.ts";
import { ChatTable } from "../kit/memory/chat-table.ts";

describe("who comes", () => {
  it("late gets the history and how much of it is unread; who comes back, what was missed", () => {
    const { chat, say, tell } = chatRoom();
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
    const { chat, say, texts } = chatRoom();
    say("ada", "one");
    expect(texts("lin")).toEqual(["one"]);
    say("ada", "two");
    chat.enter({ id: "lin", key: "lin", name: "Lin", seat: 1 });
    expect(texts("lin")).toEqual(["two"]);
  });

  it("gets the newest lines only, in bounded messages, whatever was said", () => {
    const { chat, say, tell } = chatRoom();
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
    const { chat, say, texts } = chatRoom();
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
  it("keeps a member's lines from one listener only, in history too, and ends with what is still kept", () => {
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
    const { chat } = chatRoom();
    for (const mute of ["ada", "nobody", "__proto__", ""])
      expect(chat.hear("ada", { mute }, at(0))?.name, mute).toBe("chat/nobody");
    for (let i = 0; i < 201; i++) {
      chat.enter({ id: `${i}`, key: `${i}`, name: "x", seat: undefined });
      expect(chat.hear("ada", { mute: `${i}` }, at(i * 1000))?.name).toBe(i < 200 ? undefined : "chat/too-many-muted");
    }
  });
});
