/** `npm run replay`: what it prints, and the code that it ends with: 0 the same, 1 a difference, 2 cannot be read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tag } from "../../../shared/games/tag.ts";
import { recordingOf } from "../../../shared/recording/of-report.ts";
import { desyncOf } from "../../kit/memory/desync-of.ts";
import { recordMatch } from "../../kit/memory/recorded.ts";
import { Helper } from "../../kit/servers/calls.ts";
import type { CommandCalls, Ended } from "../../kit/servers/commands-process.ts";

const TICKS = 40 * tag.tickRate;
const folder = mkdtempSync(join(tmpdir(), "phalanx-replay-"));
const path = (name: string): string => join(folder, name);

let commands: Helper<CommandCalls>;
beforeAll(() => {
  const one = recordMatch(tag, 1, TICKS).recording.end();
  writeFileSync(path("one.phx"), one);
  writeFileSync(path("same.phx"), one);
  writeFileSync(path("other.phx"), recordMatch(tag, 2, TICKS).recording.end());
  writeFileSync(path("cut-off.phx.part"), one.subarray(0, one.length - 20));
  const damaged = one.slice();
  damaged[4] = 77;
  writeFileSync(path("damaged.phx"), damaged);
  commands = new Helper("commands-process.ts");
});
afterAll(async () => {
  await commands.end();
  rmSync(folder, { recursive: true });
});

const run = (word: string, ...args: readonly string[]): Promise<Ended> =>
  commands.call("run", { file: "server/cli/replay.ts", args: [word, ...args], env: { LOG_LEVEL: "silent" } });

const desync = (file: string): Promise<Ended> =>
  commands.call("run", { file: "server/cli/desync.ts", args: [file], env: { LOG_LEVEL: "silent" } });

describe("verify", () => {
  it("of what is as it was", async () => {
    const { code, out } = await run("verify", path("one.phx"), path("other.phx"));
    expect(code).toBe(0);
    expect(out).toContain(`one.phx: ${TICKS} ticks`);
    expect(out).toContain(`other.phx: ${TICKS} ticks`);
  });

  it("of what is not there to its end says how far it is", async () => {
    const { code, out } = await run("verify", path("cut-off.phx.part"));
    expect(code).toBe(2);
    expect(out).toContain(`Up to tick ${TICKS} it can be played: after that it is cut off.`);
  });

  it("of many goes on after one that cannot be read", async () => {
    const { code, out } = await run("verify", path("damaged.phx"), path("none.phx"), path("one.phx"));
    expect(code).toBe(2);
    expect(out).toContain("damaged.phx: The recording cannot be read: its bytes were changed before its first frame.");
    expect(out).toContain("none.phx cannot be read: ENOENT");
    expect(out).toContain(`one.phx: ${TICKS} ticks`);
  });
});

it("info says who played and what happened", async () => {
  const { code, out } = await run("info", path("one.phx"));
  expect(code).toBe(0);
  expect(out).toContain("game      tag");
  for (const kind of ["join", "drop", "return", "leave"])
    expect(out).toMatch(new RegExp(`^ +\\d+ {2}${kind} {2}seat 4 {2}Ada$`, "m"));
});

it("play prints a world a second of the match", async () => {
  const { code, out } = await run("play", path("one.phx"), "--from", "100", "--to", "200");
  expect(code).toBe(0);
  const ticks = out
    .trim()
    .split("\n")
    .map((line) => Number.parseInt(line, 10));
  expect(ticks).toEqual(Array.from({ length: Math.floor(100 / tag.tickRate) + 1 }, (_, i) => 100 + i * tag.tickRate));
});

describe("diff", () => {
  it("of two that are the same", async () => {
    const { code, out } = await run("diff", path("one.phx"), path("same.phx"));
    expect({ code, out }).toEqual({ code: 0, out: `They are the same from tick 0 to ${TICKS}.\n` });
  });

  it("of two that are not names tick and field", async () => {
    const { code, out } = await run("diff", path("one.phx"), path("other.phx"));
    expect(code).toBe(1);
    expect(out).toMatch(/^They differ at tick 0; it is the first that both have .*\n {2}random: /);
  });
});

it("cut makes a recording of its own, and never in place of another file", async () => {
  const cut = ["cut", path("one.phx"), "--from", "50", "--to", "150", "--out", path("part.phx")] as const;
  expect((await run(...cut)).code).toBe(0);
  expect((await run("verify", path("part.phx"))).out).toContain("part.phx: 100 ticks");
  const again = await run(...cut);
  expect(again.code).toBe(2);
  expect(again.error).toContain("part.phx cannot be written: EEXIST");
});

it("export-json is JSON, a row a tick", async () => {
  const { code, out } = await run("export-json", path("one.phx"), "--from", "10", "--to", "30", "--worlds");
  expect(code).toBe(0);
  const { head, ticks } = JSON.parse(out) as { head: { game: string }; ticks: { tick: number; world: unknown }[] };
  expect(head.game).toBe("tag");
  expect(ticks.map(({ tick }) => tick)).toEqual(Array.from({ length: 20 }, (_, i) => 10 + i));
  expect(ticks[0]!.world).toHaveProperty("runners");
});

it.each([
  [["verify"], /^Name a recording\./],
  [["burn", "one.phx"], /^There is no command burn\./],
  [["verify", "--fast", "one.phx"], /^Unknown option '--fast'/],
  [["play", path("one.phx"), "--from", "soon"], /^--from soon is no tick\./],
  [["play", path("one.phx"), "--from", "999999"], /^Tick 999999 is not in the recording\./],
  [["cut", path("one.phx")], /^Name the file for the part: --out part\.phx/],
  [["diff", path("one.phx")], /^Name two recordings\./],
])("%j is refused in words", async (args, said) => {
  const [word, ...rest] = args as [string, ...string[]];
  const { code, error } = await run(word, ...rest);
  expect(error).toMatch(said);
  expect(code).toBe(2);
});

describe("a desync report", () => {
  it("is looked at like any recording", async () => {
    const made = desyncOf(tag);
    writeFileSync(path("report.phx"), recordingOf(made, { room: "a", now: 0 }));
    const { code, out } = await run("verify", path("report.phx"));
    expect(out).toContain(`report.phx: ${made.rerun.frames} ticks, `);
    expect(code).toBe(0);
    const info = await run("info", path("report.phx"));
    const { path: field, a, b } = made.differences[0]!;
    expect(info.out).toContain(`desync  seat ${made.client.seat}  memory: ${field}`);
    expect(info.out).toContain(
      `the step that made tick ${made.tick}, of ${made.client.id} at seat ${made.client.seat}`,
    );
    expect(info.out).toContain(`${field}: ${a} | ${b}`);
    expect(info.code).toBe(0);
    const play = await run("play", path("report.phx"), "--from", String(made.tick));
    expect(play.out).toMatch(new RegExp(`^ +${made.tick}  ${made.hashes.server} `));
  });

  it("whose server's world does not come out again is a difference at its tick", async () => {
    const made = desyncOf(tag);
    const hashes = { ...made.hashes, server: "00000000" };
    writeFileSync(path("another.phx"), recordingOf({ ...made, hashes }, { room: "a", now: 0 }));
    const { code, out } = await run("verify", path("another.phx"));
    expect(code).toBe(1);
    expect(out).toContain(`no more at tick ${made.tick}.`);
  });

  it("is what desync runs again, and nothing else is", async () => {
    const made = desyncOf(tag);
    writeFileSync(path("again.phx"), recordingOf(made, { room: "a", now: 0 }));
    const { code, out } = await desync(path("again.phx"));
    expect(out).toContain(`hash now, on this machine  ${made.hashes.server}   the same`);
    const { path: field, a, b } = made.differences[0]!;
    expect(out).toContain(`  ${field}: ${a} | ${b}`);
    expect(out).toContain(`{"tick":${made.tick - 1},`);
    expect(code).toBe(0);
    const none = await desync(path("one.phx"));
    expect([none.code, none.error]).toEqual([2, `${path("one.phx")}: There is no desync report in this recording.\n`]);
  });
});

it("writes nothing to what it reads", () => {
  expect(readFileSync(path("one.phx")).equals(readFileSync(path("same.phx")))).toBe(true);
});
