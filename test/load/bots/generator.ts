/** The processes that play the bots, as the command that started them sees them. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AtFault } from "../verdict/at-fault.ts";
import type { CrewPlan, FromWorker, Interval, ToWorker } from "./messages.ts";

/** Processes tell every second. One that has not for so many looks, a second apart, never will: code of it does not end. */
const LOOK_MS = 1000;
const MOST_SILENT_LOOKS = 12;

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

export interface GeneratorOptions {
  readonly workers: number;
  readonly plan: Omit<CrewPlan, "worker" | "workers">;
  readonly onInterval: (worker: number, interval: Interval) => void;
  /** A process ended though nobody told it to, or was ended because it stood still. */
  readonly onDeath: (worker: number, how: string, atFault: AtFault) => void;
}

/** What one process has said and what becomes of it. */
interface Hand {
  readonly child: ChildProcess;
  /** Looks since it last told something. */
  silentLooks: number;
  /** Why it is about to end, in its own words or ours. */
  why: { readonly how: string; readonly atFault: AtFault } | undefined;
  readonly ready: Promise<void>;
  readonly settled: Promise<void>;
  readonly ended: Promise<void>;
}

/**
 * Processes and not threads: each has a heap and a garbage collector of its own, its CPU time can be read from the
 * system, and one that dies (or is killed) takes nothing with it but its bots.
 */
export class Generator {
  readonly #hands: readonly Hand[];
  readonly #stuck: AtFault;
  #looks: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(options: GeneratorOptions) {
    const { workers, plan } = options;
    // Only what a user wrote can stand still for so long, unless the machine does.
    this.#stuck = plan.script === undefined && plan.tokenScript === undefined ? "generator" : "script";
    this.#hands = Array.from({ length: workers }, (_, worker) => this.#start(worker, options));
    for (const [worker, { child }] of this.#hands.entries())
      this.#say(child, { kind: "plan", plan: { ...plan, worker, workers } });
  }

  /** All have loaded the game. @throws Error with the sentence of one that could not. */
  async ready(): Promise<void> {
    await Promise.all(this.#hands.map(({ ready }) => ready));
  }

  go(epochMs: number): void {
    this.#looks = setInterval(() => this.#look(), LOOK_MS);
    for (const { child } of this.#hands) this.#say(child, { kind: "go", epochMs });
  }

  /** No more churn and kills; waits until all bots are in step, or were given the time for it. */
  async settle(): Promise<void> {
    for (const { child } of this.#hands) this.#say(child, { kind: "settle" });
    await Promise.all(this.#hands.map(({ settled }) => settled));
  }

  /** The bots leave, the processes end; who does not within `patienceMs` is killed. */
  async stop(patienceMs: number): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#looks);
    for (const { child } of this.#hands) this.#say(child, { kind: "stop" });
    const timer = setTimeout(() => {
      for (const { child } of this.#hands) child.kill("SIGKILL");
    }, patienceMs);
    await Promise.all(this.#hands.map(({ ended }) => ended));
    clearTimeout(timer);
  }

  #say(child: ChildProcess, message: ToWorker): void {
    if (child.connected) child.send(message);
  }

  /** Counted in looks and not in time: when this whole machine stood still, no process of it is stuck. */
  #look(): void {
    for (const hand of this.#hands)
      if (++hand.silentLooks === MOST_SILENT_LOOKS) {
        hand.why ??= { how: `it stood still for ${(MOST_SILENT_LOOKS * LOOK_MS) / 1000} s`, atFault: this.#stuck };
        hand.child.kill("SIGKILL");
      }
  }

  #start(worker: number, { onInterval, onDeath }: GeneratorOptions): Hand {
    // A group of its own: Ctrl-C is for this command, which tells its processes what to do.
    // Its standard output is the SDK's chatter.
    const child = fork(WORKER, { detached: true, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const ended = new Promise<void>((resolve) => {
      child.once("exit", (code, signal) => {
        const { how, atFault } = hand.why ?? { how: signal ?? `code ${code}`, atFault: "generator" as const };
        if (!this.#isStopping) onDeath(worker, how, atFault);
        resolve();
      });
    });
    const ready = new Promise<void>((resolve, reject) => {
      child.on("message", (message: FromWorker) => {
        if (message.kind === "ready") resolve();
        else if (message.kind === "wrong") reject(new Error(message.sentence));
      });
      void ended.then(() => reject(new Error("a process that plays bots ended before it began")));
    });
    const settled = new Promise<void>((resolve) => {
      child.on("message", (message: FromWorker) => {
        hand.silentLooks = 0;
        if (message.kind === "settled") resolve();
        else if (message.kind === "interval") onInterval(worker, message.interval);
        else if (message.kind === "dying") hand.why = { how: message.how, atFault: message.atFault };
      });
      void ended.then(resolve);
    });
    const hand: Hand = { child, silentLooks: 0, why: undefined, ready, settled, ended };
    return hand;
  }
}
