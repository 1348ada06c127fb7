/**
 * The receivers of a tick's patch: the world goes to every stream client, the roster to everybody, and nothing else to
 * lockstep clients.
 */
import { type Client, ClientState } from "@colyseus/core";
import { Encoder } from "@colyseus/schema";
import { expect, it, vi } from "vitest";
import { StreamPlane } from "../../../server/stream/stream-plane.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const RATE = 20;
const DELAY = 2 * RATE;
/** What a patch without anything in it has: Colyseus's opcode. */
const EMPTY_BYTES = 1;

/** A match without a room, its stream plane, and clients that only note the bytes of their patches. */
function open(delayTicks = 0) {
  const match = matchInMemory(mixedGame(4, RATE), { seed: 2, bots: 2, pack: packInMemory });
  const plane = new StreamPlane(match, delayTicks);
  const clients: Client[] = [];
  let spectators = 0;
  let patches: Map<Client, number>;
  const tick = (): Map<Client, number> => {
    match.closeTick();
    patches = new Map();
    if (plane.update(spectators, [])) plane.serializer.applyPatches(clients);
    return patches;
  };
  return {
    match,
    plane,
    tick,
    /** Lets one more watch, so that the roster is another one. */
    changeRoster: () => void spectators++,
    enter(kind: "lockstep" | "stream" | "delayed"): Client {
      const client = {
        state: ClientState.JOINED,
        raw(bytes: Uint8Array) {
          patches.set(client, (patches.get(client) ?? 0) + bytes.length);
        },
      } as unknown as Client;
      clients.push(client);
      if (kind !== "lockstep") {
        plane.add(client, kind === "delayed");
        plane.show(client);
        // As whoever joins: what it has not been sent by then it is sent whole.
        plane.serializer.getFullState(client);
      }
      return client;
    },
    leave(client: Client): void {
      clients.splice(clients.indexOf(client), 1);
      plane.remove(client);
    },
  };
}

it("a lockstep client is sent the roster when it changes, and no patch in any other tick", () => {
  const room = open();
  const [lockstep, stream] = [room.enter("lockstep"), room.enter("stream")];
  room.tick();
  for (let i = 0; i < 3; i++) {
    for (let ticks = 0; ticks < RATE; ticks++) {
      const patches = room.tick();
      expect(patches.has(lockstep)).toBe(false);
      expect(patches.get(stream)).toBeGreaterThan(EMPTY_BYTES);
    }
    room.changeRoster();
    expect(room.tick().get(lockstep)).toBeGreaterThan(EMPTY_BYTES);
  }
});

it("the roster has who holds a seat, and nobody else", () => {
  const { match, plane, tick } = open();
  const names = (): string[] => [...plane.state.seats.values()].map(({ name }) => name);
  tick();
  expect(names().length, "two bots").toBe(2);
  match.takeSeat({ kind: "player", id: "a", name: "Ada" });
  tick();
  expect(names()).toContain("Ada");
  match.freeSeat("a");
  tick();
  tick();
  expect(names()).not.toContain("Ada");
  expect(names().length).toBe(2);
});

it("nobody is sent a patch while nobody streams and the roster stays", () => {
  const room = open();
  room.enter("lockstep");
  const stream = room.enter("stream");
  room.tick();
  room.leave(stream);
  for (let ticks = 0; ticks < RATE; ticks++) expect(room.tick().size).toBe(0);
});

it("no patch is encoded for who has not acknowledged the join: the first one's would be the whole world", () => {
  const room = open();
  room.tick();
  const encode = vi.spyOn(Encoder.prototype, "encode");
  const stream = room.enter("stream");
  stream.state = ClientState.JOINING;
  for (let ticks = 0; ticks < 3; ticks++) expect(room.tick().has(stream)).toBe(false);
  expect(encode).not.toHaveBeenCalled();
  stream.state = ClientState.JOINED;
  expect(room.tick().get(stream)).toBeGreaterThan(EMPTY_BYTES);
  encode.mockRestore();
});

it("those who watch with a delay are sent the past, in a patch of its own, and the roster as it is", () => {
  const room = open(DELAY);
  const [lockstep, delayed] = [room.enter("lockstep"), room.enter("delayed")];
  room.tick();
  let younger = 0;
  while (room.match.world.tick <= 2 * DELAY) {
    const patches = room.tick();
    const isOld = room.match.world.tick >= DELAY;
    if (!isOld) younger += patches.get(delayed) ?? 0;
    else expect(patches.get(delayed)).toBeGreaterThan(EMPTY_BYTES);
    expect(patches.has(lockstep)).toBe(false);
  }
  expect(younger, "before there is a past it is empty").toBeLessThanOrEqual(DELAY * EMPTY_BYTES * 2);
  room.changeRoster();
  const patches = room.tick();
  expect(patches.get(lockstep)).toBeGreaterThan(EMPTY_BYTES);
});

it("a past that nobody watches is not kept: who comes minutes later costs no more than who comes at once", () => {
  const room = open(DELAY);
  let steps = 0;
  const { framesBetween } = room.match.keyframes;
  room.match.keyframes.framesBetween = function (from, to) {
    steps = Math.max(steps, to - from);
    return framesBetween.call(this, from, to);
  };
  const first = room.enter("delayed");
  for (let ticks = 0; ticks < DELAY + RATE; ticks++) room.tick();
  expect(steps).toBe(1);
  room.leave(first);
  for (let ticks = 0; ticks < 50 * RATE; ticks++) room.tick();
  steps = 0;
  room.enter("delayed");
  room.tick();
  expect(steps, "it begins with a keyframe, not where the other one stopped").toBe(0);
});
