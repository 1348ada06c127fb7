/** Calls between a primary and a worker: values as Colyseus writes them, errors with their codes, order, and an end of one side. */
import { deserialize, serialize } from "node:v8";
import { expect, it } from "vitest";
import { Channel, type Functions, GoneError } from "../../../server/workers/channel.ts";

/** Two ends, joined as by a pipe with `serialization: "advanced"`. */
function joined(ours: Functions, theirs: Functions) {
  const ends: Channel<Record<string, (...args: never) => unknown>>[] = [];
  const to = (end: number) => (message: unknown) => {
    const copy: unknown = deserialize(serialize(message));
    queueMicrotask(() => ends[end]!.take(copy));
  };
  ends.push(new Channel(to(1), ours), new Channel(to(0), theirs));
  // biome-ignore lint/suspicious/noExplicitAny: each function has arguments of its own
  return ends as unknown as [Channel<any>, Channel<any>];
}

it("arguments and values arrive as they are: infinity, dates, undefined, maps and bytes", async () => {
  const [one] = joined({}, { echo: (...args) => args });
  const values = [
    Number.POSITIVE_INFINITY,
    new Date(5),
    undefined,
    new Map([["a", 1]]),
    new Uint8Array([1, 2]),
    -0,
    null,
  ];
  expect(await one.call("echo", ...values)).toEqual(values);
});

it("each side calls the other, at once and while it is called", async () => {
  const [one, two] = joined(
    { double: (n: number) => 2 * n },
    { doubled: async (n: number) => ((await two.call("double", n)) as number) + 1 },
  );
  expect(await Promise.all([1, 2, 3].map((n) => one.call("doubled", n)))).toEqual([3, 5, 7]);
});

it("what a function throws is thrown where it was called, with the code that matchmaking answers", async () => {
  const refuse = () => {
    throw Object.assign(new Error("full"), { code: 503 });
  };
  const [one] = joined({}, { refuse, strange: () => ({ f: () => {} }) });
  await expect(one.call("refuse")).rejects.toMatchObject({ message: "full", code: 503 });
  await expect(one.call("strange"), "a value that cannot be sent").rejects.toThrow(/could not be cloned/);
  await expect(
    one.call("refuse", () => {}),
    "an argument that cannot be sent",
  ).rejects.toThrow(/could not be cloned/);
  await expect(one.call("nothing of that name")).rejects.toThrow();
});

it("who waits for a process that ends is told so, and so is who calls it later", async () => {
  const [one] = joined({}, { never: () => new Promise(() => {}) });
  const waiting = one.call("never");
  one.end();
  await expect(waiting).rejects.toThrow(GoneError);
  await expect(one.call("never")).rejects.toThrow(GoneError);
  one.tell("never");
});

it("anything else that comes the same way is passed over: libraries send messages, too", () => {
  const [one] = joined({}, {});
  for (const strange of [undefined, null, 1, "text", {}, { type: "axm:option:configuration", data: {} }, { to: 99 }])
    one.take(strange);
});
