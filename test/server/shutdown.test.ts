/** SIGTERM during a match: players are told, nobody new is let in, the match ends or time passes, and the exit is 0. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { Session } from "../../client-demo/net/session.ts";
import type { SessionEnd } from "../../client-demo/net/session-end.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { CLOSE_CODES } from "../../shared/engine/protocol/close-codes.ts";
import { games } from "../../shared/games/index.ts";
import { until } from "../kit/until.ts";

const tag = games.find(({ name }) => name === "tag") as AnyGame;

let child: ChildProcess | undefined;
afterEach(() => {
  if (child?.exitCode === null) child.kill("SIGKILL");
});

async function start(SHUTDOWN_SECONDS: string): Promise<{ port: number; ended: Promise<unknown[]> }> {
  child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
    env: { ...process.env, PORT: "0", SHUTDOWN_SECONDS },
  });
  let out = "";
  child.stdout?.on("data", (text: Buffer) => {
    out += text;
  });
  await until("it is up", () => /localhost:\d+/.test(out));
  return { port: Number(/localhost:(\d+)/.exec(out)![1]), ended: once(child, "exit") };
}

interface Told {
  readonly session: Session<unknown, unknown>;
  readonly notices: string[];
  readonly ends: SessionEnd[];
}

async function play(port: number): Promise<Told> {
  const session = await Session.join<unknown, unknown>(tag, { url: `ws://127.0.0.1:${port}`, sample: () => ({}) });
  const told: Told = { session, notices: [], ends: [] };
  session.onNotice = (message) => told.notices.push(message);
  session.onEnd = (end) => told.ends.push(end);
  return told;
}

const statusOf = async (port: number, path: string, method = "GET"): Promise<number> => {
  const body = method === "POST" ? { headers: { "content-type": "application/json" }, body: "{}" } : {};
  return (await fetch(`http://127.0.0.1:${port}${path}`, { method, ...body })).status;
};

it("when time passes, everybody is closed with server/shutdown", async () => {
  const { port, ended } = await start("1.5");
  const { notices, ends } = await play(port);
  expect(await statusOf(port, "/readyz")).toBe(200);
  const killed = performance.now();
  child!.kill("SIGTERM");
  await until("players are told", () => notices.length === 1);
  expect(notices[0]).toBe("The server goes down in 1.5 seconds. Bring the match to an end.");
  expect(await statusOf(port, "/readyz")).toBe(503);
  expect(await statusOf(port, "/healthz")).toBe(200);
  expect(await statusOf(port, "/matchmake/joinOrCreate/tag", "POST")).toBe(503);
  expect(ends).toEqual([]);
  await until("the session ends", () => ends.length === 1);
  expect(ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
  expect(ends[0]!.reason).toMatch(/^server\/shutdown: /);
  expect(await ended).toEqual([0, null]);
  expect(performance.now() - killed).toBeGreaterThan(1400);
  expect(performance.now() - killed).toBeLessThan(8000);
});

it("when the match ends before, it does not wait", async () => {
  const { port, ended } = await start("600");
  const { session, notices } = await play(port);
  child!.kill("SIGTERM");
  await until("players are told", () => notices.length === 1);
  await session.leave();
  expect(await ended).toEqual([0, null]);
});

it("a second signal ends it at once, with a word to the players", async () => {
  const { port, ended } = await start("600");
  const { notices, ends } = await play(port);
  child!.kill("SIGTERM");
  await until("players are told", () => notices.length === 1);
  child!.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await until("the session ends", () => ends.length === 1);
  expect(ends[0]!.code).toBe(CLOSE_CODES["server/shutdown"].code);
});

it("a bug that would end the process is logged with its cause, counted, and ends nothing", async () => {
  child = spawn(process.execPath, ["--import", "tsx", "test/kit/faulty-process.ts"], {
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  let out = "";
  child.stdout?.on("data", (text: Buffer) => {
    out += text;
  });
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(out).toContain("Error: boom");
  expect(out).toContain("thrown: bang");
  expect(out).toContain("faults 2");
});
