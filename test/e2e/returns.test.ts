/** A window that is reloaded, left, come back to or doubled, in browsers, over a line of 80 ms each way: one seat, at once. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { bothWays } from "../../shared/netsim/conditions.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import {
  beforeHoldEnds,
  Elsewhere,
  emptyRoom,
  go,
  holderOf,
  isElsewhere,
  isHeldFor,
  placeOf,
} from "../kit/browsers/window-place.ts";
import { TcpProxy } from "../kit/lines/tcp-proxy.ts";
import { pause } from "../kit/pause.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const ONE_WAY_MS = 80;
const RELOADS = process.env.CI ? 5 : 2;
/** Between two reloads: the first one is then at every stage of its return. */
const APART_MS = process.env.CI ? [100, 300, 400, 450, 500, 600, 700] : [450];
/** Of a first visit: from the server's welcome on, which takes so long to the page. */
const FIRST_RELOADS = process.env.CI ? 4 : 1;
const FIRST_APART_MS = process.env.CI ? 40 : 80;
/** Two windows that fought for a seat would take it from each other meanwhile. */
const FIGHT_MS = 1500;

const served = new ServedPage((page) => startServer({ games, page }));
let proxy: TcpProxy;
let elsewhere: Elsewhere;
beforeAll(async () => {
  proxy = await TcpProxy.listen({ port: served.server.port, network: bothWays({ delayMs: ONE_WAY_MS }) });
  elsewhere = await new Elsewhere().listen();
});
afterAll(async () => {
  elsewhere?.close();
  await proxy?.close();
});

/** Stock clients on every seat that is free. */
async function fill(room: string): Promise<Room[]> {
  const { seats } = served.server.room(room).match;
  const others: Room[] = [];
  while (seats.held("player") < seats.count) {
    const other = await new ColyseusSDK(served.server.url).joinById(room);
    other.onMessage("*", () => {});
    others.push(other);
  }
  return others;
}

describe.each(BROWSERS)("%s", (name) => {
  /** @param room left out: one of its own, which a spectator keeps. */
  async function open(skip: (why: string) => never, room?: string): Promise<Page> {
    const tab = await (await (await served.browser(name, skip)).newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${proxy.port}/?game=arena&room=${room ?? (await emptyRoom(served.server))}`);
    return tab;
  }

  it("reloaded again and again, it has its seat each time, and stands nowhere else", async ({ skip }) => {
    const tab = await open(skip);
    const place = await placeOf(tab);
    for (let i = 0; i < RELOADS; i++) {
      await tab.reload();
      expect(await placeOf(tab), `reload ${i}`).toEqual(place);
      expect(holderOf(served.server, place)).toEqual([place.session, false]);
      expect(served.server.room(place.room).match.seats.held("player")).toBe(1);
    }
  });

  it("reloaded twice in a row, the second time while it is coming back", async ({ skip }) => {
    const tab = await open(skip);
    const place = await placeOf(tab);
    for (const apart of APART_MS) {
      await tab.reload({ waitUntil: "commit" });
      await pause(apart);
      await tab.reload();
      expect(await placeOf(tab), `${apart} ms apart`).toEqual(place);
      expect(served.server.room(place.room).match.seats.held("player"), `${apart} ms apart`).toBe(1);
    }
  });

  it("reloaded before it knows its first seat, it stands once, and soon beside nobody", async ({ skip }) => {
    const room = await emptyRoom(served.server);
    const { seats } = served.server.room(room).match;
    for (let i = 0; i < FIRST_RELOADS; i++) {
      const tab = await (await (await served.browser(name, skip)).newContext()).newPage();
      await tab.goto(`http://127.0.0.1:${proxy.port}/?game=arena&room=${room}`, { waitUntil: "commit" });
      await until("it has a seat", () => seats.held("player") > 0);
      await pause(i * FIRST_APART_MS);
      await tab.reload();
      const place = await placeOf(tab);
      await beforeHoldEnds("nobody stands beside it", served.server.room(room), () => seats.held("player") === 1);
      expect(holderOf(served.server, place)).toEqual([place.session, false]);
      await tab.evaluate(() => window.phalanx.session!.leave());
      await tab.context().close();
      await beforeHoldEnds("the room is empty", served.server.room(room), () => seats.held("player") === 0);
    }
  });

  it("by a link to another game it gives its seat up at once; back leads to a new one", async ({ skip }) => {
    const tab = await open(skip);
    const arena = await placeOf(tab);
    const asked: number[] = [];
    tab.on("response", (response) => {
      if (new URL(response.url()).pathname.startsWith("/replays/")) asked.push(response.status());
    });
    // Somebody stays, so that the room does.
    const friend = await open(skip, arena.room);
    await placeOf(friend);
    await tab.locator("#games a", { hasText: "tag" }).click();
    const isFree = () => holderOf(served.server, arena)[0] !== arena.session;
    await beforeHoldEnds("its seat is free", served.server.room(arena.room), isFree);
    await tab.waitForURL(/game=tag/);
    const tag = await placeOf(tab);
    expect(tag.room).not.toBe(arena.room);
    // This server records nothing: nothing is offered, and it is not asked again.
    await expect.poll(() => asked).toEqual([204]);
    expect(await tab.locator(".offer").count()).toBe(0);
    await tab.goBack();
    await tab.waitForURL(/game=arena/);
    const again = await placeOf(tab);
    expect([again.room, again.session === arena.session]).toEqual([arena.room, false]);
    expect(served.server.room(arena.room).match.seats.held("player")).toBe(2);
    await beforeHoldEnds("nobody else stands in tag", served.server.room(tag.room), () =>
      isHeldFor(served.server, tag),
    );
  });

  it("away at once when it goes to another site, and back in its seat by back and forward", async ({ skip }) => {
    const tab = await open(skip);
    const place = await placeOf(tab);
    await tab.goto(elsewhere.url);
    await beforeHoldEnds("it is shown as away", served.server.room(place.room), () => isHeldFor(served.server, place));
    await go(tab, "back");
    expect(await placeOf(tab)).toEqual(place);
    expect(holderOf(served.server, place)).toEqual([place.session, false]);
    await go(tab, "forward");
    await isElsewhere(tab);
    await beforeHoldEnds("it is away again", served.server.room(place.room), () => isHeldFor(served.server, place));
    await go(tab, "back");
    expect(await placeOf(tab)).toEqual(place);
    expect(served.server.room(place.room).match.seats.held("player")).toBe(1);
  });

  it.for([
    ["a room with free seats", false],
    ["a full room", true],
  ] as const)(
    "doubled in %s: the copy plays, the first is told, and may have it back",
    async ([, isFull], { skip }) => {
      const tab = await open(skip);
      const place = await placeOf(tab);
      const { seats } = served.server.room(place.room).match;
      const others = isFull ? await fill(place.room) : [];
      // A window that a page opens has its storage, as a tab that is doubled by hand.
      const opened = tab.waitForEvent("popup");
      await tab.evaluate(() => void window.open(location.href));
      const copy = await opened;
      expect(await placeOf(copy)).toEqual(place);
      for (const [told, playing] of [
        [tab, copy],
        [copy, tab],
      ] as const) {
        await told.locator("dialog[open]", { hasText: "This seat is now played in another tab or window." }).waitFor();
        await pause(FIGHT_MS);
        expect(await playing.locator("dialog[open]").count(), "they do not fight").toBe(0);
        expect(holderOf(served.server, place)).toEqual([place.session, false]);
        expect(seats.held("player")).toBe(1 + others.length);
        if (told === copy) break;
        await told.bringToFront();
        await told.getByRole("button", { name: "Play here" }).click();
        await told.locator("dialog").waitFor({ state: "hidden" });
        expect(await placeOf(told)).toEqual(place);
      }
      for (const other of others) await other.leave();
    },
  );
});
