/** `npm run bots` when what was typed cannot be run: a sentence and a code, before any bot starts. */
import { afterAll, describe, expect, it } from "vitest";
import { Helper } from "../kit/servers/calls.ts";
import type { CommandCalls } from "../kit/servers/commands-process.ts";
import { runBots } from "./kit/command.ts";
import { scriptFolder } from "./kit/script-folder.ts";

const SLOW = 60_000;
const script = scriptFolder();
const among = new Helper<CommandCalls>("commands-process.ts");
afterAll(() => among.end());

describe("bad input", () => {
  it("a metric that does not exist ends with 2 and the one that was meant", async () => {
    const done = await runBots({ args: ["--assert", "frame_latenes.p99<20ms"], among });
    expect(done).toMatchObject({ code: 2, out: "", json: "" });
    expect(done.error).toBe('--assert: there is no metric "frame_latenes". Did you mean frame_lateness?\n');
  });

  it("more bots than file descriptors", async () => {
    const done = await runBots({ args: ["tag", "-n", "400"], mostFiles: 200 });
    expect(done.code).toBe(1);
    expect(done.error).toMatch(/^400 bots need 464 open files in one process, and 200 are allowed here: run ulimit/);
  });

  it.each([
    ["there is no file", "./nobody.ts", "there is no file ./nobody.ts; give the path of a bot"],
    ["exports no function", script("empty.ts", "export default 3;"), "must export a function"],
    ["cannot be loaded", script("broken.ts", "throw new Error('oh no');"), "cannot be loaded: oh no"],
  ])("a script that %s", { timeout: SLOW }, async (_title, file, sentence) => {
    const done = await runBots({ args: ["tag", "--script", file], among });
    expect(done.code).toBe(2);
    expect(done.error).toContain(sentence);
  });

  it("a request for help is met, whatever else is said", async () => {
    const done = await runBots({ args: ["tag", "-n", "2", "--help"], among });
    expect(done).toMatchObject({ code: 0, error: "" });
    expect(done.out).toContain("--assert 'rejoin_time.p99<5s'");
  });
});
