/** The engines that players, servers and tests run on, and how to find them here; the slow ones first. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserName } from "../kit/browsers/browser.ts";
import { nodePackage } from "../kit/node-package.ts";
import type { Engine, EngineKind } from "./engine.ts";
import { pageEngine } from "./page.ts";
import { output, shellEngine } from "./shell.ts";
import { openWebKitPage } from "./web-driver.ts";

const LOOK_MS = 10_000;
/** The first time, npm fetches a Node. */
const INSTALL_MS = 180_000;
const NODES = [26, 24, 22, 20] as const;

const nodeCommand = (program: string) => (bundle: string, job: string) =>
  [program, "--enable-source-maps", "--require", bundle, job] as const;

/** This very Node, in a process of its own; what all others are compared with. */
export const thisNode = (env?: NodeJS.ProcessEnv, name = "Node"): EngineKind => ({
  name: "this Node",
  advice: "",
  open: async (bundle) =>
    shellEngine(
      {
        name,
        version: process.versions.node,
        command: nodeCommand(process.execPath),
        ...(env === undefined ? {} : { env }),
      },
      bundle,
    ),
});

const node = (major: number): EngineKind => ({
  name: `Node ${major}`,
  advice: `npm must be able to fetch ${nodePackage(major)}`,
  async open(bundle) {
    const isThis = process.versions.node.startsWith(`${major}.`);
    const program = isThis
      ? process.execPath
      : (await output(["npx", "-y", "-p", nodePackage(major), "node", "-p", "process.execPath"], INSTALL_MS)).trim();
    const version = (await output([program, "-p", "process.versions.node"], LOOK_MS)).trim();
    if (!version.startsWith(`${major}.`)) throw new Error(`npx gave Node ${version} for Node ${major}`);
    return shellEngine({ name: `Node ${major}`, version, command: nodeCommand(program) }, bundle);
  },
});

/** This Node steps what the page is built of: what differs then is the builder's doing, and no engine's. */
const builtPage: EngineKind = { ...thisNode(undefined, "Built page"), name: "Built page", builtAs: "page" };

const page = (name: string, browser: BrowserName, advice: string): EngineKind => ({
  name,
  advice,
  builtAs: "page",
  open: (bundle) => pageEngine(name, browser, bundle),
});

const quickjs: EngineKind = {
  name: "QuickJS",
  advice: "npm ci",
  async open(bundle): Promise<Engine> {
    const manifest = join("node_modules", "quickjs-emscripten", "package.json");
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
    const shell = join(dirname(fileURLToPath(import.meta.url)), "quickjs-shell.mjs");
    const command = (file: string, job: string) => [process.execPath, shell, file, job] as const;
    return shellEngine({ name: "QuickJS", version: `emscripten ${version}`, command }, bundle);
  },
};

const jsc: EngineKind = {
  name: "JavaScriptCore",
  advice: "apt-get install libjavascriptcoregtk-4.0-bin, or what a newer Debian calls the package with jsc in it",
  builtAs: "page",
  async open(bundle): Promise<Engine> {
    const printed = await output(["jsc", "-e", "print(typeof answer)"], LOOK_MS);
    if (printed.trim() !== "undefined") throw new Error("the jsc in PATH is no shell of JavaScriptCore");
    const command = (file: string, job: string) => ["jsc", file, job] as const;
    return shellEngine({ name: "JavaScriptCore", version: await debianVersion("jsc"), command }, bundle);
  },
};

const webkit: EngineKind = {
  name: "WebKitGTK page",
  advice: "apt-get install webkit2gtk-driver xvfb xauth",
  builtAs: "page",
  async open(bundle): Promise<Engine> {
    const page = await openWebKitPage();
    const loaded = page.execute("(0, eval)(arguments[0])", bundle.code, LOOK_MS);
    await loaded.catch(() => undefined); // games that do not load here are no missing engine: the first job tells
    return {
      name: "WebKitGTK page",
      version: page.version,
      jobsAtOnce: 1,
      run: (job, limitMs) => loaded.then(() => page.execute("return answer(arguments[0])", job, limitMs)),
      close: () => page.close(),
    };
  },
};

/** The shell does not tell its version; the package it is from does. */
async function debianVersion(program: string): Promise<string> {
  try {
    const path = (await output(["which", program], LOOK_MS)).trim();
    const owner = (await output(["dpkg-query", "--search", path], LOOK_MS)).split(":")[0]!;
    const [, version] = (await output(["dpkg-query", "--show", owner], LOOK_MS)).split("\t");
    return `WebKitGTK ${version!.split("-")[0]}`;
  } catch {
    return "(version unknown)";
  }
}

export const ENGINES: readonly EngineKind[] = [
  quickjs,
  page("Firefox", "firefox", "apt-get install firefox-esr"),
  jsc,
  webkit,
  page("Chromium", "chromium", "apt-get install chromium"),
  builtPage,
  ...NODES.map(node),
];
