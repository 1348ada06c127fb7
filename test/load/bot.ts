/** One bot: joins through the browser's own client runtime, plays, is killed, comes back, leaves. */

import type { Network } from "../../client-demo/net/network/conditions.ts";
import { SimulatedNetwork } from "../../client-demo/net/network/simulated-network.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import { BotMeter } from "./bot-meter.ts";
import type { CrewPlan, Happening } from "./messages.ts";
import { killConnection } from "./node-sockets.ts";
import type { BotSession, Party } from "./party.ts";
import type { Play } from "./play.ts";
import type { Recorder } from "./recorder.ts";

/** What all bots of a process share. */
export interface Troupe {
  readonly game: AnyGame;
  readonly plan: CrewPlan;
  readonly network: Network | undefined;
  readonly play: Play;
  readonly recorder: Recorder;
  /** Seconds of the run at a moment of the monotonic clock. */
  readonly secondsAt: (now: number) => number;
  readonly tell: (happening: Happening) => void;
}

/** "away": joining, catching up, or without a connection; "gone": for good, or its join was refused. */
type Standing = "away" | "in step" | "gone";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export class Bot {
  readonly number: number;
  readonly #troupe: Troupe;
  readonly #party: Party;
  readonly #random: WorldRandom;
  #session: BotSession | undefined;
  #meter: BotMeter | undefined;
  #standing: Standing = "away";
  /** When it began to be away, and since when it has a connection. */
  #awaySince = performance.now();
  #onlineSince = 0;
  #hasJoined = false;
  #isLeaving = false;

  constructor(number: number, troupe: Troupe, party: Party, random: WorldRandom) {
    this.number = number;
    this.#troupe = troupe;
    this.#party = party;
    this.#random = random;
  }

  get isInStep(): boolean {
    return this.#standing === "in step";
  }

  get isGone(): boolean {
    return this.#standing === "gone";
  }

  /** Never rejects: a refusal is told, and the bot is gone. */
  async join(): Promise<void> {
    const { plan, network, recorder } = this.#troupe;
    const { url, plane, logic } = plan;
    try {
      this.#begin(
        await this.#party.join({
          url,
          plane,
          logic,
          name: `bot ${this.number + 1}`,
          sample: () => this.#sample() as object,
          ...(network === undefined ? {} : { network: new SimulatedNetwork(network, this.#random.uint32()) }),
        }),
      );
    } catch (error) {
      recorder.count("join_failures");
      this.#end("refused", messageOf(error));
    }
  }

  advance(now: number): void {
    const session = this.#session;
    if (session === undefined || this.isGone) return;
    session.advance(now);
    this.#meter!.drawn();
    if (!this.isInStep && this.#isCaughtUp(session, now)) this.#comeIntoStep(now);
  }

  /** The connection of a bot in step is lost without a word. */
  kill(): void {
    this.#troupe.recorder.count("kills");
    this.#leaveStep();
    this.#onlineSince = Number.POSITIVE_INFINITY;
    killConnection(this.#session!.room);
  }

  async leave(): Promise<void> {
    this.#isLeaving = true;
    this.#standing = "gone";
    // A socket that is closing for another reason has nobody to say goodbye to.
    await this.#session?.leave().catch(() => {});
  }

  /** Once a second. */
  tell(now: number): void {
    if (this.#session === undefined || this.#meter?.tell(now) !== true) return;
    const { room, client } = this.#session;
    this.#troupe.tell({
      kind: "desync",
      at: this.#troupe.secondsAt(now),
      bot: this.number,
      room: room.roomId,
      tick: client.confirmedTick,
    });
  }

  #begin(session: BotSession): void {
    this.#session = session;
    this.#meter = new BotMeter(session, this.#party, this.#troupe.recorder);
    this.#onlineSince = performance.now();
    session.onEnd = ({ reason }) => this.#lost(reason);
    session.onPlane = () => this.#troupe.recorder.count("plane_changes");
    session.onOnline = (isOnline) => this.#setOnline(isOnline);
    // Whoever was told to leave while the join was under way does so now.
    if (this.#isLeaving) void this.leave();
  }

  #sample(): unknown {
    const session = this.#session!;
    const { client } = session;
    if (session.plane === "stream") {
      const { state, tick } = session.picture(performance.now())!;
      return this.#wish(state, tick);
    }
    // Where the own clock stands, and the delay that the line asks for.
    const tick = client.predictedTick + client.inputDelay;
    this.#meter!.sampled(tick, performance.now());
    return this.#wish(client.state, tick);
  }

  #wish(state: unknown, tick: number): unknown {
    this.#random.beginTick(tick);
    return this.#troupe.play(state, this.#session!.seat!, { tick, random: this.#random });
  }

  #isCaughtUp(session: BotSession, now: number): boolean {
    if (!session.isOnline || this.#meter!.lastFrameAt < this.#onlineSince) return false;
    if (session.plane === "stream") return session.picture(now) !== undefined;
    return session.client.isSynced && session.client.waitingFrames === 0;
  }

  #comeIntoStep(now: number): void {
    const { recorder, tell, secondsAt } = this.#troupe;
    const ms = now - this.#awaySince;
    this.#standing = "in step";
    recorder.record(this.#hasJoined ? "rejoin_time" : "join_time", ms);
    recorder.count(this.#hasJoined ? "rejoins" : "joins");
    const kind = this.#hasJoined ? "rejoin" : "join";
    tell({ kind, at: secondsAt(now), bot: this.number, room: this.#session!.room.roomId, ms });
    this.#hasJoined = true;
  }

  #setOnline(isOnline: boolean): void {
    this.#meter!.reconnected();
    if (isOnline) this.#onlineSince = performance.now();
    else if (this.isInStep) this.#leaveStep();
  }

  #leaveStep(): void {
    this.#standing = "away";
    this.#awaySince = performance.now();
  }

  #lost(reason: string): void {
    if (this.#isLeaving) return;
    this.#troupe.recorder.count("lost");
    this.#end("lost", reason);
  }

  #end(kind: "refused" | "lost", reason: string): void {
    this.#standing = "gone";
    const { tell, secondsAt } = this.#troupe;
    tell({ kind, at: secondsAt(performance.now()), bot: this.number, reason });
  }
}
