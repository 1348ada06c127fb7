/** Going down in order: nobody new is let in, players are told, matches may end, then everybody is sent elsewhere. */
import type { Server as HttpServer } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { matchMaker, type Server } from "@colyseus/core";
import type { App } from "./app.ts";
import { log } from "./log.ts";
import type { LockstepRoom } from "./rooms/lockstep-room.ts";

const LOOK_MS = 100;
/** Closing takes a round trip to every client; who does not answer by then is not waited for. */
const MOST_CLOSING_MS = 3000;

type Going = Pick<App, "desk" | "readiness">;

function tellPlayers({ desk }: Going, seconds: number): void {
  const message = `The server goes down in ${seconds} seconds. Bring the match to an end.`;
  for (const { id } of desk.reports()) {
    const room = matchMaker.getLocalRoomById(id) as unknown as LockstepRoom | undefined;
    room?.notify("server/shutdown", message);
  }
}

/** Waits until nobody plays any more, until `seconds` have passed, or until `hurry` says so. */
async function untilMatchesEnd({ desk }: Going, seconds: number, hurry: () => boolean): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  const isPlaying = (): boolean => desk.reports().some(({ seats }) => seats.players > 0);
  while (isPlaying() && performance.now() < deadline && !hurry()) await after(LOOK_MS);
}

/** Closes every room with `server/shutdown`, then the port. It never takes longer than a few seconds. */
async function close(server: Server): Promise<void> {
  await Promise.race([server.gracefullyShutdown(false), after(MOST_CLOSING_MS)]);
}

/** SIGTERM and SIGINT go down in order, a second one at once; the process ends with 0 either way. */
export function shutDownOnSignals(server: Server, app: Going, seconds: number): void {
  let signals = 0;
  const onSignal = async (signal: string): Promise<void> => {
    signals++;
    if (signals > 1) return;
    log.info({ signal, seconds }, "going down");
    app.readiness.drain();
    // Who has a connection that waits for its next request would come back here, past a balancer that knows better.
    (server.transport.server as HttpServer).closeIdleConnections();
    tellPlayers(app, seconds);
    await untilMatchesEnd(app, seconds, () => signals > 1);
    await close(server);
    log.info("down");
    process.exit(0);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}
