/** The short version of `npm run fuzz`, with the same seed every time; and that a finding would be found, and made small. */
import { expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { KINDS } from "./fuzz-case.ts";
import { caseOf } from "./fuzzer.ts";
import { readOptions } from "./options.ts";
import { fuzz, p99 } from "./session.ts";
import { shrink } from "./shrink.ts";

const SECONDS_IN_ALL = process.env.CI ? 20 : 3;
const SEED = 6;
/** The game of the match that is watched. */
const tag = games.find(({ name }) => name === "tag")!;
const FEWEST_CASES = 50;
const MOST_SLOWDOWN = 1.2;
/** In ticks. Fuzzer and server share two cores with whatever else runs, and of so few ticks p99 is the worst or the second. */
const MOST_LATE_TICKS = 1.5;

it("heads, frames and messages that are almost right do the server and a match in it no harm", {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const asked = { seconds: SECONDS_IN_ALL / KINDS.length, only: KINDS, seed: SEED, case: undefined };
  const { undisturbed, outcomes } = await fuzz(asked, (line) => said.push(line));
  process.stdout.write(`${said.join("\n")}\n`);
  for (const { kind, cases, lateness, machineLateness, findings } of outcomes) {
    expect(findings, said.join("\n")).toEqual([]);
    expect(cases, kind).toBeGreaterThan(FEWEST_CASES);
    const usual = Math.max(p99(undisturbed), p99(machineLateness));
    const lateTicks = ((p99(lateness) - usual * MOST_SLOWDOWN) / 1000) * tag.tickRate;
    expect(lateTicks, `how late they were more than before and than others, in ticks, ${kind}`).toBeLessThan(
      MOST_LATE_TICKS,
    );
  }
});

it.each(KINDS)("a seed makes the same %s every time, and another one others", (kind) => {
  const of = (seed: number) => Array.from({ length: 20 }, (_, i) => caseOf(kind, seed, i));
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
  for (const { pieces } of of(1)) expect(pieces.length).toBeLessThan(100);
});

it("what fails is made as small as it gets", async () => {
  const pieces = ["GET / HTTP/1.1\r\n", "Host: [\r\n", "X: y\r\n\r\n"].map((text) => Buffer.from(text));
  let tries = 0;
  const isFailing = async (smaller: readonly Uint8Array[]) => {
    tries++;
    return Buffer.concat(smaller).includes("st: [");
  };
  expect((await shrink(pieces, isFailing, 100)).map(String)).toEqual(["st: ["]);
  expect(tries).toBeLessThanOrEqual(100);
});

it.each([
  [["--only", "http,tcp"], "--only tcp: there are http, frames, room"],
  [["--seconds", "0"], "--seconds 0 is no whole number from 1 to 86400"],
  [["--seed", "x"], "--seed x is no whole number from 1 to 4294967295"],
])("%j is refused", (given, message) => {
  expect(() => readOptions(given)).toThrow(message);
});
