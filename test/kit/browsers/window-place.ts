/** A window's place, as the window itself says it, and the referee's word on who sits there. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ColyseusSDK } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import type { RealServer } from "../servers/server.ts";
import { until } from "../until.ts";

const POLL_MS = 50;
/** Less than the half minute that a seat is held: `hold-time.ts`. */
const HOLD_SECONDS = 25;
/** Then ticks have stopped. */
const NEVER_MS = 150_000;

export interface Place {
  readonly session: string;
  readonly room: string;
  readonly seat: number;
}

/** Waits until a window plays, and says where. It is asked by a timer: Firefox draws no window that is behind another one. */
export async function placeOf(tab: Page): Promise<Place> {
  const isPlaying = () => window.phalanx?.session?.isOnline === true && window.phalanx.session.seat !== undefined;
  await tab.waitForFunction(isPlaying, undefined, { polling: POLL_MS });
  return tab.evaluate(() => {
    const { room, seat } = window.phalanx.session!;
    return { session: room.sessionId, room: room.roomId, seat: seat! };
  });
}

/** A room in which nobody sits, kept by a spectator. */
export async function emptyRoom(server: RealServer): Promise<string> {
  const spectator = await new ColyseusSDK(server.url).create("arena", { watch: true });
  spectator.onMessage("*", () => {});
  return spectator.roomId;
}

/** Who holds the seat of a place, and whether they are away. */
export function holderOf(
  server: RealServer,
  { room, seat }: Place,
): readonly [id: string | undefined, isAway: boolean] {
  const { seats } = server.room(room).match;
  return [seats.holder(seat)?.id, seats.isAway(seat)];
}

/** Whether the seat is held for who is away, and nobody is connected in their name. */
export function isHeldFor(server: RealServer, place: Place): boolean {
  const [id, isAway] = holderOf(server, place);
  return id === place.session && isAway && server.room(place.room).clients.get(place.session) === undefined;
}

/**
 * Waits for what must not need that the hold of a seat ends, which is counted in ticks of a match that goes on meanwhile: a machine that
 * is busy is late with both.
 *
 * @throws Error naming `what` when the hold would have ended first.
 */
export async function beforeHoldEnds(
  what: string,
  { match }: Pick<ReturnType<RealServer["room"]>, "match">,
  isTrue: () => boolean,
): Promise<void> {
  const ends = match.world.tick + HOLD_SECONDS * match.game.tickRate;
  await until(what, () => isTrue() || match.world.tick >= ends, NEVER_MS);
  if (match.world.tick >= ends) throw new Error(`did not happen while a seat is held: ${what}`);
}

/** Another site, to which a window can go. */
export class Elsewhere {
  readonly #server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<title>Elsewhere</title>");
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Waits until a window is there. */
export async function isElsewhere(tab: Page): Promise<void> {
  await tab.waitForFunction(() => document.title === "Elsewhere", undefined, { polling: POLL_MS });
}

/** As by the browser's own buttons; playwright's would wait for a load, which a page that was kept has not. */
export async function go(tab: Page, way: "back" | "forward"): Promise<void> {
  await tab.evaluate((wanted) => void setTimeout(() => history[wanted](), 0), way);
}
