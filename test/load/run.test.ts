/** `npm run bots` as a load tester meets it: how runs end, and what is left of them. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { Helper } from "../kit/servers/calls.ts";
import type { CommandCalls } from "../kit/servers/commands-process.ts";
import { TYPESCRIPT } from "../kit/typescript.ts";
import { hasBotsIn, reportIn, runBots } from "./kit/command.ts";
import { scriptFolder } from "./kit/script-folder.ts";
import { sharedServer } from "./kit/shared-server.ts";
import { parseOptions } from "./options/options.ts";
import type { FromServer } from "./server/server-process.ts";
import { COUNT_OF_REFUSAL } from "./verdict/metrics.ts";

const SLOW = 60_000;
const script = scriptFolder();
const there = sharedServer();
/** For runs that need no process of their own. */
const among = new Helper<CommandCalls>("commands-process.ts");
afterAll(() => among.end());

/** Something that answers at an address, and is no Phalanx server. */
async function impostor(
  rooms: string,
  matchmaking: number,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.statusCode = request.url === "/api/rooms" ? 200 : matchmaking;
    response.end(request.url === "/api/rooms" ? rooms : '{"code":524,"error":"every room is taken"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The process of `own-server.ts`, but a child of this test. */
async function serverProcess(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork("test/load/server/server-process.ts", { execArgv: [...TYPESCRIPT] });
  const port = await new Promise<number>((resolve) => {
    child.on("message", (message: FromServer) => message.kind === "listening" && resolve(message.port));
  });
  return { child, url: `ws://127.0.0.1:${port}` };
}

describe("a run", () => {
  it("with churn and kills ends without a desync, and everybody is back in step", { timeout: SLOW }, async () => {
    const args = "tag -n 12 --per-room 4 --duration 8s --ramp 1s --churn 150%/min --kill 150%/min --seed 5".split(" ");
    const done = await runBots({ args: [...args, "--net", "lan", "--assert", "frame_lateness.p50<10s"] });
    expect(done).toMatchObject({ code: 0, error: "" });
    const { verdict, counts, distributions, rejoins, rooms, server, seed, command, seconds } = reportIn(done);
    expect(verdict.outcome).toBe("passed");
    expect(verdict.checks[0]).toMatchObject({ text: "frame_lateness.p50<10s", isMet: true });
    expect(counts.kills).toBeGreaterThanOrEqual(2);
    expect(counts.churned).toBeGreaterThanOrEqual(2);
    expect(counts.rejoins).toBeGreaterThanOrEqual(counts.kills);
    expect(rejoins.length).toBe(counts.rejoins);
    expect(counts).toMatchObject({ not_in_step: 0, hash_mismatches: 0, lost: 0, malformed: 0 });
    expect(counts.hash_checks).toBeGreaterThan(50);
    expect(counts.joins).toBe(12 + counts.churned);
    expect(rooms.length).toBe(3);
    expect(server).toMatchObject({ rooms: 3, hashesDiffering: 0 });
    expect(seconds.length).toBeGreaterThanOrEqual(8);
    for (const name of ["frame_lateness", "frame_interarrival", "input_to_frame", "round_trip", "bytes_down"] as const)
      expect(distributions[name]?.count, name).toBeGreaterThan(10);
    for (const name of ["join_time", "rejoin_time", "bytes_up", "server_cpu", "generator_cpu"] as const)
      expect(distributions[name]?.max, name).toBeGreaterThan(0);
    // All of a bot's waits for a frame, one after the other, are the time that it has played.
    const { count, mean } = distributions.frame_interarrival!;
    const played = (count * mean) / 1000 / (12 * seconds.length);
    expect(played, "of the time of the run").toBeGreaterThan(0.5);
    expect(played, "of the time of the run").toBeLessThan(1.2);
    expect(seed).toBe(5);
    expect(command).toContain("npm run bots -- tag -n 12");
    expect(command).toContain("'frame_lateness.p50<10s'");
    expect(done.out).toMatch(/^\d+\/8 s {2}bots /m);
    expect(done.out, "no terminal: no control characters").not.toContain("\x1b");
    expect(done.html).toContain('<h1 class="passed">');
    expect(done.junit).toContain('failures="0" errors="0"');
  });

  it.each(["lockstep", "stream"])("on the %s plane tells what became of commands", { timeout: SLOW }, async (plane) => {
    const args = "skirmish -n 4 --per-room 2 --duration 6s --ramp 0 --kill 60%/min --play random --plane".split(" ");
    const done = await runBots({ args: [...args, plane, ...there] });
    expect(done).toMatchObject({ code: 0, error: "" });
    const { counts, distributions } = reportIn(done);
    expect(counts.commands_given).toBeGreaterThan(10);
    // Random ones are for nobody's units mostly, and the rules say so.
    expect(counts.commands_refused).toBeGreaterThan(0);
    const told = Object.values(COUNT_OF_REFUSAL).reduce((sum, name) => sum + counts[name], counts.commands_applied);
    expect(counts.commands_untold).toBe(counts.commands_given - told);
    // How many are under way at the end is how fast the machine is.
    expect(counts.commands_untold, "most of them were told").toBeLessThan(counts.commands_given / 2);
    expect(distributions.command_to_frame!.count).toBe(counts.commands_applied + counts.commands_refused);
    expect(done.out).toMatch(/^ {2}command_to_frame +\d/m);
    expect(done.out).toContain(`commands_given ${counts.commands_given}`);
    expect(done.html).toContain("refused by the rules");
  });

  it("on the stream plane is measured by what streams", { timeout: SLOW }, async () => {
    const done = await runBots({
      args: ["tag", ...there, ..."-n 4 --per-room 4 --duration 4s --ramp 0 --plane stream".split(" ")],
      among,
    });
    expect(done).toMatchObject({ code: 0, error: "" });
    const { distributions, counts } = reportIn(done);
    expect(distributions.frame_lateness!.count).toBeGreaterThan(100);
    expect(distributions.bytes_up!.mean).toBeGreaterThan(0);
    expect(counts).toMatchObject({ joins: 4, hash_checks: 0, snapshots: 0 });
  });

  it("ends with 99 when an assertion does not hold", { timeout: SLOW }, async () => {
    const args = ["tag", ...there, "-n", "2", "--duration", "3s", "--play", "idle", "--assert", "joins>=1000"];
    const done = await runBots({ args, among });
    expect(done.code).toBe(99);
    expect(done.out).toContain("FAILED  joins>=1000: 2");
    expect(done.junit).toContain('failures="1"');
  });

  it("is inconclusive when the bots' own machine is the limit", { timeout: SLOW }, async () => {
    const busy = script(
      "busy.ts",
      "export default () => { for (const t = performance.now(); performance.now() - t < 60; ); return { dx: 0, dy: 0 }; };",
    );
    const done = await runBots({
      args: ["tag", ...there, ..."-n 4 --duration 5s --ramp 0 --max-delay 25ms --script".split(" "), busy],
      among,
    });
    expect(done.code).toBe(3);
    expect(reportIn(done).verdict.sentence).toContain("The bots' own machine was the limit");
  });

  it("ends with 130 at Ctrl-C, with its reports", { timeout: SLOW }, async () => {
    const done = await runBots({
      args: "tag -n 4 --duration 10min".split(" "),
      onOutput: (out, child) => hasBotsIn(out) && child.kill("SIGINT"),
    });
    expect(done).toMatchObject({ code: 130, error: "" });
    expect(reportIn(done).verdict.outcome).toBe("interrupted");
    expect(reportIn(done).counts.frames).toBeGreaterThan(20);
    expect(done.html).toContain('<h1 class="interrupted">');
    expect(done.junit).toContain('errors="1"');
  });
});

describe("a server", () => {
  it("that dies half-way ends the run with 1 and a report", { timeout: SLOW }, async () => {
    const { child, url } = await serverProcess();
    const done = await runBots({
      args: ["tag", "-n", "4", "--duration", "10min", "--url", url],
      onOutput: (out) => hasBotsIn(out) && child.kill("SIGKILL"),
    });
    expect(done).toMatchObject({ code: 1, error: "" });
    expect(reportIn(done).verdict.sentence).toMatch(
      /^At fault: server \(the server\)\. The server at ws:\S+ was gone after \d+ s \(ECONNREFUSED\)\. Read its log\.$/,
    );
    expect(reportIn(done).counts.frames).toBeGreaterThan(20);
  });

  it("that lets nobody in ends the run with 1 and what it said", { timeout: SLOW }, async () => {
    const { url, server } = await impostor('{"games":["tag"],"rooms":[]}', 503);
    const args = ["tag", "-n", "8", "--per-room", "1", "--duration", "10min", "--url", url];
    const done = await runBots({ args, among });
    server.close();
    expect(done.code).toBe(1);
    expect(reportIn(done).verdict.sentence).toBe(
      `At fault: server (the server). The server at ${url} let nobody in: every room is taken. Read its log.`,
    );
  });

  it.each([
    ["is somebody else", "<html>", "is not a Phalanx server; give the address of one."],
    ["has another game", '{"games":["chess"],"rooms":[]}', 'has no game "tag"; it has chess.'],
  ])("that %s is told before the first bot starts", { timeout: SLOW }, async (_title, rooms, sentence) => {
    const { url, server } = await impostor(rooms, 404);
    const done = await runBots({ args: ["tag", "--url", url], among });
    server.close();
    expect(done).toMatchObject({ code: 1, json: "" });
    expect(done.error).toContain(sentence);
  });

  it("that is not there is told so", async () => {
    const { url, server } = await impostor("", 404);
    await new Promise((resolve) => server.close(resolve));
    const done = await runBots({ args: ["tag", "--url", url], among });
    expect(done.code).toBe(1);
    expect(done.error).toBe(
      `Nothing answers at ${url} (ECONNREFUSED): start the server with npm start, mend the address, or leave --url out.\n`,
    );
  });

  it("ends with the process that started it", { timeout: SLOW }, async () => {
    const { child } = await serverProcess();
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.disconnect();
    // With code 0 by its own hand, or 1 by pm2's, which Colyseus loads where a process was forked: it ends.
    expect([0, 1]).toContain(await ended);
  });
});

describe("the README's", () => {
  const text = readFileSync("test/load/README.md", "utf8");
  const commands = [...text.matchAll(/npm run bots -- ([^\n`]+)/g)].map((match) => match[1]!);

  it.each(commands)("npm run bots -- %s is understood", (line) => {
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
    expect(parseOptions(args, games).kind).not.toBe("wrong");
  });

  it("bot plays", { timeout: SLOW }, async () => {
    const [, game, code] = /```ts script=(\w+)\n([\s\S]*?)```/.exec(text)!;
    const file = script("my-bot.ts", code!.replace("./test/load/play.ts", "../play.ts"));
    const args = [game!, ...there, ..."-n 2 --duration 3s --ramp 0 --script".split(" "), file];
    const done = await runBots({ args, among });
    expect(done).toMatchObject({ code: 0, error: "" });
    expect(reportIn(done).counts.hash_checks).toBeGreaterThan(4);
  });
});
