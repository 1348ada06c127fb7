/**
 * The shutdown, in order: nobody new is let in; with a journal matches are left to the next process, without one players are
 * told, matches may end, then everybody is sent elsewhere.
 */
import type { Server as HttpServer } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import type { Server } from "@colyseus/core";
import type { App } from "../app/app.ts";
import { log } from "../base/log.ts";
import { output } from "../base/log-output.ts";

const LOOK_MS = 100;
/**
 * How long nobody may be connected before nobody is expected. A page that was reloaded was away for 0.1 to 0.9 s on two
 * cores with four times too much to do, in Chromium and Firefox, with 80 ms each way on the line and without.
 */
const RELOAD_MS = 3000;
/** Closing takes a round trip to every client; who does not answer by then is not waited for. */
const MOST_CLOSING_MS = 3000;

/** What is written to clients last is to be on its way. */
const LEAVING_MS = 200;

type Going = Pick<App, "registry" | "readiness" | "continuity">;

function tellPlayers({ registry }: Going, seconds: number): void {
  const message = `The server goes down in ${seconds} seconds. Bring the match to an end.`;
  for (const room of registry.rooms) room.notify("server/shutdown", message);
}

/**
 * Waits until nobody plays any more, until `seconds` have passed, or until `hurry` says so. A seat that is held for a tab
 * that is closed is nobody; but one that is reloaded just now is, for as long as that takes.
 */
async function untilMatchesEnd({ registry }: Going, seconds: number, hurry: () => boolean): Promise<void> {
  const begun = performance.now();
  let lastSeen = begun;
  while (!hurry()) {
    const now = performance.now();
    const rows = registry.rooms.map((room) => room.row());
    if (rows.some(({ players, away }) => players > away)) lastSeen = now;
    const isOver = rows.every(({ players }) => players === 0) || now - lastSeen > RELOAD_MS;
    if (isOver || now - begun > seconds * 1000) return;
    await after(LOOK_MS);
  }
}

/** Closes every room with `server/shutdown`, then the port. It never takes longer than a few seconds. */
async function close(server: Server): Promise<void> {
  await Promise.race([server.gracefullyShutdown(false), after(MOST_CLOSING_MS)]);
}

/** With a journal no match has to end, and none has to be waited for: players come back to the next process by themselves. */
async function leave(server: Server, app: Going): Promise<boolean> {
  if (!app.continuity.leave()) return false;
  (server.transport.server as HttpServer).close();
  await after(LEAVING_MS);
  return true;
}

/** A process that was told to end must end, whatever else is wrong with it. */
function endAnyway(error: unknown): never {
  log.error({ err: error }, "going down failed");
  process.exit(1);
}

/** Of one process. It ends with 0, or with 1 where going down failed. */
export class Shutdown {
  readonly #server: Server;
  readonly #app: Going;
  readonly #seconds: number;
  #isBegun = false;
  #isHurried = false;

  /** @param seconds how long matches may go on. */
  constructor(server: Server, app: Going, seconds: number) {
    this.#server = server;
    this.#app = app;
    this.#seconds = seconds;
  }

  /** Goes down in order, or, hurried, at once with a word to the players; may be told so while it goes down. */
  begin(why: string, isHurried: boolean): void {
    this.#isHurried ||= isHurried;
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#goDown(why).catch(endAnyway);
  }

  async #goDown(signal: string): Promise<void> {
    log.info({ signal, seconds: this.#seconds }, "going down");
    this.#app.readiness.drain();
    // A client whose connection waits for its next request would come back here, past a balancer that knows better.
    (this.#server.transport.server as HttpServer).closeIdleConnections();
    if (await leave(this.#server, this.#app)) log.info("matches are left to the next process");
    else {
      tellPlayers(this.#app, this.#seconds);
      await untilMatchesEnd(this.#app, this.#seconds, () => this.#isHurried);
      await close(this.#server);
    }
    log.info("down");
    await output.end();
    process.exit(0);
  }
}
