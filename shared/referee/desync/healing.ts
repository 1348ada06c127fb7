/**
 * The healing of a client whose world differs: the world is asked for, compared, reported, and mended by what differs
 * (R7).
 */
import { encodeDelta } from "../../engine/bytes/byte-delta.ts";
import { hashBytes } from "../../engine/bytes/hash.ts";
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import { Unwrapper } from "../../engine/protocol/parcel.ts";
import { stepFrames } from "../../engine/protocol/step-frames.ts";
import type { UpMessage } from "../../engine/protocol/up.ts";
import { Simulation } from "../../engine/sim/simulation.ts";
import type { HashHistory } from "../history/hash-history.ts";
import type { Keyframes } from "../history/keyframes.ts";
import type { Seats } from "../inputs/seats.ts";
import type { ClientSession, DesyncCase } from "../peers/client-session.ts";
import type { Outbox } from "../peers/outbox.ts";
import { type Culprit, culpritOf } from "./culprit.ts";
import { type DesyncReport, type RerunMaterial, reportOf } from "./desync-report.ts";

/** A client that does not show its world in this time is given the referee's; seconds. */
const ANSWER_SECONDS = 3;
/** After a client was mended its claims are ignored for this time, in seconds: checking costs more than claiming. */
const REST_SECONDS = 0.2;
/** A client's world may be so much larger than the referee's; more is not read. */
const MOST_GROWTH = 4;
const SPARE_BYTES = 16 * 1024;

export type HealingAnswer = "hash" | "state" | "hash/unknown-tick" | "hash/known" | "state/unasked" | "state/malformed";

export interface HealingOptions<I, S> {
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly hashes: HashHistory;
  readonly keyframes: Keyframes<I, S>;
  readonly outbox: Outbox;
  /** The server's platform, and the logic hash of the game. */
  readonly engine: string;
  readonly logic: string | undefined;
  /** Gives a client the whole world, where mending is not possible. */
  readonly bringWhole: (session: ClientSession) => void;
  readonly onReport: (report: DesyncReport) => void;
  /** Is told of each desync of a client after it was mended. */
  readonly onDiverged: (session: ClientSession, culprit: Culprit) => void;
}

export class Healing<I, S> {
  /** Desyncs mended by what differed, and by the whole world. */
  readonly counts = { byDifference: 0, whole: 0 };
  readonly #match: HealingOptions<I, S>;
  readonly #encoder = new DownEncoder();

  constructor(match: HealingOptions<I, S>) {
    this.#match = match;
  }

  /** A client says that its worlds differ, and what hashes they had. */
  takeTrail(session: ClientSession, { firstTick, hashes }: UpMessage<unknown> & { kind: "trail" }): HealingAnswer {
    // What it said before it was mended, or while its world is on the way, is known; and nobody is mended all the time.
    const { world } = this.#match;
    const isRested = world.tick - session.healedTick >= REST_SECONDS * world.game.tickRate;
    if (session.desync !== undefined || !isRested || firstTick + hashes.length <= session.healedTick)
      return "hash/known";
    const tick = this.#match.hashes.firstDifference(firstTick, hashes);
    if (tick === undefined) return "hash/unknown-tick";
    if (this.#match.keyframes.before(tick) === undefined) {
      this.#giveWhole(session, "unknown");
      return "hash";
    }
    const mostBytes = this.#match.keyframes.before(tick)!.snapshot.length * MOST_GROWTH + SPARE_BYTES;
    session.desync = {
      tick,
      claimed: hashes[tick - firstTick]!,
      askedTick: world.tick,
      unwrapper: new Unwrapper(mostBytes),
    };
    this.#match.outbox.send(session.peer, Down.ask, this.#encoder.ask(tick));
    return "hash";
  }

  /** A client shows a part of its world: hostile until it is read, and never stepped here. */
  takeState(session: ClientSession, { tick, again, part }: UpMessage<unknown> & { kind: "state" }): HealingAnswer {
    const { desync } = session;
    if (desync === undefined || desync.tick !== tick) return "state/unasked";
    const bytes = desync.unwrapper.take(part);
    if (bytes === "more") return "state";
    session.desync = undefined;
    if (bytes !== "malformed" && this.#treat(session, desync, bytes, again)) return "state";
    this.#giveWhole(session, "unknown");
    return "state/malformed";
  }

  /** Once a tick, for a client whose desync is being looked into: it was asked, and may not answer. */
  tend(session: ClientSession, { askedTick }: DesyncCase): void {
    const { world } = this.#match;
    if (world.tick - askedTick < ANSWER_SECONDS * world.game.tickRate) return;
    session.desync = undefined;
    this.#giveWhole(session, "unknown");
  }

  /** A client has thrown its world away, and gets the whole one anyway: it is not asked for the old one any more, nor given another. */
  letGo(session: ClientSession): void {
    if (session.desync === undefined) return;
    session.desync = undefined;
    this.#close(session, "unknown");
  }

  /** False when the bytes are no world, or not the one that was spoken of. */
  #treat(session: ClientSession, desync: DesyncCase, bytes: Uint8Array, clientAgain: number | undefined): boolean {
    const { hashes, seats, world, engine, logic } = this.#match;
    const { tick } = desync;
    const client = hashBytes(bytes);
    const server = hashes.trail.hashAt(tick);
    const past = this.#pastOf(tick);
    const truth = past && this.#worldOf(past, tick);
    if (client !== desync.claimed || server === undefined || past === undefined || truth === undefined) return false;
    const sick = Simulation.from(world.game, bytes);
    if (sick === undefined) return false;
    const told = { server, serverAgain: truth.hash(), client, clientAgain };
    const culprit = culpritOf(told);
    this.#match.onReport(
      reportOf({
        client: { id: session.peer.id, seat: seats.seatOf(session.peer.id) },
        engines: { server: engine, client: session.engine },
        logic: { server: logic, client: session.logic },
        hashes: told,
        truth,
        sick,
        rerun: { ...past, clientWorld: bytes },
      }),
    );
    if (culprit === "server") return false;
    const delta = encodeDelta(bytes, truth.snapshot());
    this.#match.outbox.send(session.peer, Down.heal, this.#encoder.heal(tick, server, delta));
    this.counts.byDifference++;
    this.#close(session, culprit);
    return true;
  }

  /** A keyframe and the frames from it to a tick: at least the one that its step was made of, which is made once more. */
  #pastOf(tick: number): Omit<RerunMaterial, "clientWorld"> | undefined {
    const { keyframes } = this.#match;
    const keyframe = keyframes.before(tick - 1) ?? keyframes.before(tick);
    if (keyframe === undefined) return undefined;
    // Nothing was stepped to the very first world: a frame from there on shows it.
    const until = Math.max(tick, keyframe.tick + 1);
    const bodies = keyframes.framesBetween(keyframe.tick, until);
    if (bodies === undefined) return undefined;
    return { snapshot: keyframe.snapshot, firstTick: keyframe.tick, frames: until - keyframe.tick, bodies };
  }

  /** Rules that throw when they step the same tick again are no reason to end the match: the client gets the whole world. */
  #worldOf({ snapshot, bodies }: Omit<RerunMaterial, "clientWorld">, tick: number): Simulation<I, S> | undefined {
    try {
      const world = Simulation.from(this.#match.world.game, snapshot);
      return world !== undefined && stepFrames(world, bodies, tick) ? world : undefined;
    } catch {
      return undefined;
    }
  }

  #giveWhole(session: ClientSession, culprit: Culprit): void {
    this.counts.whole++;
    this.#match.bringWhole(session);
    this.#close(session, culprit);
  }

  #close(session: ClientSession, culprit: Culprit): void {
    session.healedTick = this.#match.world.tick;
    this.#match.onDiverged(session, culprit);
  }
}
