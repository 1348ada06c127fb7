/** A process that plays bots: one timer draws them all in parts, rules their number, and tells what was measured. */
import "./node-sockets.ts";
import { parseNetwork } from "../../client-demo/net/network/network-spec.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { Crew } from "./crew.ts";
import type { CrewPlan, FromWorker, Happening, ToWorker } from "./messages.ts";
import { loadPlay } from "./play.ts";
import { Recorder } from "./recorder.ts";

/** The timer wakes this often, in milliseconds, and draws a part of the bots. */
const WAKE_MS = 5;
/** Every bot is drawn twice a tick, and neither more often nor more seldom than so, in milliseconds. */
const LEAST_DRAW_MS = 5;
const MOST_DRAW_MS = 25;
const RULE_MS = 50;
const SECOND_MS = 1000;
/** Who is not back in step so long after the run is called away. */
const SETTLE_MS = 15_000;

/** Whoever listened may be gone: then nobody misses it, and `disconnect` ends this process. */
const say = (message: FromWorker): void => void process.send?.(message, undefined, undefined, () => {});

class Worker {
  readonly #recorder = new Recorder();
  readonly #crew: Crew;
  readonly #parts: number;
  #happenings: Happening[] = [];
  /** When second 0 began, on this process's monotonic clock. */
  #start = 0;
  #wakeAt = 0;
  #ruleAt = 0;
  #second = 0;
  #cpu = process.cpuUsage();
  #settleUntil: number | undefined;

  constructor(game: AnyGame, plan: CrewPlan, play: Awaited<ReturnType<typeof loadPlay>>) {
    const spec = plan.network === undefined ? undefined : parseNetwork(plan.network);
    this.#crew = new Crew({
      game,
      plan,
      play,
      network: spec?.ok ? spec.network : undefined,
      recorder: this.#recorder,
      secondsAt: (now) => (now - this.#start) / SECOND_MS,
      tell: (happening) => this.#happenings.push(happening),
    });
    const drawMs = Math.min(MOST_DRAW_MS, Math.max(LEAST_DRAW_MS, 500 / game.tickRate));
    this.#parts = Math.round(drawMs / WAKE_MS);
  }

  go(epochMs: number): void {
    this.#start = epochMs - performance.timeOrigin;
    this.#wakeAt = performance.now();
    this.#ruleAt = this.#start;
    this.#schedule();
  }

  settle(): void {
    this.#crew.settle();
    this.#settleUntil = performance.now() + SETTLE_MS;
  }

  async stop(): Promise<void> {
    this.#tell(performance.now());
    await this.#crew.leave();
    process.exit();
  }

  #schedule(): void {
    setTimeout(() => this.#wake(), Math.max(0, Math.ceil(this.#wakeAt - performance.now())));
  }

  #wake(): void {
    const now = performance.now();
    this.#recorder.recordWithMissed("generator_delay", now - this.#wakeAt, WAKE_MS);
    // After a standstill the timer goes on from here: bots are not drawn twice for one moment.
    this.#wakeAt += Math.max(1, Math.floor((now - this.#wakeAt) / WAKE_MS)) * WAKE_MS;
    this.#crew.drawPart(this.#parts, now);
    if (now >= this.#ruleAt) {
      this.#ruleAt = now + RULE_MS;
      this.#crew.rule(now);
    }
    if (now >= this.#start + (this.#second + 1) * SECOND_MS) this.#tell(now);
    if (this.#settleUntil !== undefined && (this.#crew.isSettled || now > this.#settleUntil)) {
      this.#settleUntil = undefined;
      this.#tell(now);
      say({ kind: "settled" });
    }
    this.#schedule();
  }

  #tell(now: number): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const told = this.#toldAt;
    this.#toldAt = now;
    if (now > told) this.#recorder.record("generator_cpu", (user + system) / 10 / (now - told));
    const happenings = this.#happenings;
    this.#happenings = [];
    say({ kind: "interval", interval: { ...this.#crew.take(this.#second, now), happenings } });
    this.#second = Math.floor((now - this.#start) / SECOND_MS);
  }

  #toldAt = performance.now();
}

let worker: Worker | undefined;

async function prepare(plan: CrewPlan): Promise<void> {
  const game = games.find(({ name }) => name === plan.game)!;
  worker = new Worker(game, plan, await loadPlay(game, plan.play, plan.script));
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "plan")
    prepare(message.plan).then(
      () => say({ kind: "ready" }),
      (error: unknown) => say({ kind: "wrong", sentence: error instanceof Error ? error.message : String(error) }),
    );
  else if (message.kind === "go") worker!.go(message.epochMs);
  else if (message.kind === "settle") worker!.settle();
  else void worker!.stop();
});
// Whoever started this process is gone: nobody is left to play for.
process.on("disconnect", () => process.exit());
