/** 200 spectators in a room, at once or ten seconds behind: the players' frames come as evenly as without them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { beatOf, showBeat, untilEven } from "../../../kit/beat.ts";
import { pause } from "../../../kit/pause.ts";
import { type FrameEar, listenToFrames } from "../../../kit/players/frame-ear.ts";
import { Helper } from "../../../kit/servers/calls.ts";
import type { ServerCalls } from "../../../kit/servers/server-process.ts";
import type { SpectatorCalls } from "../../../kit/servers/spectators-process.ts";

const SPECTATORS = process.env.CI ? 200 : 50;
const MEASURED_MS = process.env.CI ? 20_000 : 4000;
const WARM_UP_MS = 2000;
const PLAYERS = 4;
const BOTS = 8;
const MOST_RATIO = 1.2;

/** The second server is a process of its own: what the first one suffers as a whole does not touch it. */
let server: Helper<ServerCalls>;
let elsewhere: Helper<ServerCalls>;
let spectators: Helper<SpectatorCalls>;
beforeAll(() => {
  server = new Helper("server-process.ts");
  elsewhere = new Helper("server-process.ts");
  spectators = new Helper("spectators-process.ts");
});
afterAll(() => Promise.all([server, elsewhere, spectators].map((helper) => helper.end())));

async function openRoom(at: Helper<ServerCalls>, spectatorDelay: number) {
  const url = await at.call("url", undefined);
  const roomId = await at.call("open", { bots: BOTS, spectatorDelay });
  const ears: FrameEar[] = [];
  for (let i = 0; i < PLAYERS; i++) ears.push(await listenToFrames({ url, roomId }));
  return { at, url, roomId, ears };
}

it.each([0, 10])(`${SPECTATORS} spectators, %i s behind`, { timeout: 120_000 }, async (delay) => {
  const room = await openRoom(server, delay);
  const rooms = [room, await openRoom(server, delay), await openRoom(elsewhere, delay)];
  const { url, roomId } = room;
  try {
    await spectators.call("watch", { url, roomId, count: SPECTATORS });
    await pause(WARM_UP_MS);

    await untilEven(async () => {
      await spectators.call("heard", undefined);
      const from = performance.now();
      await pause(MEASURED_MS);
      const { fewest, newestTick } = await spectators.call("heard", undefined);
      const { tick } = await server.call("stand", roomId);
      const beats = rooms.map(({ ears }) => beatOf(ears, from, performance.now()));
      const [own, beside, apart] = beats;
      const behind = tick - newestTick;
      process.stdout.write(
        `arena, ${PLAYERS} players, ${(MEASURED_MS / 1000).toFixed(0)} s\n` +
          showBeat(`${SPECTATORS} spectators, ${delay} s behind`, own!) +
          showBeat("no spectators, same process", beside!) +
          showBeat("no spectators, another process", apart!) +
          `  every spectator got ${fewest} frames or more, the newest ${behind} ticks old\n`,
      );
      expect(fewest, "frames of each spectator").toBeGreaterThanOrEqual(own!.frames - arena.tickRate);
      expect(behind).toBeGreaterThanOrEqual(delay * arena.tickRate);
      return beats;
    }, MOST_RATIO);
  } finally {
    await spectators.call("leave", undefined);
    await Promise.all(rooms.flatMap(({ ears }) => ears.map((ear) => ear.leave())));
    await Promise.all(rooms.map(({ at, roomId }) => at.call("close", roomId)));
  }
});
