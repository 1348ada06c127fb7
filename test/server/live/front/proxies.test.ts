/** nginx and Caddy as OPERATIONS.md sets them up, really started: a client plays through each, and is who it is. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { relayFrom } from "../../../kit/lines/relay.ts";
import { freePort, StartedProxy } from "../../../kit/lines/started-proxy.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { programOrSkip } from "../../../kit/program.ts";
import { TestCertificate } from "../../../kit/servers/certificate.ts";
import { StartedServer } from "../../../kit/servers/started-server.ts";
import { until } from "../../../kit/until.ts";

const PLAYER = "127.0.0.7";
const FORGER = "127.0.0.8";
const FORGED = "203.0.113.9";
const tag = games.find(({ name }) => name === "tag") as AnyGame;

const certificate = new TestCertificate();
let server: StartedServer;
beforeAll(async () => {
  // What OPERATIONS.md says to start the server with behind a proxy.
  const [, given = ""] = /\(`((?:[A-Z_]+=\S+ )+)npm start`\)/.exec(readFileSync("OPERATIONS.md", "utf8"))!;
  const settings = Object.fromEntries(given.split(" ", 2).map((each) => each.split("=", 2) as [string, string]));
  expect(Object.keys(settings)).toEqual(["TRUST_PROXY", "HOST"]);
  server = await StartedServer.start({ ...settings, LOG_LEVEL: "info" });
  // The SDK has no option for a certificate that nobody has signed.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
});
afterAll(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  await server?.kill();
  certificate.remove();
});

/** The addresses that have connected to a room so far, or to any room. */
const addressesIn = (room?: string) =>
  server.log
    .filter((line) => line.msg === "a client connects" && (room === undefined || line.room === room))
    .map(({ address }) => address);

/** How a handshake for a room ends, from an address that adds a header of its own. */
async function handshake(port: number, from: string, headers: Record<string, string>, scheme: "ws" | "wss" = "wss") {
  const url = `${scheme}://127.0.0.1:${port}/process/room?sessionId=nobody`;
  const socket = new WebSocket(url, { headers, localAddress: from, rejectUnauthorized: false });
  return new Promise<string>((resolve) => {
    socket.on("open", () => resolve("open"));
    socket.on("error", ({ message }) => resolve(message));
  }).finally(() => socket.terminate());
}

describe.each([
  ["nginx", "nginx", StartedProxy.nginx],
  ["Caddy", "caddy", StartedProxy.caddy],
] as const)("%s", (_name, program, start) => {
  it("a client plays through it over wss, and its own address is in the log", async ({ skip }) => {
    const path = programOrSkip(program, program, skip);
    const port = await freePort();
    const proxy = await start(path, { port, backend: server.port, cert: certificate.cert, key: certificate.key });
    const relay = await relayFrom(PLAYER, port);
    try {
      const player = await joinPlayer(tag, { url: `wss://127.0.0.1:${relay.port}`, newRoom: true, bots: 2 }, 1);
      const { session } = player;
      const { client, room } = session;
      const drops: boolean[] = [];
      session.on("online", (isOnline) => drops.push(isOnline));
      await until("it plays", () => client.isSynced && client.confirmedTick > 40 && client.stats.hashChecks > 3);
      expect(client.stats.hashMismatches).toBe(0);
      expect(addressesIn(room.roomId)).toEqual([PLAYER]);

      // It comes back through the proxy, too.
      room.reconnection.minUptime = 0;
      room.connection.close(4010);
      await until("it is back", () => drops.at(-1) === true);
      expect(addressesIn(room.roomId)).toEqual([PLAYER, PLAYER]);
      await player.stop();

      const strangers = addressesIn("room").length;
      const origin = `https://127.0.0.1:${port}`;
      expect(await handshake(port, FORGER, { "x-forwarded-for": FORGED, origin })).toBe("open");
      await until("it is logged", () => addressesIn("room").length > strangers);
      expect(addressesIn("room").at(-1), "what a client adds to the chain is not believed").toBe(FORGER);
      expect(await handshake(port, FORGER, { origin: "https://evil.example" })).toContain("403");
      expect(addressesIn()).not.toContain(FORGED);
    } finally {
      await relay.close();
      await proxy.stop();
    }
  });
});

it("who is no proxy of ours is itself, whatever it forwards, and the log warns once", async () => {
  const before = addressesIn("room").length;
  for (let i = 0; i < 2; i++)
    expect(await handshake(server.port, FORGER, { "x-forwarded-for": FORGED, "x-real-ip": FORGED }, "ws")).toBe("open");
  await until("both are logged", () => addressesIn("room").length === before + 2);
  expect(addressesIn("room").slice(before)).toEqual([FORGER, FORGER]);
  expect(server.log.filter(({ msg }) => String(msg).startsWith("a proxy forwards"))).toMatchObject([
    { level: 40, address: FORGER },
  ]);
});
