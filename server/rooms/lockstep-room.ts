/** One room: the table of contents over its parts, and the only class that lives in Colyseus's life cycle. */
import { randomInt } from "node:crypto";
import { performance } from "node:perf_hooks";
import { type Client, ClientState, Room, type RoomException, ServerError } from "@colyseus/core";
import { unpack } from "msgpackr";
import type { Game } from "../../shared/engine/game/game.ts";
import { CLOSE_CODES, closeName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { log } from "../log.ts";
import { Match } from "../match/match.ts";
import type { Plane } from "../match/member.ts";
import { ClientPeer, packForColyseus } from "./client-peer.ts";
import { FrameTimer } from "./frame-timer.ts";
import { type JoinOptions, readJoinOptions } from "./join-options.ts";
import { judgeFrame } from "./message-gate.ts";
import type { RoomDesk } from "./room-desk.ts";
import { type RoomReport, reportOf } from "./room-report.ts";
import type { RoomState } from "./room-state.ts";
import { StreamPlane } from "./stream-plane.ts";
import { TickMeter } from "./tick-meter.ts";

/** Colyseus would send patches by a timer of its own; ours go out last in the tick, so its timer sleeps (24 days). */
const NO_PATCH_TIMER_MS = 2 ** 31 - 1;
const MOST_SEED = 2 ** 32;
/** How long a seat is held for a player whose connection dropped. */
const HOLD_SECONDS = 30;

/** The room class of one game. `desk` is where the process keeps its open rooms. */
export function lockstepRoom<I, S>(game: Game<I, S>, desk: RoomDesk): new () => LockstepRoom<I, S> {
  return class extends LockstepRoom<I, S> {
    constructor() {
      super(game, desk);
    }

    /** Refuses bad options at matchmaking, before a room is made for them. */
    static override async onAuth(_token: string, options: unknown): Promise<JoinOptions> {
      return readJoinOptions(game, options);
    }
  };
}

export class LockstepRoom<I = unknown, S = unknown> extends Room<{ state: RoomState }> {
  readonly game: Game<I, S>;
  readonly meter = new TickMeter();
  override patchRate = NO_PATCH_TIMER_MS;
  readonly #desk: RoomDesk;
  readonly #peers = new Map<string, ClientPeer>();
  /** Planes of dropped clients whose seat is held, by session. */
  readonly #held = new Map<string, Plane>();
  #match!: Match<I, S>;
  #plane!: StreamPlane<I, S>;
  #timer: FrameTimer | undefined;

  constructor(game: Game<I, S>, desk: RoomDesk) {
    super();
    this.game = game;
    this.#desk = desk;
    this.maxClients = game.seats.max;
    // Bound by Colyseus for each client that joins: see message-gate.ts for why it must not see every frame.
    (this as unknown as { _onMessage: unknown })._onMessage = this.#onFrame.bind(
      this,
      (Room.prototype as unknown as { _onMessage: ColyseusOnMessage })._onMessage,
    );
  }

  get match(): Match<I, S> {
    return this.#match;
  }

  /** Setting the state asks for Colyseus's default serializer; ours knows about the planes. */
  override setSerializer(): void {
    super.setSerializer(this.#plane.serializer);
  }

  override onCreate(options: unknown): void {
    const { bots, away } = readJoinOptions(this.game, options);
    const { guard } = this.#desk;
    this.#match = new Match(this.game, { seed: randomInt(MOST_SEED), bots, away, pack: packForColyseus, guard });
    this.#plane = new StreamPlane(this.#match);
    this.state = this.#plane.state;
    this.#plane.open();
    this.#timer = new FrameTimer({
      tickRate: this.game.tickRate,
      onTick: (latenessMs) => this.#closeTick(latenessMs),
      onWake: () => this.#publish(),
    });
    this.#desk.open(this.roomId, () => this.#report());
    log.info({ room: this.roomId, game: this.game.name, bots }, "room opened");
  }

  override onJoin(client: Client, options: unknown): void {
    const { plane, name } = readJoinOptions(this.game, options);
    const holder = { kind: "player", id: client.sessionId, name } as const;
    if (this.#match.takeSeat(holder) === undefined)
      throw new ServerError(CLOSE_CODES["room/full"].code, closeReason("room/full"));
    this.#admit(client, plane);
  }

  /** The connection is gone without a word: the seat is held for a while, unless the client was thrown out. */
  override onDrop(client: Client, code: number): void {
    const plane = this.#dismiss(client);
    if (plane === undefined || closeName(code) !== undefined) return;
    this.#match.dropSeat(client.sessionId);
    this.#held.set(client.sessionId, plane);
    this.#publish();
    // Rejected when time is up; Colyseus then calls onLeave.
    this.allowReconnection(client, HOLD_SECONDS).catch(() => {});
  }

  override onReconnect(client: Client): void {
    const plane = this.#held.get(client.sessionId);
    if (plane === undefined) return;
    this.#held.delete(client.sessionId);
    this.#match.returnSeat(client.sessionId);
    this.#admit(client, plane);
  }

  override onLeave(client: Client): void {
    this.#dismiss(client);
    this.#held.delete(client.sessionId);
    this.#match.freeSeat(client.sessionId);
    this.#publish();
  }

  override onDispose(): void {
    this.#timer?.stop();
    this.#desk.close(this.roomId);
    log.info({ room: this.roomId, game: this.game.name, tick: this.#match?.world.tick }, "room closed");
  }

  /** What Colyseus would end the process for. */
  override onUncaughtException(error: RoomException, method: string): void {
    log.error({ room: this.roomId, game: this.game.name, method, err: error }, "exception in a room");
  }

  #admit(client: Client, plane: Plane): void {
    const peer = new ClientPeer(client, plane);
    this.#peers.set(client.sessionId, peer);
    this.#match.reception.admit(peer, plane);
    if (plane === "stream") this.#plane.add(client);
    this.#publish();
  }

  /** Forgets a connection and returns its plane; undefined when it is forgotten already. */
  #dismiss(client: Client): Plane | undefined {
    const peer = this.#peers.get(client.sessionId);
    if (peer === undefined) return undefined;
    this.#match.reception.dismiss(peer);
    this.#peers.delete(client.sessionId);
    if (peer.plane === "stream") this.#plane.remove();
    return peer.plane;
  }

  #closeTick(latenessMs: number): void {
    const started = performance.now();
    try {
      this.#match.closeTick();
    } catch (error) {
      this.#crash(error);
      return;
    }
    this.meter.record(performance.now() - started, latenessMs);
  }

  #report(): RoomReport {
    return reportOf({
      id: this.roomId,
      match: this.#match,
      meter: this.meter,
      streamClients: this.#plane.clients,
    });
  }

  /** Last in the tick: brings the schema state up to date and sends its patch. */
  #publish(): void {
    this.#plane.update();
    this.broadcastPatch();
  }

  /** The game's rules failed: this room ends, with a reason its clients can read; other rooms go on. */
  #crash(error: unknown): void {
    const { tick } = this.#match.world;
    log.error({ room: this.roomId, game: this.game.name, tick, err: error }, "the rules threw; the room ends");
    this.#timer?.stop();
    const { code } = CLOSE_CODES["room/crashed"];
    const reason = closeReason("room/crashed", `the rules of ${this.game.name} failed at tick ${tick}; the room ended`);
    for (const client of this.clients) client.leave(code, reason);
    void this.disconnect(code);
  }

  #onFrame(colyseus: ColyseusOnMessage, client: Client, frame: unknown): void {
    const peer = this.#peers.get(client.sessionId);
    if (peer === undefined) return;
    const verdict = judgeFrame(frame);
    const now = performance.now();
    if (verdict.kind === "leave") colyseus.call(this, client, frame as Buffer);
    else if (verdict.kind === "colyseus") {
      if (this.#match.reception.pass(peer, now) === "passed") colyseus.call(this, client, frame as Buffer);
    } else if (client.state !== ClientState.JOINED) this.#match.reception.reject(peer, now);
    else if (verdict.kind === "bytes")
      this.#match.reception.receive(peer, verdict.type, verdict.payload, now, this.#timer?.phase ?? 0);
    else if (verdict.kind === "input") this.#match.reception.submit(peer, unpackInput(verdict.payload), now);
    else this.#match.reception.reject(peer, now);
  }
}

/** What a stream client sent, or undefined when it is no msgpack at all (which `submit` refuses by name). */
function unpackInput(payload: Uint8Array): unknown {
  try {
    return unpack(payload);
  } catch {
    return undefined;
  }
}

type ColyseusOnMessage = (this: Room, client: Client, frame: Buffer) => void;
