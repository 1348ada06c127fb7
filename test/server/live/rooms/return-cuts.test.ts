/** A return that is itself cut, at any of its milliseconds, over real sockets: the next one has the same seat. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Session } from "../../../../client/session/session.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { bothWays } from "../../../../shared/netsim/conditions.ts";
import { TcpProxy } from "../../../kit/lines/tcp-proxy.ts";
import { pause } from "../../../kit/pause.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const game = games[0] as AnyGame;
const ONE_WAY_MS = 20;
/** A handshake, the welcome and the acknowledgement take five ways; a page asks by HTTP before, which takes four more. */
const CUTS_MS = Array.from({ length: process.env.CI ? 37 : 13 }, (_, i) => i * (process.env.CI ? 5 : 15));
const MOST_TRIES = 20;
const TIMEOUT = { timeout: 120_000 };

let server: RealServer;
let proxy: TcpProxy;
beforeAll(async () => {
  server = await startServer({ games });
  proxy = await TcpProxy.listen({ port: server.port, network: bothWays({ delayMs: ONE_WAY_MS }) });
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

/** Each test has a room of its own. */
const join = (options: { readonly roomId?: string; readonly returnToken?: string; readonly newRoom?: boolean }) =>
  Session.join<unknown, unknown>(game, { url: proxy.url, sample: () => ({}), ...options });

it("by a session that comes back by itself", TIMEOUT, async () => {
  const session = await join({ newRoom: true });
  const { roomId, sessionId } = session.room;
  const { seats } = server.room(roomId).match;
  const seat = seats.seatOf(sessionId)!;
  for (const after of CUTS_MS) {
    proxy.cutAll();
    await until("the seat is held", () => seats.isAway(seat));
    session.reconnector.hurry();
    await pause(after);
    proxy.cutAll();
    // Both ends notice it meanwhile, or come back.
    for (let i = 0; i < MOST_TRIES && (i === 0 || !session.isOnline || seats.isAway(seat)); i++) {
      session.reconnector.hurry();
      await pause(200);
    }
    expect([seats.seatOf(sessionId), seats.isAway(seat), session.isOnline], `${after} ms`).toEqual([seat, false, true]);
  }
  await session.leave();
});

it("by a page that is reloaded", TIMEOUT, async () => {
  let session = await join({ newRoom: true });
  const { roomId, sessionId, reconnectionToken: returnToken } = session.room;
  const { seats } = server.room(roomId).match;
  const seat = seats.seatOf(sessionId)!;
  for (const after of CUTS_MS) {
    session.reconnector.stop();
    const entering = join({ roomId, returnToken });
    const settled = entering.then((entered) => entered.reconnector.stop()).catch(() => {});
    await pause(after);
    proxy.cutAll();
    await settled;
    let entered: typeof session | undefined;
    for (let i = 0; i < MOST_TRIES && entered === undefined; i++)
      entered = await join({ roomId, returnToken }).catch(() => undefined);
    session = entered!;
    expect([session.room.sessionId, seats.seatOf(sessionId)], `${after} ms`).toEqual([sessionId, seat]);
    await until("nobody is away", () => !seats.isAway(seat));
  }
  expect(seats.held("player"), "nobody stands beside").toBe(1);
  await session.leave();
});
