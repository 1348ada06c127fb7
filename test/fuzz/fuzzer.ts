/**
 * The fuzzer: plays random cases against one server for a while, and finds which one is to blame when something goes
 * wrong.
 */
import { setTimeout as after } from "node:timers/promises";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { framesCase } from "./cases/frames.ts";
import { httpCase } from "./cases/http.ts";
import { roomCase } from "./cases/room.ts";
import type { FuzzCase, Kind, MakeCase } from "./fuzz-case.ts";
import { play } from "./play.ts";
import { shrink } from "./shrink.ts";
import type { WatchedServer } from "./watched-server.ts";

const MAKE: Readonly<Record<Kind, MakeCase>> = { http: httpCase, frames: framesCase, room: roomCase };
const BATCH = 64;
const AT_ONCE = 4;
/** A tick that is so late, again when the same batch is played again, is no accident of the machine. */
const SLOW_MS = 200;
const LATE = "a tick was late";
const MOST_SHRINKING = 150;
const SHRINKING_MS = 20_000;
/** Reservations, held seats and rooms that nobody is in are gone after so long. */
const SETTLED_MS = 45_000;
/** A run that is shorter does not wait until everything is gone, only until no more is left than is allowed. */
const SHORT_SECONDS = 60;
const LOOK_MS = 2000;
const SMALL_GROWTH_BYTES = 2 ** 20;
const WARM_UP = 6;
const MOST_GROWTH_BYTES = 16 * 2 ** 20;
const MOST_FINDINGS = 3;

export interface Finding {
  readonly kind: Kind;
  readonly wrong: string;
  /** The case to blame; undefined when no single one of a batch did it alone. */
  readonly number: number | undefined;
  /** The smallest that still fails, or all of the batch, one after the other. */
  readonly pieces: readonly Uint8Array[];
  readonly on: FuzzCase["on"] | undefined;
}

export interface Outcome {
  readonly kind: Kind;
  readonly cases: number;
  /** How late each tick of the watched match was meanwhile, in milliseconds. */
  readonly lateness: readonly number[];
  /** The same of a process that nobody tried anything on: the machine's share. */
  readonly machineLateness: readonly number[];
  readonly memoryBytes: number;
  readonly grownBytes: number;
  readonly findings: readonly Finding[];
}

/** The same case for the same seed and number, whatever came before. */
export function caseOf(kind: Kind, seed: number, number: number): FuzzCase {
  return MAKE[kind](new WorldRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0));
}

export class Fuzzer {
  readonly #server: WatchedServer;
  readonly #kind: Kind;
  readonly #seed: number;
  readonly #findings: Finding[] = [];

  constructor(server: WatchedServer, kind: Kind, seed: number) {
    this.#server = server;
    this.#kind = kind;
    this.#seed = seed;
  }

  /** @param from the number of the first case. @param most as many cases, if time allows. */
  async run(seconds: number, from = 0, most = Number.POSITIVE_INFINITY): Promise<Outcome> {
    let number = from;
    await this.#server.machineLateness();
    for (let i = 0; i < WARM_UP && most > BATCH; i++, number += BATCH)
      await this.#tryBatch(this.#numbers(number, BATCH));
    const memoryBytes = await this.#server.memory();
    const deadline = performance.now() + seconds * 1000;
    while (performance.now() < deadline && number - from < most && this.#findings.length < MOST_FINDINGS) {
      const count = Math.min(BATCH, most - (number - from));
      await this.#tryBatch(this.#numbers(number, count));
      number += count;
    }
    const lateness = this.#server.takeLateness();
    const machineLateness = await this.#server.machineLateness();
    const enough = seconds < SHORT_SECONDS ? MOST_GROWTH_BYTES : SMALL_GROWTH_BYTES;
    const grownBytes = await this.#growth(memoryBytes, enough);
    if (grownBytes > MOST_GROWTH_BYTES)
      this.#report({ wrong: `memory grew by ${grownBytes} bytes`, number: undefined, pieces: [], on: undefined });
    const found = { memoryBytes, grownBytes, findings: this.#findings };
    return { kind: this.#kind, cases: number - from, lateness, machineLateness, ...found };
  }

  #numbers(first: number, count: number): readonly number[] {
    return Array.from({ length: count }, (_, i) => first + i);
  }

  async #tryBatch(numbers: readonly number[]): Promise<void> {
    const cases = numbers.map((number) => caseOf(this.#kind, this.#seed, number));
    const wrong = await this.#wrongWith(cases);
    if (wrong === undefined) return;
    await this.#recover(wrong);
    for (const [i, each] of cases.entries()) {
      const alone = await this.#wrongWith([each]);
      if (alone === undefined) continue;
      await this.#recover(alone);
      const deadline = performance.now() + SHRINKING_MS;
      const isFailing = async (pieces: readonly Uint8Array[]): Promise<boolean> =>
        performance.now() < deadline && (await this.#isFailing({ ...each, pieces }));
      const pieces = await shrink(each.pieces, isFailing, MOST_SHRINKING);
      return this.#report({ wrong: alone, number: numbers[i]!, pieces, on: each.on });
    }
    const again = await this.#wrongWith(cases);
    if (again === undefined && wrong.startsWith(LATE)) return;
    await this.#recover(wrong);
    this.#report({ wrong, number: undefined, pieces: cases.flatMap(({ pieces }) => pieces), on: undefined });
  }

  async #isFailing(fuzzed: FuzzCase): Promise<boolean> {
    const wrong = await this.#wrongWith([fuzzed]);
    if (wrong !== undefined) await this.#recover(wrong);
    return wrong !== undefined;
  }

  /** A server on which something went wrong may be in any state, but one that was only late is as good as before. */
  async #recover(wrong: string): Promise<void> {
    if (!wrong.startsWith(LATE)) await this.#server.restart();
  }

  #report(finding: Omit<Finding, "kind">): void {
    this.#findings.push({ kind: this.#kind, ...finding });
  }

  /** Plays cases, some at a time, and tells what is wrong with an answer or the server. */
  async #wrongWith(cases: readonly FuzzCase[]): Promise<string | undefined> {
    const waiting = [...cases];
    let wrong: string | undefined;
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        wrong = (await play(next, this.#server.target).catch(({ message }: Error) => message)) ?? wrong;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const seen = await this.#server.look();
    if (seen.wrong !== undefined) return seen.wrong;
    return seen.blockedMs > SLOW_MS ? `${LATE} by ${seen.blockedMs.toFixed(0)} ms` : wrong;
  }

  /** How many bytes more are in use as soon as it is no more than enough, or when everything of the cases is over. */
  async #growth(before: number, enough: number): Promise<number> {
    const deadline = performance.now() + SETTLED_MS;
    for (;;) {
      const grown = (await this.#server.memory()) - before;
      if (grown <= enough || performance.now() > deadline) return grown;
      await after(LOOK_MS);
    }
  }
}
