/**
 * The server is killed under a playing page and started again: the page says so, and plays on by itself, in its match where that
 * was written down, in a new one where not.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ConnectedBrowsers } from "../kit/browsers/connected-browsers.ts";
import { TYPESCRIPT } from "../kit/typescript.ts";

/** Where `npm start` serves the page from. */
const DIST = "client-demo/dist";

const browsers = new ConnectedBrowsers();

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** `npm start` without its build, as a process of its own. */
function start(port: number, journal: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PORT: String(port), JOURNAL: journal, REPLAYS: "none" };
    const child = spawn(process.execPath, [...TYPESCRIPT, "server/boot/main.ts"], { env });
    child.stdout.on("data", (text: Buffer) => {
      if (text.includes("Phalanx is up")) resolve(child);
    });
    child.once("exit", () => reject(new Error("the server ended before it was up")));
  });
}

beforeAll(async () => {
  await rm(DIST, { recursive: true, force: true });
  await cp(inject("page"), DIST, { recursive: true });
});
afterAll(() => browsers.close());

it.for(BROWSERS)("a killed server without a journal, and %s", async (name, { skip }) => {
  const browser = await browsers.get(name, skip);
  const port = await freePort();
  let server = await start(port, "none");
  try {
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${port}/?game=arena`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);

    server.kill("SIGKILL");
    const dialog = tab.locator("dialog[open]");
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/The server went away\s+Trying again/);

    server = await start(port, "none");
    await dialog.waitFor({ state: "detached" });
    await tab.waitForFunction(() => (window.phalanx?.session?.client.confirmedTick ?? 0) > 10);
    expect(await tab.locator("body").innerText()).toContain("The old room ended with the server. This is a new one.");
  } finally {
    server.kill("SIGKILL");
  }
});

it.for(BROWSERS)("a killed server, and %s that goes on with its match", async (name, { skip }) => {
  const browser = await browsers.get(name, skip);
  const journal = mkdtempSync(join(tmpdir(), "phalanx-restart-"));
  const port = await freePort();
  let server = await start(port, journal);
  try {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${port}/?game=arena`);
    await tab.waitForFunction(() => (window.phalanx?.session?.client.confirmedTick ?? 0) > 40);
    const look = () =>
      tab.evaluate(() => {
        const { client, room } = window.phalanx.session!;
        const { hashMismatches, snapshots } = client.stats;
        return { roomId: room.roomId, seat: client.seat, tick: client.confirmedTick, hashMismatches, snapshots };
      });
    const before = await look();
    for (let kill = 0; kill < 3; kill++) {
      const { tick } = await look();
      server.kill("SIGKILL");
      await once(server, "exit");
      server = await start(port, journal);
      await tab.waitForFunction((past) => (window.phalanx?.session?.client.confirmedTick ?? 0) > past + 40, tick);
    }
    const after = await look();
    expect({ ...after, tick: 0 }).toEqual({ ...before, tick: 0 });
    expect(after.tick).toBeGreaterThan(before.tick + 100);
    await tab.locator("dialog[open]").waitFor({ state: "detached" });
    // A page that is loaded again while nobody is there comes back to its seat, too.
    server.kill("SIGKILL");
    await once(server, "exit");
    server = await start(port, journal);
    await tab.reload();
    await tab.waitForFunction((past) => (window.phalanx?.session?.client.confirmedTick ?? 0) > past, after.tick);
    const reloaded = await look();
    expect({ roomId: reloaded.roomId, seat: reloaded.seat }).toEqual({ roomId: before.roomId, seat: before.seat });
  } finally {
    server.kill("SIGKILL");
    rmSync(journal, { recursive: true, force: true });
  }
});
