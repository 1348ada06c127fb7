/**
 * The live view while bots play: on a terminal a few lines that are redrawn, elsewhere a plain line every five seconds.
 */
import { counted } from "./report/plural.ts";
import { sparkline } from "./report/sparkline.ts";
import type { Second } from "./verdict/second.ts";
import type { Tally } from "./verdict/tally.ts";

const PLAIN_EVERY_MS = 5000;
const REDRAW_MS = 500;
const BAR_WIDTH = 30;
const SPARKS = 30;

/** Where it is written: standard output, or what a test has instead. */
export interface Terminal {
  readonly isTTY: boolean;
  write(text: string): void;
}

export interface LiveOptions {
  readonly terminal: Terminal;
  readonly hasColor: boolean;
  readonly totalSeconds: number;
  readonly tally: Tally;
}

const digits = (value: number | undefined, unit = ""): string =>
  value === undefined ? "-" : `${value.toFixed(value < 10 ? 1 : 0)}${unit}`;

export class LiveView {
  readonly #options: LiveOptions;
  readonly #started = performance.now();
  #timer: ReturnType<typeof setInterval> | undefined;
  #lines = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
    const { isTTY } = options.terminal;
    this.#timer = setInterval(() => (isTTY ? this.#redraw() : this.#line()), isTTY ? REDRAW_MS : PLAIN_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#options.terminal.isTTY) this.#redraw();
  }

  get #seconds(): number {
    return Math.min(this.#options.totalSeconds, (performance.now() - this.#started) / 1000);
  }

  get #newest(): Second | undefined {
    return this.#options.tally.seconds.at(-1);
  }

  #line(): void {
    const { terminal, tally, totalSeconds } = this.#options;
    const { wanted, inStep } = tally.standing;
    const last = this.#newest;
    const { p50, p99 } = last?.lateness ?? {};
    terminal.write(
      `${this.#seconds.toFixed(0)}/${totalSeconds} s  bots ${inStep}/${wanted} in ${counted(tally.roomCount, "room")}  ` +
        `hashes ${tally.count("hash_checks")} equal ${tally.count("hash_mismatches")} differ  ` +
        `lateness p50 ${digits(p50)} p99 ${digits(p99)} ms  ${digits(last?.bytesDown)} B/s down ${digits(last?.bytesUp)} up  ` +
        `server ${digits(last?.serverCpu)} %  generator ${digits(last?.generatorCpu)} %\n`,
    );
  }

  #redraw(): void {
    const { terminal } = this.#options;
    const lines = this.#view();
    const up = this.#lines === 0 ? "" : `\x1b[${this.#lines}A`;
    this.#lines = lines.length;
    terminal.write(`${up}${lines.map((line) => `\x1b[2K${line}\n`).join("")}`);
  }

  #view(): readonly string[] {
    const { tally, totalSeconds } = this.#options;
    const { wanted, inStep } = tally.standing;
    const last = this.#newest;
    const done = Math.round((this.#seconds / totalSeconds) * BAR_WIDTH);
    const bar = "█".repeat(done) + "░".repeat(BAR_WIDTH - done);
    const differ = tally.count("hash_mismatches");
    const { p50, p95, p99 } = last?.lateness ?? {};
    const sparks = tally.seconds.slice(-SPARKS).map(({ lateness }) => lateness?.p99 ?? 0);
    return [
      `${bar} ${this.#seconds.toFixed(0)} of ${totalSeconds} s`,
      `bots      ${inStep} of ${wanted} in step, ${counted(tally.roomCount, "room")}; ${counted(tally.count("joins"), "join")}, ${tally.count("join_failures")} refused; ${tally.count("churned")} replaced, ${tally.count("kills")} killed, ${tally.count("rejoins")} back`,
      `hashes    ${tally.count("hash_checks")} compared, ${this.#paint(differ > 0 ? 31 : 32, `${differ} differ`)}`,
      `lateness  p50 ${digits(p50)}  p95 ${digits(p95)}  p99 ${digits(p99)} ms  ${this.#paint(36, sparkline(sparks))}`,
      `bytes     ${digits(last?.bytesDown)} down, ${digits(last?.bytesUp)} up, per bot and second`,
      `server    CPU ${digits(last?.serverCpu, " %")}, tick ${digits(last?.serverTick, " ms")}, memory ${digits(last?.serverMemory, " MB")}`,
      `generator CPU ${digits(last?.generatorCpu, " %")}, delay p99 ${digits(last?.generatorDelay, " ms")}`,
    ];
  }

  #paint(color: number, text: string): string {
    return this.#options.hasColor ? `\x1b[${color}m${text}\x1b[0m` : text;
  }
}
