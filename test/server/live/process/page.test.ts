/** The page: built when its sources are others, kept in memory while it is served, and served from a checkout that nobody may write. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPage } from "../../../../server/page/built-page.ts";
import { pageSources, pageStamp, stampOf, writeStamp } from "../../../../server/page/page-stamp.ts";
import { games } from "../../../../shared/games/index.ts";
import { startServer } from "../../../kit/servers/server.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";

const LONG_MS = 120_000;
const NOBODY = 65_534;
/** Node's fetch else asks for anything but what it has. */
const ASKING = { "cache-control": "max-age=0" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "phalanx-page-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe("the stamp", () => {
  beforeEach(() => {
    for (const path of [
      "client/session.ts",
      "client-demo/main.ts",
      "shared/games/a.ts",
      "package-lock.json",
      "server/config/logic-hash.ts",
      "tsconfig.json",
    ])
      write(path, path);
  });

  it("is another one when a source is, and the same for what is built, hidden or words", () => {
    const before = pageStamp(folder);
    write("client-demo/dist/index.html", "built");
    write("client-demo/.dist-x/index.html", "half built");
    write("shared/README.md", "words");
    expect(pageStamp(folder)).toBe(before);
    write("shared/games/a.ts", "other rules");
    const changed = pageStamp(folder);
    expect(changed).not.toBe(before);
    write("client-demo/new.css", "");
    expect(pageStamp(folder)).not.toBe(changed);
  });

  it("is kept in the build, and a build without one is not whole", () => {
    expect(stampOf(folder)).toBeUndefined();
    writeStamp(folder, "abc");
    expect(stampOf(folder)).toBe("abc");
  });

  it("counts every file that a build reads", { timeout: LONG_MS }, async () => {
    const read = new Set<string>();
    await build({
      configFile: "client-demo/vite.config.ts",
      logLevel: "warn",
      build: { outDir: folder, emptyOutDir: true },
      plugins: [{ name: "note", moduleParsed: ({ id }) => void read.add(id.split("?")[0]!) }],
    });
    const local = [...read].filter((id) => id.startsWith("/") && !id.includes("node_modules"));
    expect(local.length).toBeGreaterThan(100);
    const sources = new Set(pageSources());
    expect(local.map((id) => relative(resolve("."), id)).filter((path) => !sources.has(path))).toEqual([]);
  });
});

describe("the page that is served", () => {
  const get = (port: number, path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });

  it("is the one from the start, small and kept for good where its name has a hash", async () => {
    const script = "let a = 0;\n".repeat(500);
    write("index.html", "<h1>first</h1>");
    write("monitor/index.html", "<h1>monitor</h1>");
    write("assets/main-1a2b3c.js", script);
    const server = await startServer({ games, page: folder });
    try {
      write("index.html", "<h1>second</h1>");
      rmSync(join(folder, "assets"), { recursive: true });
      const page = await get(server.port, "/");
      expect([await page.text(), page.headers.get("cache-control")]).toEqual(["<h1>first</h1>", "no-cache"]);
      expect(page.headers.get("content-type")).toMatch(/^text\/html/);
      const again = await get(server.port, "/", { "if-none-match": page.headers.get("etag")!, ...ASKING });
      expect(again.status).toBe(304);
      const asset = await get(server.port, "/assets/main-1a2b3c.js", { "accept-encoding": "gzip" });
      expect(asset.headers.get("content-encoding")).toBe("gzip");
      expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect(await asset.text()).toBe(script);
      const plain = await get(server.port, "/assets/main-1a2b3c.js", { "accept-encoding": "identity" });
      expect(plain.headers.get("content-encoding")).toBeNull();
      expect(plain.headers.get("vary")).toContain("accept-encoding");
      for (const path of ["/build.json", "/monitor/%69ndex.html", "/..%2fpackage.json", "/assets"])
        expect((await get(server.port, path)).status, path).toBe(404);
      // No password is set: the monitor is closed, whatever lies in the folder.
      expect((await get(server.port, "/monitor/index.html")).status).toBe(403);
    } finally {
      await server.stop();
    }
  });

  it("is nothing where no index is", () => {
    expect(readPage(join(folder, "nowhere"))).toBeUndefined();
    write("main.js", "");
    expect(readPage(folder)).toBeUndefined();
  });
});

interface Run {
  readonly code: number | null;
  readonly out: string;
}

interface Started {
  /** A copy of the checkout; there it is started as a person starts it. */
  readonly cwd?: string;
  readonly uid?: number;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Runs a server, in this checkout or in a copy, until it is up or has ended. */
function run(file: string, { cwd, uid, args = [], env = {} }: Started) {
  const way = cwd === undefined ? TYPESCRIPT : ["server/boot/launch.mjs"];
  return new Promise<Run>((resolve) => {
    const child = spawn(process.execPath, [...way, file, ...args], {
      cwd: cwd ?? ".",
      env: { ...process.env, PORT: "0", LOG_LEVEL: "info", ...env },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let out = "";
    const hear = (text: Buffer): void => {
      out += text;
      if (out.includes("Phalanx is up")) child.kill("SIGTERM");
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => resolve({ code, out }));
  });
}

describe("what only prints builds nothing:", () => {
  const built = (): string[] => readdirSync("client-demo").filter((name) => /dist/.test(name));

  it("help, a wrong setting, and a port that is taken", { timeout: LONG_MS }, async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as { port: number };
    const before = [built(), stampOf("client-demo/dist")];
    const help = await run("server/boot/start.ts", { args: ["--help"] });
    const wrong = await run("server/boot/start.ts", { env: { PORT: "http" } });
    const taken = await run("server/boot/start.ts", { env: { PORT: String(port) } });
    other.close();
    expect([help.code, wrong.code, taken.code]).toEqual([0, 1, 1]);
    expect(help.out).toContain("Usage: npm start");
    for (const { out } of [help, wrong, taken]) expect(out).not.toContain("building the page");
    expect([built(), stampOf("client-demo/dist")]).toEqual(before);
  });
});

describe("a checkout that nobody may write, as another user", () => {
  const isRoot = process.getuid?.() === 0;

  /** A copy of what a server needs, in which only root may write. */
  function checkout(): string {
    const copy = join(folder, "phalanx");
    mkdirSync(copy);
    for (const path of [
      "server",
      "shared",
      "client",
      "client-demo",
      "package.json",
      "package-lock.json",
      "colyseus.config.ts",
      "tsconfig.json",
    ])
      cpSync(path, join(copy, path), { recursive: true, filter: (source) => !/\/\.?dist/.test(source) });
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
    chmodSync(folder, 0o755);
    return copy;
  }

  it("serves what was built once, and builds for the start alone where nothing was", { timeout: LONG_MS }, async ({
    skip,
  }) => {
    if (!isRoot) skip("only root can become another user");
    const copy = checkout();
    const env = { REPORTS: "none", REPLAYS: "none", HOME: "/nonexistent" };
    const unbuilt = await run("server/boot/start.ts", { cwd: copy, uid: NOBODY, env });
    expect(unbuilt.out).toContain("the page was built for this start only");
    expect(unbuilt.code).toBe(0);
    expect(existsSync(join(copy, "client-demo/dist"))).toBe(false);
    expect((await run("server/cli/build.ts", { cwd: copy })).code).toBe(0);
    const starts = ["server/boot/start.ts", "server/boot/main.ts"];
    // The other one is started below, too.
    for (const file of process.env.CI ? starts : starts.slice(0, 1)) {
      const { code, out } = await run(file, { cwd: copy, uid: NOBODY, env });
      expect(code, out).toBe(0);
      expect(out).not.toMatch(/building|was built/);
    }
    writeFileSync(join(copy, "shared/games/more.ts"), "/** More. */\n");
    expect((await run("server/boot/main.ts", { cwd: copy, uid: NOBODY, env })).out).toContain("run npm run build");
  });
});
