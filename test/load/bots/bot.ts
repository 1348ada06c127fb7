/** One bot: joins through the browser's own client runtime, plays, is killed, comes back, leaves. */
import { basename } from "node:path";
import { SimulatedNetwork } from "../../../client/netsim/simulated-network.ts";
import { type InputCodec, inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { BotTurn } from "../../../shared/engine/game/bot-turn.ts";
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Network } from "../../../shared/netsim/conditions.ts";
import type { Play } from "../play.ts";
import { messageOf, ScriptFault, type Trouble, whoEnded, whoRefused } from "../verdict/at-fault.ts";
import type { BotSession, Join, Party } from "../verdict/party.ts";
import { BotMeter } from "./bot-meter.ts";
import type { CrewPlan, Happening } from "./messages.ts";
import { killConnection } from "./node-sockets.ts";
import type { Recorder } from "./recorder.ts";
import type { Tokens } from "./tokens.ts";

/** What all bots of a process share. */
export interface Troupe {
  readonly game: AnyGame;
  readonly plan: CrewPlan;
  readonly network: Network | undefined;
  readonly play: Play;
  readonly tokens: Tokens;
  readonly join: Join;
  readonly recorder: Recorder;
  /** Seconds of the run at a moment of the monotonic clock. */
  readonly secondsAt: (now: number) => number;
  readonly tell: (happening: Happening) => void;
  /** What plays has taken so many milliseconds. */
  readonly played: (ms: number) => void;
}

/** "away": joining, catching up, or without a connection; "gone": for good, or its join was refused. */
type Standing = "away" | "in step" | "gone";

/** Where in the user's file it was thrown; empty where that is not known. */
function placeIn(error: unknown, script: string | undefined): string {
  if (script === undefined || !(error instanceof Error)) return "";
  const file = basename(script).replaceAll(".", "\\.");
  const [, line] = new RegExp(`${file}:(\\d+)`).exec(error.stack ?? "") ?? [];
  return line === undefined ? "" : ` (line ${line})`;
}

export class Bot {
  readonly number: number;
  readonly #troupe: Troupe;
  readonly #party: Party;
  readonly #random: WorldRandom;
  readonly #codec: InputCodec<unknown>;
  readonly #turn: BotTurn;
  #session: BotSession | undefined;
  #meter: BotMeter | undefined;
  #standing: Standing = "away";
  /** When it began to be away, and since when it has a connection. */
  #awaySince = performance.now();
  #onlineSince = 0;
  #hasJoined = false;
  #token: string | undefined;
  #isLeaving = false;

  constructor(number: number, troupe: Troupe, party: Party, random: WorldRandom) {
    this.number = number;
    this.#troupe = troupe;
    this.#party = party;
    this.#random = random;
    this.#turn = new BotTurn(troupe.game, random);
    this.#codec = inputCodecOf(troupe.game.input, `${troupe.game.name}.input`) as InputCodec<unknown>;
  }

  get isInStep(): boolean {
    return this.#standing === "in step";
  }

  get isGone(): boolean {
    return this.#standing === "gone";
  }

  /** Never rejects: a refusal is told, and the bot is gone. */
  async join(): Promise<void> {
    try {
      this.#begin(await this.#party.join(this.#wishes()));
    } catch (error) {
      this.#troupe.recorder.count(error instanceof ScriptFault ? "script_errors" : "join_failures");
      this.#end("refused", { atFault: whoRefused(error), reason: messageOf(error) });
    }
  }

  /** @throws ScriptFault when the user's file makes no token. */
  async #wishes() {
    const { plan, network, game } = this.#troupe;
    const { url, plane, logic } = plan;
    const name = `bot ${this.number + 1}`;
    try {
      this.#token = await this.#troupe.tokens({ bot: this.number, name, game: game.name, url });
    } catch (error) {
      throw new ScriptFault(`${plan.tokenScript} failed: ${messageOf(error)}${placeIn(error, plan.tokenScript)}`);
    }
    return {
      ...{ url, plane, logic, name, token: this.#token },
      sample: () => this.#sample() as object,
      ...(network === undefined ? {} : { network: new SimulatedNetwork(network, this.#random.uint32()) }),
    };
  }

  advance(now: number): void {
    const session = this.#session;
    if (session === undefined || this.isGone) return;
    session.advance(now);
    // The draw itself may have ended it: its script or the rules threw, and it is in step with nobody.
    if (this.#standing === "gone") return;
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
    session.on("end", (end) => this.#lost({ atFault: whoEnded(end), reason: end.reason }));
    session.on("plane", () => this.#troupe.recorder.count("plane_changes"));
    session.on("online", (isOnline) => this.#setOnline(isOnline));
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
    if (this.isGone) return this.#codec.create();
    this.#random.beginTick(tick);
    const began = performance.now();
    try {
      const input = this.#turn.inputOf(this.#troupe.play(state, this.#session!.seat!, this.#turn.begin(tick)));
      this.#codec.settle(input);
      for (const { kind, fields } of this.#turn.given)
        this.#meter!.give(commandsOf(this.#troupe.game)[kind]!.name, fields);
      return input;
    } catch (error) {
      this.#failedToPlay(error);
      return this.#codec.create();
    } finally {
      this.#troupe.played(performance.now() - began);
    }
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

  #lost(trouble: Trouble): void {
    if (this.#isLeaving) return;
    this.#troupe.recorder.count("lost");
    this.#end("lost", trouble);
  }

  /** Whoever wrote what plays is to blame, not whoever is played with: the bot leaves as if it had been thrown out. */
  #failedToPlay(error: unknown): void {
    const { plan, recorder, game } = this.#troupe;
    const atFault = plan.script === undefined ? "rules" : "script";
    recorder.count("script_errors");
    const who = plan.script ?? `the bot of ${game.name}`;
    this.#end("threw", { atFault, reason: `${who} failed: ${messageOf(error)}${placeIn(error, plan.script)}` });
    void this.leave();
  }

  #end(kind: "refused" | "lost" | "threw", { atFault, reason }: Trouble): void {
    this.#standing = "gone";
    // What is told comes into reports, and what opens a server does not.
    const told = this.#token === undefined ? reason : reason.replaceAll(this.#token, "***");
    const { tell, secondsAt } = this.#troupe;
    tell({ kind, at: secondsAt(performance.now()), bot: this.number, atFault, reason: told });
  }
}
