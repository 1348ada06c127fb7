/** A rule that does not come back is named by the thread beside: game, tick and line; one that is only slow is not. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { LoopWatch } from "../../guards/loops/loop-watch.ts";
import { BY_FILE } from "../kit/typescript.ts";

const ENDLESS = "test/guards/endless-process.ts";

it("an endless loop is told with game, rule, tick and line while it still runs", { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, [...BY_FILE, ENDLESS], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  try {
    for await (const piece of child.stderr.setEncoding("utf8")) {
      said += piece;
      if (said.includes("to go on")) break;
    }
  } finally {
    child.kill("SIGKILL");
  }
  const lines = readFileSync(ENDLESS, "utf8").split("\n");
  const [first, last] = ["while (tick", "the line that is told"].map(
    (code) => lines.findIndex((line) => line.includes(code)) + 1,
  );
  const [, line] =
    /^\s*test\/guards\/endless-process\.ts:(\d+):\d+: step of endless at tick 3 has been running for \d+ s/.exec(
      said,
    ) ?? [];
  expect(Number(line), said).toBeGreaterThanOrEqual(first!);
  expect(Number(line), said).toBeLessThanOrEqual(last!);
  expect(said).toContain("Every room of this server stands still");
  expect(child.exitCode, "it still ran").toBeNull();
});

it("rules that come back are not told, and the watch ends with its process", async () => {
  const watch = new LoopWatch(10_000);
  watch.begin("step of coins", 1);
  watch.end();
  await pause(50);
  await watch.close();
});
