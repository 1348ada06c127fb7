/** Without a password the monitor is closed and says which setting opens it; in development it is open. */
import { ColyseusSDK } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";

const CLOSED = /^monitor\/closed: .* set MONITOR_PASSWORD/;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games, page: "client-demo" });
});
afterAll(() => server.stop());

const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
const join = () => new ColyseusSDK(server.url).joinOrCreate("monitor");

it.each(["/monitor", "/monitor/", "/monitor/index.html", "/Monitor/", "/monitor/ticket", "/metrics"])(
  "%s is refused with the setting's name",
  async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(CLOSED);
  },
);

it("so is the room, and a password that is none of its", async () => {
  await expect(join()).rejects.toThrow(CLOSED);
  const sdk = new ColyseusSDK(server.url);
  sdk.auth.token = "anything";
  await expect(sdk.joinOrCreate("monitor")).rejects.toThrow(CLOSED);
});

it("`npm run dev` opens all of it", async () => {
  server.app.operators.isOpen = true;
  expect((await get("/metrics")).status).toBe(200);
  const answer = await get("/monitor/");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
  expect(await answer.text()).toMatch(/<meta name="phalanx-ticket" content="\d+\.[\w-]{43}" \/>/);
  const room = await join();
  await room.leave();
});
