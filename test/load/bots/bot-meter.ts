/** A meter of one session of a bot: what arrives, what it costs, what goes wrong. */
import type { LockstepStats } from "../../../shared/engine/lockstep/lockstep-stats.ts";
import { Down, decodeDown } from "../../../shared/engine/protocol/down.ts";
import { COUNT_OF_REFUSAL, type CountName } from "../verdict/metrics.ts";
import type { BotSession, Party } from "../verdict/party.ts";
import { bytesOf } from "./node-sockets.ts";
import type { Recorder } from "./recorder.ts";

/** Of so many ticks it is known when their inputs were sampled: more than the prediction window and the input delay. */
const REMEMBERED_TICKS = 512;
const SECOND_MS = 1000;

/** Counts of the client runtime that are told as they are. */
const TOLD: readonly (readonly [CountName, keyof LockstepStats])[] = [
  ["rollbacks", "rollbacks"],
  ["resimulated_ticks", "resimulatedTicks"],
  ["hash_checks", "hashChecks"],
  ["hash_mismatches", "hashMismatches"],
  ["heals", "heals"],
  ["snapshots", "snapshots"],
  ["stalled_ms", "stalledMs"],
  ["malformed", "malformed"],
];

export class BotMeter {
  /** When the newest frame arrived. */
  lastFrameAt = Number.NEGATIVE_INFINITY;
  readonly #session: BotSession;
  readonly #party: Party;
  readonly #recorder: Recorder;
  readonly #sampledAt = new Float64Array(REMEMBERED_TICKS);
  readonly #sampledTicks = new Float64Array(REMEMBERED_TICKS).fill(-1);
  #before: LockstepStats;
  #lastTick = -1;
  #rollbacks = 0;
  #stallMs = 0;
  #bytes: { down: number; up: number; at: number } | undefined;

  constructor(session: BotSession, party: Party, recorder: Recorder) {
    this.#session = session;
    this.#party = party;
    this.#recorder = recorder;
    this.#before = { ...session.client.stats };
    session.on("received", (type, bytes) => this.#received(type, bytes, performance.now()));
    session.room.onStateChange((state: { readonly tick?: number }) => {
      if (session.plane === "stream" && state.tick !== undefined) this.#frame(state.tick, performance.now());
    });
  }

  /** An input was sampled for a tick. */
  sampled(tick: number, now: number): void {
    const slot = tick % REMEMBERED_TICKS;
    this.#sampledTicks[slot] = tick;
    this.#sampledAt[slot] = now;
  }

  /** Gives a command, and counts what its giver is told of it. */
  give(name: string, fields: unknown): void {
    const givenAt = performance.now();
    this.#recorder.count("commands_given");
    void this.#session.give(name, fields).then((outcome) => {
      this.#recorder.count(outcome.isApplied ? "commands_applied" : COUNT_OF_REFUSAL[outcome.code]);
      // Whatever else it is told of has been in no frame.
      if (outcome.isApplied || outcome.code === "command/refused")
        this.#recorder.record("command_to_frame", performance.now() - givenAt);
    });
  }

  /** To be called after each draw. */
  drawn(): void {
    const { stats, stalledMs } = this.#session.client;
    if (stats.rollbacks !== this.#rollbacks) {
      this.#rollbacks = stats.rollbacks;
      this.#recorder.record("rollback_depth", stats.rollbackDepth);
    }
    if (stalledMs < this.#stallMs) this.#recorder.record("stall", this.#stallMs);
    this.#stallMs = stalledMs;
  }

  /** The connection is gone or new: what was counted of the old one is no whole second. */
  reconnected(): void {
    this.#bytes = undefined;
  }

  /** Once a second: tells what was counted since. Returns whether a world was found to differ. */
  tell(now: number): boolean {
    const stats = { ...this.#session.client.stats };
    for (const [name, field] of TOLD)
      this.#recorder.count(name, Math.round(Number(stats[field]) - Number(this.#before[field])));
    const differs = stats.hashMismatches > this.#before.hashMismatches;
    this.#before = stats;
    this.#tellBytes(now);
    return differs;
  }

  #tellBytes(now: number): void {
    const before = this.#bytes;
    this.#bytes = this.#session.isOnline ? { ...bytesOf(this.#session.room), at: now } : undefined;
    if (before === undefined || this.#bytes === undefined) return;
    const seconds = (now - before.at) / SECOND_MS;
    this.#recorder.record("bytes_down", (this.#bytes.down - before.down) / seconds);
    this.#recorder.record("bytes_up", (this.#bytes.up - before.up) / seconds);
  }

  #received(type: number, bytes: Uint8Array, now: number): void {
    if (type === Down.frame || type === Down.frames) {
      const message = decodeDown(type, bytes);
      if (message.kind !== "frames") return;
      // Several in one message are no ticks but the past, for who comes late or comes back.
      if (type === Down.frame) this.#frame(message.firstTick, now);
      else this.lastFrameAt = now;
    } else if (type === Down.pong) {
      const message = decodeDown(type, bytes);
      if (message.kind === "pong") this.#recorder.record("round_trip", now - message.echo);
    }
  }

  #frame(tick: number, now: number): void {
    this.#recorder.count("frames");
    this.#party.arrived(this.#session.room.roomId, tick, now);
    if (tick === this.#lastTick + 1) this.#recorder.record("frame_interarrival", now - this.lastFrameAt);
    this.#lastTick = tick;
    this.lastFrameAt = now;
    const slot = tick % REMEMBERED_TICKS;
    if (this.#sampledTicks[slot] === tick) this.#recorder.record("input_to_frame", now - this.#sampledAt[slot]!);
  }
}
