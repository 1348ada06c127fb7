/** Processes that want one journal folder at the same moment: one has it, and each of the others is told which. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, expect, it } from "vitest";
import { TYPESCRIPT } from "../../kit/typescript.ts";

const RACERS = 4;
const ROUNDS = 100;
/** All have begun by then. */
const START_MS = 6000;

const folder = mkdtempSync(join(tmpdir(), "phalanx-race-"));
const racers: ChildProcess[] = [];
afterEach(async () => {
  for (const racer of racers) {
    racer.kill("SIGKILL");
    if (racer.exitCode === null && racer.signalCode === null) await once(racer, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly pid: number;
  readonly said: readonly string[];
}

async function race(moment: number): Promise<Said> {
  const args = ["test/kit/servers/lock-racer.ts", folder, String(moment), String(ROUNDS)];
  const racer = spawn(process.execPath, [...TYPESCRIPT, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  racers.push(racer);
  const [line] = await once(createInterface(racer.stdout!), "line");
  return JSON.parse(line as string) as Said;
}

it("of four at once one has it, new or left behind by a dead process, and the others name that one", {
  timeout: 60_000,
}, async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  for (let round = 0; round < ROUNDS; round++) {
    mkdirSync(join(folder, String(round)));
    const left = JSON.stringify({ pid: dead.pid, host: hostname() });
    if (round % 2 === 1) writeFileSync(join(folder, String(round), "lock.1"), left);
  }
  const moment = Date.now() + START_MS;
  const all = await Promise.all(Array.from({ length: RACERS }, () => race(moment)));
  for (let round = 0; round < ROUNDS; round++) {
    const holders = all.filter(({ said }) => said[round] === "has it");
    expect(holders, `round ${round}: ${all.map(({ said }) => said[round]).join(" | ")}`).toHaveLength(1);
    const whose = `LockedError: process ${holders[0]!.pid} on ${hostname()} writes its journal into`;
    for (const { said } of all)
      expect(said[round], `round ${round}`).toMatch(said[round] === "has it" ? "has it" : whose);
  }
});
