/**
 * The identity of a player who wants a seat, where the server asks for it: with our own session and with a stock
 * client.
 */
import { ColyseusSDK } from "@colyseus/sdk";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Session } from "../../../../client/session/session.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const SECRET = "a secret of at least thirty-two characters";
const tag = games.find(({ name }) => name === "tag") as AnyGame;
const tokenFor = (name: string): Promise<string> =>
  new SignJWT({ name })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(name)
    .setAudience("phalanx")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(SECRET));

const namesOf = (session: Session<unknown, unknown>): string[] =>
  [...session.roster().values()].map(({ name }) => name);

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games, env: { TOKEN_SECRET: SECRET } });
});
afterAll(() => server.stop());

const join = (token?: string) =>
  Session.join<unknown, unknown>(tag, { url: server.url, name: "Mallory", token, sample: () => ({ dx: 0, dy: 0 }) });

it("without a token nobody is let in, on either plane", async () => {
  await expect(join()).rejects.toThrow("join/token: this server wants a valid token");
  await expect(new ColyseusSDK(server.url).joinOrCreate("tag")).rejects.toThrow("join/token");
});

it("a player is called what the token says, and comes back to the seat with it", async () => {
  const session = await join(await tokenFor("Ada"));
  await until("the roster has it", () => namesOf(session).includes("Ada"));
  let returns = 0;
  session.on("online", (isOnline) => {
    if (isOnline) returns++;
  });
  session.room.reconnection.minUptime = 0;
  session.room.connection.close(4010);
  await until("it is back", () => returns === 1);
  expect(namesOf(session)).toContain("Ada");
  await session.leave();
});

it("a stock client with a token", async () => {
  const sdk = new ColyseusSDK(server.url);
  sdk.auth.token = await tokenFor("Bob");
  const room = await sdk.joinOrCreate("tag");
  await until("the roster arrives", () => (room.state as { seats?: Map<string, unknown> }).seats?.size === 1);
  const [seat] = [...(room.state as { seats: Map<string, { name: string }> }).seats.values()];
  expect(seat!.name).toBe("Bob");
  await room.leave();
});

it("a ticket is for whom it was given: nobody else returns by it, and who has no token is told so; the player plays on", async () => {
  const session = await join(await tokenFor("Ada"));
  await until("the roster has it", () => namesOf(session).includes("Ada"));
  const { roomId, reconnectionToken } = session.room;
  const drops: boolean[] = [];
  session.on("online", (isOnline) => drops.push(isOnline));
  const returnAs = (token?: string) => {
    const sdk = new ColyseusSDK(server.url);
    if (token !== undefined) sdk.auth.token = token;
    return sdk.reconnect(reconnectionToken);
  };
  await expect(returnAs()).rejects.toThrow("join/token: this server wants a valid token");
  await expect(returnAs("nonsense")).rejects.toThrow("join/token");
  await expect(returnAs(await tokenFor("Bob"))).rejects.toMatchObject({ code: 524 });
  expect([drops, server.room(roomId).match.seats.held("player")]).toEqual([[], 1]);
  const newer = await returnAs(await tokenFor("Ada"));
  newer.onMessage("*", () => {});
  expect([newer.sessionId, server.room(roomId).match.seats.held("player")]).toEqual([session.room.sessionId, 1]);
  await newer.leave();
});
