/** A server that writes no journal is killed under a playing page and started again: the page says so, and plays on by itself. */
import { type ChildProcess, spawn } from "node:child_process";
import { cp, rm } from "node:fs/promises";
import { createServer } from "node:net";
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
function start(port: number): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PORT: String(port), JOURNAL: "none" };
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

it.for(BROWSERS)("a killed server and %s", async (name, { skip }) => {
  const browser = await browsers.get(name, skip);
  const port = await freePort();
  let server = await start(port);
  try {
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(`http://127.0.0.1:${port}/?game=arena`);
    await tab.waitForFunction(() => window.phalanx?.ready === true);

    server.kill("SIGKILL");
    const dialog = tab.locator("dialog[open]");
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/The server went away\s+Trying again/);

    server = await start(port);
    await dialog.waitFor({ state: "detached" });
    await tab.waitForFunction(() => (window.phalanx?.session?.client.confirmedTick ?? 0) > 10);
    expect(await tab.locator("body").innerText()).toContain("The old room ended with the server. This is a new one.");
  } finally {
    server.kill("SIGKILL");
  }
});
