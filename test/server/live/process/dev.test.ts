/** `npm run dev` in a copy of the project: however files are saved, the server ends with what is on the disk, and the page too. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { logicHashes } from "../../../../server/config/logic-hash.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { StartedServer } from "../../../kit/servers/started-server.ts";

/** A start takes two seconds on a machine that does nothing else. */
const LONG_MS = 240_000;
/**
 * How often two saves come in a row: each is up to two starts of a server, and the next ones come ever later, during the start, at its
 * end, after it. On a laptop they come during the start, once.
 */
const [SAVES, LATER_MS] = process.env.CI ? [10, 100] : [1, 0];
/** To ask more often would be a good part of the work. */
const LOOK_MS = 200;
const tag = games.find(({ name }) => name === "tag") as AnyGame;

const copy = mkdtempSync(join(tmpdir(), "phalanx-dev-"));
const file = join(copy, "shared/games/tag.ts");
const rules = readFileSync("shared/games/tag.ts", "utf8");
const port = 10_000 + Math.floor(Math.random() * 20_000);
let server: StartedServer;

beforeAll(async () => {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
  for (const path of listed
    .split("\n")
    .filter((path) => /^(server|shared|guards|client|client-demo)\/|^[^/]+$/.test(path))) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    cpSync(path, join(copy, path));
  }
  symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  const env = { PORT: String(port), LOG_LEVEL: "info", REPORTS: "none", REPLAYS: "none" };
  server = await StartedServer.start(env, ["sh", "-c", `cd "${copy}" && exec npm run dev`], LONG_MS);
}, LONG_MS);
afterAll(async () => {
  await server?.kill();
  rmSync(copy, { recursive: true, force: true });
});

const textOf = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();

/** Waits for what may take a restart of the server, which is gone meanwhile. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await after(LOOK_MS);
  }
}

/** The rules that the page has, by what vite puts into it. */
async function pageHas(logic: string): Promise<true | undefined> {
  return (await textOf("/@vite/env")).includes(`"tag":"${logic}"`) ? true : undefined;
}

async function playsWith(logic: string): Promise<void> {
  await eventually(() => pageHas(logic));
  const player = await joinPlayer(tag, { url: `ws://127.0.0.1:${port}`, logic }, 1);
  await player.stop();
}

/** As editors with a safe write save: a new file takes the old one's place. */
function saveByRename(text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const logicOnDisk = (): string => logicHashes(join(copy, "shared")).tag!;

it("many saves by rename, two within 100 ms, end in the last rules for server and page", {
  timeout: LONG_MS,
}, async () => {
  for (let i = 0; i < SAVES; i++) {
    saveByRename(`${rules}\n// a ${i}\n`);
    await after(50);
    saveByRename(`${rules}\n// b ${i}\n`);
    await after(LATER_MS * i);
  }
  await playsWith(logicOnDisk());
});

const other = join(copy, "shared/engine/math/other.ts");

it("a new file is seen too", { timeout: LONG_MS }, async ({ skip }) => {
  if (!process.env.CI)
    skip("long: CI=true runs it; what is seen of files is tested in test/server/dev/sources.test.ts");
  writeFileSync(other, "/** Another file of the engine. */\nexport const other = 1;\n");
  await playsWith(logicOnDisk());
});

/** What vite tells a page that comes, over the port that the game is on. */
async function toldToPage(): Promise<string> {
  const token = /wsToken = "([^"]*)"/.exec(await textOf("/@vite/client"))?.[1] ?? "";
  const socket = new WebSocket(`ws://127.0.0.1:${port}/?token=${token}`, "vite-hmr");
  try {
    return await new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("closed")));
      socket.on("message", (data) => {
        const told = JSON.parse(String(data)) as { readonly type: string; readonly err?: { readonly message: string } };
        if (told.type === "error") resolve(told.err!.message);
      });
    });
  } finally {
    socket.terminate();
  }
}

it("a game that cannot be defined is told to the terminal and over the page, with file and line, until a save in place mends it", {
  timeout: LONG_MS,
}, async () => {
  saveByRename(rules.replace("tickRate:", "tickrate:"));
  const told = await eventually(toldToPage);
  expect(told).toMatch(/^The games cannot be loaded: .*tag\.ts:\d+:\d+: .*tickrate/s);
  const withOther = logicOnDisk();
  rmSync(other, { force: true });
  writeFileSync(file, `${rules}// mended in place, and another file is gone\n`);
  expect(logicOnDisk()).not.toBe(withOther);
  await playsWith(logicOnDisk());
});

it.each(["/playground", "/colyseus-monitor"])("Colyseus's %s is there", { timeout: LONG_MS }, async (path) => {
  expect(await textOf(path)).toMatch(/<html/);
});

it("SIGTERM to npm ends it and gives the port back", { timeout: LONG_MS }, async () => {
  server.signal("SIGTERM");
  expect(await server.ended).toEqual([0, null]);
  await expect(textOf("/")).rejects.toThrow();
});
