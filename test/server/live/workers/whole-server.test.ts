/** A server of several workers shows all of itself, whichever of them is asked, and its limits are of all. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import type { Push, RoomPush } from "../../../../shared/monitor/feed.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { until } from "../../../kit/until.ts";

const MONITOR_PASSWORD = "twelve characters or more";
const LOGIN = { authorization: `Basic ${btoa(`operator:${MONITOR_PASSWORD}`)}` };

let workers: SeveralWorkers | undefined;
afterEach(() => workers?.stop());

const figureIn = (metrics: string, line: string): number =>
  Number(new RegExp(`^${line} (.*)$`, "m").exec(metrics)?.[1]);

it("lists, figures, the monitor and an operator's orders are of all workers, and totals survive one of them", async () => {
  workers = await SeveralWorkers.start(2, { MONITOR_PASSWORD });
  const rooms = [...(await workers.roomOfEach("tag")).values()];
  const joins = async (): Promise<number> =>
    figureIn(await workers!.ask<string>("GET", "/metrics", LOGIN), "phalanx_joins_total");
  const before = await joins();
  const clients = await Promise.all(rooms.map((room) => new ColyseusSDK(workers!.url).joinById(room, {})));
  // The system decides who is asked: among so many each of them is.
  for (let i = 0; i < 16; i++) {
    const list = await workers.ask<{ rooms: { id: string }[] }>("GET", "/api/rooms");
    expect(new Set(list.rooms.map(({ id }) => id))).toEqual(new Set(rooms));
    const metrics = await workers.ask<string>("GET", "/metrics", LOGIN);
    expect(figureIn(metrics, 'phalanx_rooms\\{game="tag"\\}')).toBe(2);
    expect(figureIn(metrics, "phalanx_joins_total")).toBe(before + 2);
    expect(await workers.ask("GET", "/healthz")).toMatchObject({ ok: true, faults: 0 });
  }

  const pushes: Push[] = [];
  const told: RoomPush[] = [];
  const watchers = [];
  for (let i = 0; i < 2; i++) {
    const sdk = new ColyseusSDK(workers.url);
    // A ticket of one worker is good at the other.
    sdk.auth.token = await workers.ask<string>("GET", "/monitor/ticket", LOGIN);
    const watcher = await sdk.joinOrCreate("monitor");
    watcher.onMessage("push", (push: Push) => pushes.push(push));
    watcher.onMessage("room", (room: RoomPush) => told.push(room));
    for (const room of rooms) {
      watcher.send("watch", { room });
      await until("its seats are told", () => told.some(({ id, seats }) => id === room && seats?.length === 1));
    }
    watchers.push(watcher);
  }
  await until("a push has both rooms", () => pushes.some((push) => push.rooms.length === 2));
  expect(pushes.at(-1)!.figures.phalanx_players).toBe(2);
  const gone = clients.map((client) => new Promise((resolve) => client.onLeave(resolve)));
  for (const room of rooms) watchers[0]!.send("close", { room });
  await Promise.all(gone);
  await Promise.all(watchers.map((watcher) => watcher.leave()));

  await workers.ask("GET", "/metrics", LOGIN);
  const pid = workers.pids().get(1)!;
  process.kill(pid, "SIGKILL");
  await until("another one is there", () => (workers!.pids().get(1) ?? pid) !== pid);
  expect(await joins()).toBe(before + 2);
});

it("ROOMS is of all workers", async () => {
  workers = await SeveralWorkers.start(2, { ROOMS: "3" });
  const made: string[] = [];
  await expect(async () => {
    for (let i = 0; i < 8; i++) {
      const { roomId } = await workers!.ask<{ roomId: string }>("POST", "/matchmake/create/tag");
      made.push(roomId);
      // The others hear of it.
      await workers!.ask("GET", "/api/rooms");
    }
  }).rejects.toThrow(/^503 .*as many rooms as it can take/);
  expect(made).toHaveLength(3);
});

it("an honest crowd of one address is not refused: who reserves at one worker and comes to another has come", async () => {
  workers = await SeveralWorkers.start(2, { EXEMPT: "none", PENDING_JOINS: "4" });
  const sdk = new ColyseusSDK(workers.url);
  const rooms = [...(await workers.roomOfEach("tag")).values()];
  const hosts = await Promise.all(rooms.map((room) => sdk.joinById(room, {})));
  for (let i = 0; i < 24; i++) {
    const path = `/matchmake/joinById/${rooms[i % 2]}`;
    const client = await sdk.consumeSeatReservation(await workers.ask("POST", path));
    await client.leave();
  }
  await Promise.all(hosts.map((host) => host.leave()));
});

it("a new room is made where there are the fewest, whoever is asked for it", async () => {
  workers = await SeveralWorkers.start(2);
  const made = Array.from({ length: 8 }, () =>
    workers!.ask<{ roomId: string }>("POST", "/matchmake/create/tag").then(({ roomId }) => workers!.workerOf(roomId)),
  );
  expect((await Promise.all(made)).toSorted()).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
});
