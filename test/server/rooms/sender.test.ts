/** The sender of a room: the outbox in order, one write a frame and client; what throws costs its client, and nobody else (R14). */
import { type Client, ClientState } from "@colyseus/core";
import { beforeEach, expect, it } from "vitest";
import { ClientPeer } from "../../../server/rooms/client-peer.ts";
import { Sender } from "../../../server/rooms/sender.ts";
import { Outbox } from "../../../shared/referee/peers/outbox.ts";

const MAY_TRY_RECONNECT = 4010;
const FETCHED_AT_ONCE = 64;

/** Everything that was done at connections, in order. */
let calls: string[];
let contained: { readonly error: unknown; readonly client: unknown }[];
/** Of these connections every write throws. */
let sick: Set<string>;
/** Of these nothing can even be looked at. */
let gone: Set<string>;
let outbox: Outbox;
let sender: Sender;

beforeEach(() => {
  calls = [];
  contained = [];
  sick = new Set();
  gone = new Set();
  outbox = new Outbox((type, payload) => Uint8Array.of(type, ...payload));
  const note =
    (what: string) =>
    (client: Client): void =>
      void calls.push(`${what} ${client.sessionId}`);
  const plane = {
    ...{ add: note("add"), remove: note("remove"), show: note("show"), hide: note("hide") },
    serializer: { getFullState: () => Uint8Array.of(14) },
  };
  sender = new Sender(outbox, {
    plane: plane as never,
    publish: () => void calls.push("publish"),
    onMove: () => {},
    faults: { contain: (error, _cost, { client } = {}) => void contained.push({ error, client }) },
  });
});

function clientOf(id: string): ClientPeer {
  const line = {
    unsentBytes: 0,
    prefetch() {
      if (gone.has(id)) throw new Error(`${id} is gone`);
      calls.push(`fetch ${id}`);
    },
    write(bytes: Uint8Array) {
      if (sick.has(id)) throw new Error(`${id} is sick`);
      calls.push(`${id} ${bytes.join(" ")}`);
    },
  };
  const client = {
    ...{ sessionId: id, state: ClientState.JOINED, ref: { line } },
    raw: (bytes: Uint8Array) => void calls.push(`${id} raw ${bytes.join(" ")}`),
    send: (type: string, { name }: { name: string }) => void calls.push(`${id} ${type} ${name}`),
    leave: (code: number) => void calls.push(`${id} leaves ${code}`),
  };
  return new ClientPeer(client as unknown as Client, { plane: "lockstep" } as never);
}

const send = (): string[] => {
  sender.send();
  expect(outbox.length).toBe(0);
  return calls.splice(0).filter((call) => !call.startsWith("fetch"));
};
const frameTo = (...peers: ClientPeer[]): void => {
  const packet = outbox.pack(2, Uint8Array.of(7));
  for (const peer of peers) outbox.add(peer, packet);
};

it("writes once to a client that is sent a frame and what goes with it, and what goes with nothing at the end", () => {
  const [a, b, c] = [clientOf("a"), clientOf("b"), clientOf("c")];
  for (const peer of [a, c]) outbox.add(peer, { kind: "with-next", packet: Uint8Array.of(1) });
  frameTo(a, b);
  expect(send()).toEqual(["a 1 2 7", "b 2 7", "c 1"]);
  frameTo(a, c);
  expect(send()).toEqual(["a 2 7", "c 2 7"]);
});

it("does what else there is to do where it stands among the packets", () => {
  const a = clientOf("a");
  outbox.send(a, 1, Uint8Array.of());
  outbox.add(a, { kind: "move", plane: "stream" });
  outbox.add(a, { kind: "choke", isChoked: true });
  outbox.add(a, { kind: "choke", isChoked: false });
  outbox.add(a, { kind: "refuse", name: "input/invalid", detail: "no" });
  outbox.add(a, { kind: "move", plane: "lockstep" });
  outbox.send(a, 2, Uint8Array.of());
  outbox.add(a, { kind: "close", name: "client/silent" });
  const whole = ["publish", "show a", "a raw 14"];
  const rest = ["a error input/invalid", "remove a", "a 2", "a leaves 4108"];
  expect(send()).toEqual(["a 1", "add a", ...whole, "hide a", ...whole, ...rest]);
});

it("looks at all connections before the first of them is written to, and at no more than the processor can keep", () => {
  const peers = Array.from({ length: FETCHED_AT_ONCE + 3 }, (_, i) => clientOf(`${i}`));
  frameTo(...peers);
  sender.send();
  const kinds = calls.map((call) => (call.startsWith("fetch") ? "fetch" : "write"));
  const block = (length: number) => [...Array(length).fill("fetch"), ...Array(length).fill("write")];
  expect(kinds).toEqual([...block(FETCHED_AT_ONCE), ...block(3)]);
});

it("a client whose connection throws is contained, cut so that it connects again, and sent nothing more; the others are served", () => {
  const [a, b, c] = [clientOf("a"), clientOf("b"), clientOf("c")];
  sick.add("b");
  frameTo(a, b, c);
  expect(send()).toEqual(["a 2 7", `b leaves ${MAY_TRY_RECONNECT}`, "c 2 7"]);
  expect(contained).toEqual([{ error: new Error("b is sick"), client: "b" }]);
  sick.clear();
  frameTo(a, b, c);
  expect(send(), "what was lost would be missing").toEqual(["a 2 7", "c 2 7"]);
  expect(contained.length).toBe(1);
});

it("survives a client that throws even when it is cut, and one whose throw is in what goes at the end", () => {
  const [a, b] = [clientOf("a"), clientOf("b")];
  sick.add("a");
  a.client.leave = () => {
    throw new Error("nor that");
  };
  outbox.add(a, { kind: "with-next", packet: Uint8Array.of(1) });
  frameTo(b);
  expect(send()).toEqual(["b 2 7"]);
  expect(contained.map(({ error }) => (error as Error).message)).toEqual(["a is sick", "nor that"]);
});

it("what sending leads to is sent by the same turn, after everything before it", () => {
  const [a, b] = [clientOf("a"), clientOf("b")];
  a.client.leave = () => {
    frameTo(b);
    sender.send();
  };
  outbox.add(a, { kind: "close", name: "client/silent" });
  outbox.send(b, 1, Uint8Array.of());
  expect(send()).toEqual(["b 1", "b 2 7"]);
});

it("a connection that cannot be looked at is cut, and the room goes on sending", () => {
  gone.add("a");
  const [a, b] = [clientOf("a"), clientOf("b")];
  for (const peer of [a, b]) outbox.add(peer, Uint8Array.of(1));
  expect(send()).toEqual(["a leaves 4010", "b 1"]);
  outbox.add(b, Uint8Array.of(2));
  expect(send(), "in the next tick").toEqual(["b 2"]);
  expect(contained.map(({ client }) => client)).toEqual(["a"]);
});
