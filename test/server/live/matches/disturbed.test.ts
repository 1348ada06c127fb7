/** R14 over real sockets: one player's process stands still, one reads nothing, one is cut ten times; nobody else notices. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Beat, beatOf, showBeat, untilEven } from "../../../kit/beat.ts";
import { pause } from "../../../kit/pause.ts";
import { type FrameEar, listenToFrames } from "../../../kit/players/frame-ear.ts";
import { Helper } from "../../../kit/servers/calls.ts";
import type { PlayerCalls } from "../../../kit/servers/player-process.ts";
import type { ServerCalls } from "../../../kit/servers/server-process.ts";

const DISTURBED_MS = process.env.CI ? 20_000 : 10_000;
const DEAF_MS = 5000;
const WARM_UP_MS = 3000;
const CUTS = 10;
const OTHERS = 4;
const BOTS = 8;
const MOST_RATIO = 1.2;
/** Then it hangs. */
const BACK_MS = 60_000;
/** Confirmed ticks a client may be behind the server when it is asked: the question travels too. */
const MOST_BEHIND = 5;
const MOST_GROWTH_BYTES = 2 * 1024 * 1024;

/** The second server is a process of its own: what the first one suffers as a whole does not touch it. */
let server: Helper<ServerCalls>;
let elsewhere: Helper<ServerCalls>;
let players: { frozen: Helper<PlayerCalls>; deaf: Helper<PlayerCalls>; cut: Helper<PlayerCalls> };
beforeAll(() => {
  server = new Helper("server-process.ts");
  elsewhere = new Helper("server-process.ts");
  const player = () => new Helper<PlayerCalls>("player-process.ts");
  players = { frozen: player(), deaf: player(), cut: player() };
});
afterAll(() => Promise.all([server, elsewhere, ...Object.values(players)].map((helper) => helper.end())));

interface RoomHandle {
  readonly url: string;
  readonly roomId: string;
  readonly ears: readonly FrameEar[];
}

async function openRoom(at: Helper<ServerCalls>, listeners: number): Promise<RoomHandle> {
  const url = await at.call("url", undefined);
  const roomId = await at.call("open", { bots: BOTS });
  const ears: FrameEar[] = [];
  for (let i = 0; i < listeners; i++) ears.push(await listenToFrames({ url, roomId }));
  return { url, roomId, ears: ears.slice(0, OTHERS) };
}

/** Waits until a player's newest confirmed world is the referee's, and says how long that took. */
async function inStep(name: string, player: Helper<PlayerCalls>, roomId: string): Promise<number> {
  const since = performance.now();
  for (;;) {
    const own = await player.call("stand", undefined);
    const [hash, { tick }] = await Promise.all([
      server.call("hashAt", { roomId, tick: own.tick }),
      server.call("stand", roomId),
    ]);
    const waited = performance.now() - since;
    if (own.isOnline && own.isSynced && tick - own.tick <= MOST_BEHIND && own.hash === hash) return waited;
    if (waited > BACK_MS) throw new Error(`${name} is not in step: ${JSON.stringify(own)}, the server is at ${tick}`);
    await pause(20);
  }
}

/** The part of the ticks since it became deaf that the player has missed, before the server gives the connection up (it answers no ping) and another one is made. */
async function missedByNow(roomId: string): Promise<number> {
  const since = await server.call("stand", roomId);
  await pause(DEAF_MS);
  const [own, { tick }] = await Promise.all([players.deaf.call("stand", undefined), server.call("stand", roomId)]);
  return (tick - own.tick) / (tick - since.tick);
}

async function cutTenTimes(player: Helper<PlayerCalls>, roomId: string): Promise<void> {
  for (let i = 0; i < CUTS; i++) {
    await player.call("cut", undefined);
    await pause(DISTURBED_MS / CUTS / 2);
    await inStep("the player that was cut", player, roomId);
    await pause(DISTURBED_MS / CUTS / 2);
  }
}

/** All three at once, until each is in step again; returns how the frames of the rooms came meanwhile. */
async function disturb(rooms: readonly RoomHandle[]): Promise<Beat[]> {
  const { roomId } = rooms[0]!;
  const from = performance.now();
  players.frozen.process.kill("SIGSTOP");
  await players.deaf.call("deafen", true);
  const [missed] = await Promise.all([missedByNow(roomId), cutTenTimes(players.cut, roomId), pause(DISTURBED_MS)]);
  expect(missed, "of the ticks since it became deaf").toBeGreaterThan(0.8);
  players.frozen.process.kill("SIGCONT");
  await players.deaf.call("deafen", false);
  const back = await Promise.all(
    Object.entries(players).map(async ([name, player]) => {
      const waited = await inStep(name, player, roomId);
      const { drops, snapshots } = await player.call("stand", undefined);
      return `${name} after ${waited.toFixed(0)} ms (${drops} drops, ${snapshots} snapshots)`;
    }),
  );
  const to = performance.now();
  const beats = rooms.map(({ ears }) => beatOf(ears, from, to));
  const [own, beside, apart] = beats;
  process.stdout.write(
    `arena, ${OTHERS} others in the room, ${((to - from) / 1000).toFixed(0)} s\n` +
      showBeat("beside three disturbed players", own!) +
      showBeat("undisturbed room, same process", beside!) +
      showBeat("undisturbed room, another process", apart!) +
      `  in step again: ${back.join(", ")}\n`,
  );
  expect(own!.frames, "no frame is missing").toBeGreaterThanOrEqual(apart!.frames - 4);
  return beats;
}

it("the others' frames come as evenly as in an undisturbed room, and the server's memory is what it was", {
  timeout: 180_000,
}, async () => {
  const room = await openRoom(server, OTHERS);
  // As many connections as the room with the three players has.
  const rooms = [room, await openRoom(server, OTHERS + 3), await openRoom(elsewhere, OTHERS + 3)];
  const { url, roomId } = room;
  const seats = new Map<string, number | undefined>();
  for (const [i, [name, player]] of Object.entries(players).entries()) {
    await player.call("join", { url, roomId, seed: i + 1 });
    await inStep(name, player, roomId);
    seats.set(name, (await player.call("stand", undefined)).seat);
  }
  await pause(WARM_UP_MS);
  const before = await server.call("memory", undefined);
  await pause(500);
  const tries = await untilEven(() => disturb(rooms), MOST_RATIO);
  await pause(1000);
  const growth = (await server.call("memory", undefined)) - before;
  process.stdout.write(
    `  memory of the server: ${(before / 2 ** 20).toFixed(1)} MB, then ${(growth / 1024).toFixed(0)} KB more\n`,
  );
  expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
  for (const [name, player] of Object.entries(players)) {
    const { seat, hashMismatches } = await player.call("stand", undefined);
    expect({ name, seat, hashMismatches }).toEqual({ name, seat: seats.get(name), hashMismatches: 0 });
  }
  expect((await players.cut.call("stand", undefined)).drops).toBe(CUTS * tries);
  expect((await server.call("stand", roomId)).players).toBe(OTHERS + 3);
});
