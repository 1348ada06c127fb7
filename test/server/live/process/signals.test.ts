/** Signals as they really come: to npm, to npm and the server at once, by a terminal that closes; and logs that nobody reads. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionEnd } from "../../../../client/match/session-end.ts";
import { Session } from "../../../../client/session/session.ts";
import { deafNpmSentence } from "../../../../server/boot/deaf-npm.ts";
import { ONE_PRESS_MS } from "../../../../server/boot/signals.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { games } from "../../../../shared/games/index.ts";
import { npmOrSkip } from "../../../kit/npm.ts";
import { StartedServer } from "../../../kit/servers/started-server.ts";
import { spread } from "../../../kit/spread.ts";
import { TYPESCRIPT } from "../../../kit/typescript.ts";
import { until } from "../../../kit/until.ts";

const LONG_MS = 120_000;
/** Longer than any of these tests: who waits for the end of it has not understood the signal. */
const FOR_EVER = "600";
const tag = games.find(({ name }) => name === "tag") as AnyGame;
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** To fetch an npm and start it takes as long as all that is here besides. */
const onlyInCi = (skip: (why: string) => never): void => {
  if (!process.env.CI) skip("long: CI=true runs it; the npm that is here is tested below");
};

type How = "npm and the server at once" | "npm, which it ends" | "the server";

/** Which signals end it, and how they come: to start npm, tsx and a server is most of what each costs. */
const ENDS = spread<readonly [How, NodeJS.Signals]>("signals that end a server", [
  ["the server", "SIGHUP"],
  ["the server", "SIGTERM"],
  ["the server", "SIGINT"],
  ["npm and the server at once", "SIGINT"],
  ["npm and the server at once", "SIGTERM"],
  ["npm, which it ends", "SIGKILL"],
  ["npm, which it ends", "SIGHUP"],
]);
const signalsTo = (how: How): NodeJS.Signals[] => ENDS.filter(([to]) => to === how).map(([, signal]) => signal);

const servers: StartedServer[] = [];
const groups: number[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.kill())));
afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // all of it has ended
    }
  }
});

async function start(env: Readonly<Record<string, string>>, command?: readonly string[]): Promise<StartedServer> {
  const server = await StartedServer.start({ SHUTDOWN_SECONDS: FOR_EVER, LOG_LEVEL: "info", ...env }, command);
  servers.push(server);
  return server;
}

/** Somebody who plays there, and what becomes of the match. */
async function play({ port }: { readonly port: number }) {
  const session = await Session.join<unknown, unknown>(tag, { url: `ws://127.0.0.1:${port}`, sample: () => ({}) });
  const told = { session, notices: [] as string[], ends: [] as SessionEnd[] };
  session.on("notice", (message) => told.notices.push(message));
  session.on("end", (end) => told.ends.push(end));
  return told;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(true));
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
  });

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Not of those that the system gives to whoever asks for any: somebody else's server would answer for ours. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

const goings = ({ log }: StartedServer): number => log.filter(({ msg }) => msg === "going down").length;

for (const major of [10, 11])
  it(`SIGTERM to npm ${major} ends the server in order, and npm with it`, { timeout: LONG_MS }, async ({ skip }) => {
    onlyInCi(skip);
    const npm = await npmOrSkip(major, skip);
    const server = await start({ SHUTDOWN_SECONDS: "1" }, [...npm, "start"]);
    const told = await play(server);
    server.signal("SIGTERM");
    await until("players are told", () => told.notices.length === 1);
    expect(await server.ended).toEqual([0, null]);
    await until("the session ends", () => told.ends.length === 1);
    expect(told.ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
    expect(await isFree(server.port)).toBe(true);
  });

it("npm 9 keeps signals for itself, so the server says how to end it, and that ends npm too", {
  timeout: LONG_MS,
}, async ({ skip }) => {
  onlyInCi(skip);
  const npm = await npmOrSkip(9, skip);
  const server = await start({ SHUTDOWN_SECONDS: "1" }, [...npm, "start"]);
  const told = await play(server);
  await until("it says so", () => server.log.some(({ msg }) => /^npm 9\.\d+ keeps SIGTERM/.test(String(msg))));
  const said = server.log.map(({ msg }) => /process (\d+)/.exec(String(msg))?.[1]).find((pid) => pid !== undefined);
  process.kill(Number(said), "SIGTERM");
  await until("players are told", () => told.notices.length === 1);
  expect(await server.ended).toEqual([0, null]);
  expect(await isFree(server.port)).toBe(true);
});

it.each([
  ["npm/9.9.4 node/v20.20.2 linux x64 workspaces/false", true],
  ["npm/10.2.3 node/v20.10.0 linux x64 workspaces/false", true],
  ["npm/10.5.0 node/v20.20.2 linux x64 workspaces/false", false],
  ["npm/11.19.1 node/v24.1.0 linux x64 workspaces/false", false],
  ["pnpm/9.1.0 npm/? node/v22.1.0 linux x64", false],
  [undefined, false],
])("of %s it is known whether it passes signals on", (agent, isDeaf) => {
  expect(deafNpmSentence(agent, 1) !== undefined).toBe(isDeaf);
});

it.each(signalsTo("npm and the server at once"))(
  "%s to npm and the server at once, as terminals and systemd do it, is one signal; a second one ends it at once",
  { timeout: LONG_MS },
  async (signal) => {
    const server = await start({}, ["npm", "run", "serve"]);
    const told = await play(server);
    server.signalAll(signal);
    await until("players are told", () => told.notices.length === 1);
    // npm has passed its own on by now, and the match goes on.
    await after(ONE_PRESS_MS + 100);
    expect(told.ends).toEqual([]);
    server.signalAll(signal);
    expect(await server.ended).toEqual([0, null]);
    await until("the session ends", () => told.ends.length === 1);
    expect(told.ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
    expect(goings(server)).toBe(1);
  },
);

it.each(signalsTo("npm, which it ends"))(
  "npm ended by %s leaves no server behind",
  { timeout: LONG_MS },
  async (signal) => {
    const server = await start({ SHUTDOWN_SECONDS: "0" }, ["npm", "run", "serve"]);
    const { port } = server;
    server.signal(signal);
    await server.ended;
    await until("the server goes down", () => server.log.some(({ msg }) => msg === "down"));
    while (!(await isFree(port))) await after(20);
  },
);

it.each(signalsTo("the server"))("%s ends it in order", { timeout: LONG_MS }, async (signal) => {
  const server = await start({ SHUTDOWN_SECONDS: "0.5" });
  const told = await play(server);
  server.signal(signal);
  await until("players are told", () => told.notices.length === 1);
  expect(await server.ended).toEqual([0, null]);
  await until("the session ends", () => told.ends.length === 1);
});

it("SIGQUIT ends it at once, with a word to the players", { timeout: LONG_MS }, async () => {
  const server = await start({});
  const told = await play(server);
  server.signal("SIGQUIT");
  expect(await server.ended).toEqual([0, null]);
  await until("the session ends", () => told.ends.length === 1);
  expect(told.ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
});

/** A server whose output goes where a shell sends it; it cannot say which port it has, so it is told one. */
async function startInto(shape: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), LOG_LEVEL: "info", SHUTDOWN_SECONDS: "0.2" };
  const command = shape.replace(
    "server",
    `exec "${[process.execPath, ...TYPESCRIPT].join('" "')}" server/boot/main.ts`,
  );
  const child = spawn("bash", ["-c", command], { env, stdio: "ignore", detached: true });
  groups.push(child.pid!);
  // Not the port: it is probed before it is opened.
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    await after(20);
  }
  return { child, port };
}

const faultsOf = async (port: number): Promise<number> =>
  ((await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as { faults: number }).faults;

describe("a log that goes nowhere", () => {
  it.each([
    ["a reader that died", "server > >(head -n 1 >/dev/null) 2>&1"],
    // So much fits into a pipe.
    ["a reader that stands still", "{ head -c 65536 /dev/zero; server; } > >(exec sleep 600)"],
    ["a full disk", "server >/dev/full 2>&1"],
    ["closed streams", "server <&- >&- 2>&-"],
  ])("%s: matches go on, nothing counts as a fault, SIGTERM ends it", { timeout: LONG_MS }, async (_what, where) => {
    const { child, port } = await startInto(where);
    const ended = once(child, "exit");
    const { session } = await play({ port });
    await session.leave();
    expect(await faultsOf(port)).toBe(0);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});

it("every script that runs for more than a moment is one process with its command", () => {
  const chained = Object.entries(scripts).filter(([, line]) => !line.startsWith("exec node "));
  expect(chained.map(([name]) => name).sort()).toEqual(["check", "sbom"]);
  // Windows, which has no exec, finds this.
  expect(readFileSync("exec.cmd", "utf8")).toMatch(/^@%\*\s*$/m);
});
