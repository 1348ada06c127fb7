/** The monitor in a real browser: what happens is on the page, by push alone, and its buttons reach players. */
import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SimulatedNetwork } from "../../client/netsim/simulated-network.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { MonitorPage } from "../kit/browsers/monitor-page.ts";
import { flipBit } from "../kit/memory/flip-bit.ts";
import { joinPlayer } from "../kit/players/socket-player.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const arena = games[0] as AnyGame;
const MONITOR_PASSWORD = "twelve characters or more";

const served = new ServedPage((page) => startServer({ games, page, env: { MONITOR_PASSWORD } }));

describe.each(BROWSERS)("%s", (name) => {
  it("a room appears, ticks, loses a client, heals one; a player is removed and the room closed; the page asks for nothing", async ({
    skip,
    onTestFinished,
  }) => {
    const browser = await served.browser(name, skip);
    const monitor = await MonitorPage.open(browser, served.server.port, MONITOR_PASSWORD);
    onTestFinished(() => monitor.tab.context().close());
    const asked = [...monitor.requests];
    expect(asked.filter((request) => request.startsWith("POST"))).toEqual(["POST /matchmake/joinOrCreate/monitor"]);
    const seen: Record<string, number> = {};

    const network = new SimulatedNetwork();
    const player = await joinPlayer(arena, { url: served.server.url, newRoom: true, bots: 4, name: "Ada", network }, 1);
    onTestFinished(() => player.stop());
    const { roomId: room, sessionId: id } = player.session.room;
    seen.room = await monitor.waitFor("the room", async () => (await monitor.cell(room, "Game")) === "arena");
    const rate = async () => Number((await monitor.cell(room, "Ticks per s")).split(" ")[0]);
    seen.rate = await monitor.waitFor("its tick rate", async () => Math.abs((await rate()) - 20) < 2);

    await monitor.choose(room);
    await monitor.waitFor("who is in it", async () => (await monitor.seatCell(id, "Name")) === "Ada");
    await monitor.waitFor("its round trip", async () => /\d (ms|µs)/.test(await monitor.seatCell(id, "Round trip")));
    expect(await monitor.seatCell(id, "Plane")).toBe("lockstep");

    network.cut(3000);
    await until("the server holds the seat", () => served.server.room(room).match.seats.isAway(player.session.seat!));
    seen.drop = await monitor.waitFor("the drop", async () => (await monitor.cell(room, "Drops")) === "1");
    await monitor.waitFor("that the seat is held", async () => (await monitor.cell(room, "Away")) === "1");
    await monitor.waitFor("that it is back", async () => (await monitor.cell(room, "Away")) === "0");

    const { client } = player.session;
    await until("it is in step", () => client.isSynced && client.waitingFrames < 3);
    const path = flipBit(client.confirmed, new WorldRandom(3));
    await until("it is healed", () => client.stats.heals === 1);
    seen.heal = await monitor.waitFor("the heal", async () => (await monitor.cell(room, "Desyncs, healed")) === "1, 1");
    await monitor.waitFor("what differed", async () => (await monitor.seatCell(id, "Last desync")).includes(path));
    expect(await monitor.seatCell(id, "Last desync")).toMatch(/\(memory\)$/);
    expect(Number(await monitor.figure("phalanx_desyncs_total"))).toBeGreaterThan(0);
    mkdirSync("artifacts", { recursive: true });
    await monitor.picture(`artifacts/monitor-${name}.png`);

    const guest = await (await browser.newContext()).newPage();
    await guest.goto(`http://127.0.0.1:${served.server.port}/?game=arena&room=${room}&auto=1`);
    await guest.waitForFunction(() => window.phalanx?.ready === true);
    const guestId = await guest.evaluate(() => window.phalanx.session!.room.sessionId);
    await monitor.waitFor("the guest", async () => (await monitor.seatCell(guestId, "Plane")) === "lockstep");
    await monitor.pressTwice(`#room tr[data-key="${guestId}"] button`);
    const dialog = guest.locator("dialog[open]");
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/You were removed\s+An operator of this server has removed you/);
    await monitor.waitFor("that the guest is gone", async () => (await monitor.seatCell(guestId, "Name")) === "");
    await guest.context().close();

    let end = "";
    player.session.on("end", ({ reason }) => {
      end = reason;
    });
    await monitor.pressTwice("#room .close");
    await until("the player is told", () => end !== "");
    expect(end).toBe("operator/closed: An operator of this server has closed this room.");
    await monitor.waitFor("that the room is gone", async () => (await monitor.cell(room, "Game")) === "");
    expect(await monitor.text("#room header p")).toBe("This room has ended.");

    process.stdout.write(
      `${name}: on the monitor's page after: ${JSON.stringify(seen, (_, ms) => (typeof ms === "number" ? Math.round(ms) : ms))} ms\n`,
    );
    expect(monitor.requests, "it polls nothing").toEqual(asked);
    expect(monitor.errors).toEqual([]);
  });

  it("a disk that takes no journal is on the page, in words, until it does again", async ({ skip, onTestFinished }) => {
    const browser = await served.browser(name, skip);
    const monitor = await MonitorPage.open(browser, served.server.port, MONITOR_PASSWORD);
    onTestFinished(() => monitor.tab.context().close());
    expect(await monitor.figure("phalanx_journal_failing")).toBe("well");
    expect(await monitor.text("#trouble")).toBe("");
    const { readiness } = served.server.app;
    readiness.journalTrouble = "the journal cannot be written: ENOSPC";
    onTestFinished(() => {
      readiness.journalTrouble = undefined;
    });
    await monitor.waitFor("the sentence", async () => (await monitor.text("#trouble")).endsWith("written: ENOSPC"));
    expect(await monitor.figure("phalanx_journal_failing")).toBe("failing");
    readiness.journalTrouble = undefined;
    await monitor.waitFor("that all is well", async () => (await monitor.text("#trouble")) === "");
    expect(await monitor.figure("phalanx_journal_failing")).toBe("well");
    expect(monitor.errors).toEqual([]);
  });

  it("a browser without the password gets a sentence and no page, and the room's door is shut too", async ({
    skip,
  }) => {
    const browser = await served.browser(name, skip);
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${served.server.port}/`);
    const answers = await tab.evaluate(async () => {
      const post = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
      const asked = [fetch("monitor/", { credentials: "omit" }), fetch("matchmake/joinOrCreate/monitor", post)];
      return Promise.all(asked.map(async (answer) => [(await answer).status, await (await answer).text()] as const));
    });
    for (const [status, text] of answers) {
      expect(status).toBe(401);
      expect(text).toMatch(/monitor\/login: this needs the password of MONITOR_PASSWORD/);
    }
    // Chromium has no page to show then, Firefox shows the sentence.
    const shown = await tab.goto(`http://127.0.0.1:${served.server.port}/monitor/`).then(
      (response) => `${response?.status()}`,
      (error: Error) => error.message,
    );
    expect(shown, "it asks for a login").toMatch(/^401$|AUTH/);
    await tab.context().close();
  });
});
