/** Reading into the shared buffer: all of what Node wants for it is set, or nothing at all. */
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { readDirectly } from "../../../server/socket/direct-read.ts";

const NAMES = ["kBuffer", "kBufferGen", "kBufferCb"] as const;
type Name = (typeof NAMES)[number];

/** A socket with what Node's have, but for what it lacks; somebody else's buffers are in it. */
function socketWithout(...lacks: readonly (Name | "handle" | "useUserBuffer")[]) {
  const used: Buffer[] = [];
  const handle = lacks.includes("useUserBuffer") ? {} : { useUserBuffer: (buffer: Buffer) => void used.push(buffer) };
  const keys = Object.fromEntries(NAMES.map((name) => [name, Symbol(name)])) as Record<Name, symbol>;
  const before = Object.fromEntries(NAMES.filter((name) => !lacks.includes(name)).map((name) => [keys[name], name]));
  const socket: Record<symbol | string, unknown> = { ...before, _handle: lacks.includes("handle") ? null : handle };
  return { socket, used, read: (name: Name) => socket[keys[name]] };
}

describe("a socket that can", () => {
  it("is read into one buffer, which it does not ask to be changed, and the receiver of the bytes is called", () => {
    const [one, two] = [socketWithout(), socketWithout()];
    const taken: [Buffer, number][] = [];
    for (const { socket } of [one, two])
      expect(readDirectly(socket as unknown as Socket, (buffer, count) => taken.push([buffer, count]))).toBe(true);
    const [buffer] = one.used;
    expect(buffer!.length).toBe(64 * 1024);
    expect([one.used, two.used]).toEqual([[buffer], [buffer]]);
    expect(two.used[0], "shared").toBe(buffer);
    expect(one.read("kBuffer")).toBe(buffer);
    expect(one.read("kBufferGen"), "nobody is asked for another buffer").toBe(null);
    (one.read("kBufferCb") as (count: number) => unknown)(7);
    expect(taken).toEqual([[buffer, 7]]);
  });
});

it.each<Name | "handle" | "useUserBuffer">(["handle", "useUserBuffer", ...NAMES])(
  "a socket without %s is left as it is",
  (lack) => {
    const { socket, used } = socketWithout(lack);
    const before = { ...socket };
    expect(readDirectly(socket as unknown as Socket, () => {})).toBe(false);
    expect(used).toEqual([]);
    expect(socket).toEqual(before);
  },
);
