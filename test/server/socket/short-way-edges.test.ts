/** The short way in at its edges: turns, floods, closes, heads of upgrades, and a receiver that says "wait". */
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { readSettings } from "../../../server/config/settings.ts";
import { hardenedSocket } from "../../../server/socket/hardened-socket.ts";
import { CLOSE_CODES } from "../../../shared/engine/protocol/close-codes.ts";
import { WirePeer, type WirePeerOptions } from "../../kit/parts/wire-peer.ts";
import { turn } from "../../kit/parts/wire-socket.ts";
import { BINARY, close, frame, PING, times } from "../../kit/wire/frames.ts";

const AT_ONCE = 4;
const LONG_MESSAGE = 3000;

const guarded = (env: Readonly<Record<string, string>> = {}) => hardenedSocket(readSettings(env));

const numbered = (count: number, from = 0): Buffer[] =>
  Array.from({ length: count }, (_, i) => frame(BINARY, Uint8Array.of(from + i)));
const message = (value: number): string => `message ${value.toString(16).padStart(2, "0")}`;
const messages = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => message(from + i));

afterEach(() => void vi.useRealTimers());

describe.each([
  ["read directly", true],
  ["read as a stream", false],
])("%s", (_name, isDirect) => {
  const connect = (options: WirePeerOptions = {}) =>
    new WirePeer({ Class: guarded(), isDirect, fastMessages: Number.POSITIVE_INFINITY, ...options });

  it("of many frames in one chunk a few come at once, then one a turn of the event loop", async () => {
    const peer = connect();
    const other = connect();
    await turn();
    await peer.socket.receive(Buffer.concat(numbered(12)));
    if (!isDirect) await turn();
    const atOnce = peer.events.length;
    expect(atOnce).toBeLessThanOrEqual(AT_ONCE + 1);
    expect(peer.fast).toBe(AT_ONCE);
    await other.socket.receive(numbered(1)[0]!);
    await turn();
    expect(other.events, "the other has had its turn").toEqual(messages(1));
    expect(peer.events.length).toBeLessThanOrEqual(atOnce + 2);
    // What comes meanwhile stands in the queue.
    await peer.socket.receive(numbered(1, 12)[0]!);
    await peer.settle();
    expect(peer.events).toEqual(messages(13));
    await peer.socket.receive(numbered(1, 13)[0]!);
    await peer.settle();
    expect(peer.fast, "the short way is open again").toBe(AT_ONCE + 1);
    await Promise.all([peer.end(), other.end()]);
  });

  it("two connections whose bytes come by turns, cut within frames, get each its own", async () => {
    const peers = [connect(), connect()];
    const streams = [0, 100].map((from) => Buffer.concat(numbered(9, from)));
    for (let at = 0; at < streams[0]!.length; at += 5)
      for (const [i, peer] of peers.entries()) await peer.socket.receive(Buffer.from(streams[i]!.subarray(at, at + 5)));
    for (const peer of peers) await peer.settle();
    expect(peers.map(({ events }) => events)).toEqual([messages(9), messages(9, 100)]);
    for (const peer of peers) await peer.end();
  });

  it.each([
    ["whole frames", numbered(3), 0],
    ["half a frame", numbered(3), 4],
    ["a frame and half a header", numbered(2), 6],
  ])("bytes that come with the upgrade come first: %s", async (_what, head, lacks) => {
    const all = Buffer.concat([...head, ...numbered(4, head.length)]);
    const cut = Buffer.concat(head).length - lacks;
    const peer = connect({ head: all.subarray(0, cut) });
    await peer.socket.receive(Buffer.from(all.subarray(cut)));
    await peer.settle();
    expect(peer.events).toEqual(messages(head.length + 4));
    await peer.end();
  });

  it("a receiver that is full makes the socket wait, and nothing is lost or overtaken", async () => {
    const peer = connect();
    const long = times(20, frame(BINARY, new Uint8Array(LONG_MESSAGE)));
    await peer.socket.receive(Buffer.concat([...numbered(2), ...long]));
    await peer.socket.receive(Buffer.concat(long));
    if (!isDirect) await turn();
    expect(peer.socket.isPaused(), "more than a receiver holds").toBe(true);
    const rest = peer.socket.receive(Buffer.concat(numbered(3, 2)));
    await peer.settle();
    await rest;
    await peer.settle();
    const zeros = `message ${"00".repeat(LONG_MESSAGE)}`;
    expect(peer.events).toEqual([...messages(2), ...times(40, zeros), ...messages(3, 2)]);
    await peer.end();
  });

  it.each<["close" | "terminate"]>([["close"], ["terminate"]])(
    "after %s from within a message nothing more of its chunk comes",
    async (how) => {
      const peer = connect();
      const { onFrame } = peer.ws;
      peer.ws.onFrame = (payload, now) => {
        onFrame!(payload, now);
        if (payload[0] !== 1) return;
        peer.ws[how]();
        expect(peer.ws.line.isOpen, "nothing is written either").toBe(false);
      };
      await peer.socket.receive(Buffer.concat(numbered(9)));
      await peer.socket.receive(Buffer.concat(numbered(3, 9)));
      await peer.settle();
      expect(peer.events.filter((event) => event.startsWith("message"))).toEqual(messages(2));
      await peer.end();
    },
  );

  it("after the client's close nothing is read", async () => {
    const peer = connect();
    await peer.socket.receive(Buffer.concat([...numbered(1), close(1000, "bye"), ...numbered(2, 1)]));
    await peer.socket.receive(Buffer.concat(numbered(2, 3)));
    await peer.settle();
    await peer.end();
    expect(peer.events).toEqual([message(0), "closed 1000 bye"]);
  });

  it.each([
    ["an unmasked frame", 1002, frame(BINARY, "x", { isMasked: false })],
    ["a code that must not travel", 1002, close(999, "why")],
    ["a message that is too long", 1009, frame(BINARY, new Uint8Array(5000))],
    [
      "too many parts",
      1008,
      Buffer.concat(
        times(6, frame(BINARY, "x", { fin: false })).map((part, i) => (i ? frame(0, "x", { fin: false }) : part)),
      ),
    ],
    ["half a character in a text", 1007, frame(1, Uint8Array.of(0xe5))],
  ])("where reading failed it stops, also for what waits behind: %s", async (_what, code, wrong) => {
    const peer = connect();
    const other = connect();
    // `ws` takes a turn for each message of the first chunk: the others wait behind it.
    await peer.socket.receive(Buffer.concat(numbered(9)));
    await peer.socket.receive(Buffer.from(wrong));
    await peer.socket.receive(Buffer.concat([frame(PING, "are you there"), ...numbered(9, 9)]));
    await peer.settle();
    await peer.end();
    expect(peer.events.slice(0, 9)).toEqual(messages(9));
    expect(peer.events.slice(9)).toEqual([`closed ${code} `]);
    expect(
      peer.answers.map((answer) => answer[0]),
      "one close and no pong",
    ).toEqual(["8"]);
    await other.socket.receive(numbered(1)[0]!);
    await other.settle();
    expect(other.events).toEqual(messages(1));
    await other.end();
  });

  it("frames and the end of the connection at once: what came whole before it may come, in order", async () => {
    const peer = connect();
    await peer.socket.receive(Buffer.concat(numbered(3)));
    peer.socket.push(null);
    await peer.settle();
    await peer.end();
    const got = peer.events.slice(0, -1);
    expect(got).toEqual(messages(got.length));
    expect(peer.events.at(-1)).toBe("closed 1006 ");
  });

  it("a flood costs as much by either way, and ends with the same close", async () => {
    // Its budget refills with time: for both in the same moment.
    vi.useFakeTimers({ toFake: ["performance"] });
    const Class = guarded({ BYTES_PER_SECOND: "1024" });
    const [fast, slow] = [connect({ Class }), connect({ Class, fastMessages: 0 })];
    for (const peer of [fast, slow]) {
      for (const one of numbered(30)) {
        await peer.socket.receive(one);
        await turn();
      }
      await peer.settle();
      await peer.end();
    }
    expect(fast.fast).toBeGreaterThan(10);
    expect(fast.events.length).toBe(slow.events.length);
    const { code } = CLOSE_CODES["protocol/flood"];
    for (const { answers } of [fast, slow]) expect(answers[0]).toMatch(`8 ${code.toString(16).padStart(4, "0")}`);
  });

  it("a message by the short way counts as the first one that is waited for", async () => {
    const Class = guarded({ FIRST_MESSAGE_SECONDS: "0.1" });
    const [talks, silent] = [connect({ Class }), connect({ Class })];
    await talks.socket.receive(numbered(1)[0]!);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([talks.ws.readyState, silent.ws.readyState]).toEqual([WebSocket.OPEN, WebSocket.CLOSING]);
    expect(talks.fast).toBe(1);
    await Promise.all([talks.end(), silent.end()]);
  });
});
