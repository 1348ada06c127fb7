/** One timer for the bots of a process: it draws them all in parts, rules their number, and tells what was measured. */

import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { parseNetwork } from "../../../shared/netsim/network-spec.ts";
import type { Play } from "../play.ts";
import type { Join } from "../verdict/party.ts";
import { Crew } from "./crew.ts";
import type { CrewPlan, FromWorker, Happening } from "./messages.ts";
import { Recorder } from "./recorder.ts";
import type { Tokens } from "./tokens.ts";

/** The timer wakes this often, in milliseconds, and draws a part of the bots. */
const WAKE_MS = 5;
/** Every bot is drawn twice a tick, and neither more often nor more seldom than so, in milliseconds. */
const LEAST_DRAW_MS = 5;
const MOST_DRAW_MS = 25;
const RULE_MS = 50;
const SECOND_MS = 1000;
/** Who is not back in step so long after the run is called away. */
const SETTLE_MS = 15_000;

export interface CrewLoopOptions {
  readonly game: AnyGame;
  readonly plan: CrewPlan;
  readonly play: Play;
  readonly tokens: Tokens;
  readonly join: Join;
  /** To the command that started this process. */
  readonly say: (message: FromWorker) => void;
}

export class CrewLoop {
  readonly #say: (message: FromWorker) => void;
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
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #playedMs = 0;
  #toldAt = performance.now();

  constructor({ game, plan, play, tokens, join, say }: CrewLoopOptions) {
    this.#say = say;
    const spec = plan.network === undefined ? undefined : parseNetwork(plan.network);
    this.#crew = new Crew({
      game,
      plan,
      play,
      tokens,
      join,
      network: spec?.ok ? spec.network : undefined,
      recorder: this.#recorder,
      secondsAt: (now) => (now - this.#start) / SECOND_MS,
      tell: (happening) => this.#happenings.push(happening),
      played: (ms) => {
        this.#playedMs += ms;
      },
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

  /** Everybody leaves. What happens from now on is no part of the run: nothing is drawn, ruled or told any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isOver = true;
    this.#tell(performance.now());
    await this.#crew.leave();
  }

  #schedule(): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, Math.ceil(this.#wakeAt - performance.now())));
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
      this.#say({ kind: "settled" });
    }
    this.#schedule();
  }

  #tell(now: number): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const told = this.#toldAt;
    this.#toldAt = now;
    if (now > told) {
      this.#recorder.record("generator_cpu", (user + system) / 10 / (now - told));
      this.#recorder.record("script_time", (100 * this.#playedMs) / (now - told));
    }
    this.#playedMs = 0;
    const happenings = this.#happenings;
    this.#happenings = [];
    this.#say({ kind: "interval", interval: { ...this.#crew.take(this.#second, now), happenings } });
    this.#second = Math.floor((now - this.#start) / SECOND_MS);
  }
}
