/** The end of `npm run bots` when something is in its way: cancelled, unread, without a disk; its figures are not lost. */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Helper } from "../kit/servers/calls.ts";
import type { CommandCalls } from "../kit/servers/commands-process.ts";
import { hasBotsIn, reportIn, runBots, runCommand } from "./kit/command.ts";
import { sharedServer } from "./kit/shared-server.ts";
import type { Report } from "./report/report.ts";

const SLOW = 60_000;
const folder = mkdtempSync(join(tmpdir(), "phalanx-run-end-"));
const there = sharedServer();
/** For runs that need no process of their own. */
const among = new Helper<CommandCalls>("commands-process.ts");
afterAll(() => among.end());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a run", () => {
  it("ends with 143 at SIGTERM, with its reports, on a server that wants tokens", { timeout: SLOW }, async () => {
    const done = await runBots({
      args: "tag -n 2 --ramp 0 --duration 10min --token-secret".split(" ").concat("s".repeat(40)),
      onOutput: (out, child) => hasBotsIn(out) && child.kill("SIGTERM"),
    });
    expect(done).toMatchObject({ code: 143, error: "" });
    const { verdict, counts, plan } = reportIn(done);
    expect(verdict.sentence).toContain("Stopped by SIGTERM");
    expect(counts).toMatchObject({ joins: 2, join_failures: 0 });
    expect(plan.tokens).toBe("signed");
    expect(done.junit).toContain('errors="1"');
    for (const text of [done.out, done.html, done.json, done.junit]) expect(text).not.toContain("ssssss");
  });

  it("whose report cannot be written has a summary, a sentence, and a code of its own", { timeout: SLOW }, async () => {
    const file = join(folder, "full.json");
    symlinkSync("/dev/full", file);
    const args = ["tag", ...there, ..."-n 2 --ramp 0 --duration 3s --max-delay 5s --json".split(" "), file];
    const done = await runCommand({ args, among });
    expect(done.code).toBe(4);
    expect(done.out).toContain("PASSED  All 6 conditions held.");
    expect(done.error).toMatch(/^--json: \S+full\.json could not be written: ENOSPC[^\n]*\n$/);
  });

  it("whose output nobody reads any more goes on to its end and its report", { timeout: SLOW }, async () => {
    const done = await runBots({
      args: ["tag", ...there, ..."-n 2 --ramp 0 --duration 9s".split(" ")],
      onOutput: (out, child) => hasBotsIn(out) && child.stdout?.destroy(),
    });
    expect(done).toMatchObject({ code: 0, error: "" });
    expect(reportIn(done).verdict.outcome).toBe("passed");
  });

  it("with --json - has nothing else on standard output", { timeout: SLOW }, async () => {
    const done = await runCommand({
      args: ["tag", ...there, ..."-n 2 --ramp 0 --duration 3s --max-delay 5s --json -".split(" ")],
      among,
    });
    expect(done.code).toBe(0);
    expect((JSON.parse(done.out) as Report).verdict.outcome).toBe("passed");
    expect(done.error).toContain("PASSED  All 6 conditions held.");
  });
});
