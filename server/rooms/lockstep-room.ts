/** One room: the table of contents over its parts, and the only class that lives in Colyseus's life cycle. */
import { performance } from "node:perf_hooks";
import { type Client, CloseCode, Room, type RoomException, ServerError } from "@colyseus/core";
import type { Game } from "../../shared/engine/game/game.ts";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import type { Match } from "../../shared/referee/match.ts";
import { log } from "../base/log.ts";
import { RoomTicker } from "../clock/room-ticker.ts";
import { FreeSeats } from "../colyseus/free-seats.ts";
import { interceptMessages } from "../colyseus/message-interceptor.ts";
import { NO_PATCH_TIMER_MS, showState } from "../colyseus/patch-clock.ts";
import { DesyncNotes } from "../observe/desync-notes.ts";
import { JoinLog } from "../observe/join-log.ts";
import { RoomHandle } from "../observe/room-handle.ts";
import { TickMeter } from "../observe/tick-meter.ts";
import type { RoomRecording } from "../recordings/recordings.ts";
import type { RoomState } from "../stream/room-state.ts";
import { StreamPlane } from "../stream/stream-plane.ts";
import { ChatService } from "./chat-service.ts";
import { ClientPeer } from "./client-peer.ts";
import { type JoinOptions, readJoinOptions } from "./join-options.ts";
import { expectLeftPeople } from "./left-people.ts";
import { MessageRouter } from "./message-router.ts";
import { keepsSeat, Returns } from "./returns/returns.ts";
import { RoomFaults } from "./room-faults.ts";
import { refuseWhenFull } from "./room-limit.ts";
import { createRoomMatch, openRoomNotes } from "./room-match.ts";
import type { RoomNotes } from "./room-notes.ts";
import { RoomPresence } from "./room-presence.ts";
import { markDesync, recordRoom } from "./room-recording.ts";
import type { RoomServices } from "./room-services.ts";
import { Sender } from "./sender.ts";
import { TickWork } from "./tick-work.ts";
import { checkTransport } from "./transport-check.ts";
import { Visibility } from "./visibility.ts";

export class LockstepRoom<I = unknown, S = unknown> extends Room<{ state: RoomState }> {
  readonly game: Game<I, S>;
  readonly meter = new TickMeter();
  readonly faults: RoomFaults;
  readonly chat: ChatService;
  readonly joins = new JoinLog(this);
  readonly desyncs = new DesyncNotes();
  override patchRate = NO_PATCH_TIMER_MS;
  readonly #services: RoomServices;
  readonly #returns: Returns;
  #match!: Match<I, S>;
  #plane!: StreamPlane<I, S>;
  #router!: MessageRouter<I, S>;
  /** To Colyseus's own reading of messages. */
  readonly #passOn: (client: Client, frame: Buffer) => void;
  readonly #visibility: Visibility;
  #notes!: RoomNotes;
  #tick!: TickWork<I, S>;
  #presence!: RoomPresence<I, S>;
  #timer: RoomTicker | undefined;
  #recording: RoomRecording | undefined;

  constructor(game: Game<I, S>, services: RoomServices) {
    super();
    this.game = game;
    this.#services = services;
    this.faults = new RoomFaults(this, services.faults);
    this.chat = new ChatService(this, services.chat, () => this.#presence);
    this.#returns = new Returns(this, services.tickets);
    this.#passOn = interceptMessages(
      this,
      (client, frame) => this.#router.take(this.#presence.get(client.sessionId), frame, performance.now()),
      ({ sessionId }) => this.#returns.heard(sessionId),
    );
    const reservations = new FreeSeats(this, () => this.#match.seats);
    this.#visibility = new Visibility(this, () => reservations.areAllTaken);
    reservations.onChange = () => this.#visibility.update();
  }

  get match(): Match<I, S> {
    return this.#match;
  }

  /** Whether it is joined by its id only, and shown to nobody but operators. */
  get isPrivate(): boolean {
    return this.#visibility.isPrivate;
  }

  override onCreate(options: unknown): void {
    const left = this.#services.left.take(this.roomId);
    if (left === undefined) refuseWhenFull(this.#services);
    checkTransport(this.#services.connections, this.#services.advice);
    const chosen = this.#read(options);
    if (chosen.private === true) this.#visibility.keepPrivate();
    const delayTicks = Math.round(chosen.spectatorDelay * this.game.tickRate);
    const onReport = (report: DesyncReport): void => {
      this.desyncs.take(report, performance.now());
      this.#services.reports.write(this.roomId, report);
      markDesync(this.#recording, report);
    };
    this.#recording = recordRoom(this, chosen, this.#services);
    const recording = this.#recording?.sink;
    this.#notes = openRoomNotes(this, chosen, this.#services, left);
    const [journal, resumable] = [this.#notes.journal, left?.resumable];
    this.#match = this.faults.orRefuse(
      () => createRoomMatch(this.game, chosen, this.#services, { onReport, journal, recording, resumable }),
      resumable?.lastTick,
    );
    this.#plane = new StreamPlane(this.#match, delayTicks, ({ sessionId }, bytes) => {
      const peer = this.#presence.get(sessionId);
      if (peer !== undefined) this.#match.sessions.allowWhole(peer, bytes);
    });
    const sender = new Sender(this.#match.outbox, {
      plane: this.#plane,
      faults: this.faults,
      publish: () => this.#tick.publishOrFault(),
      onMove: (id, plane) => this.#notes.moved(id, plane),
    });
    this.#router = new MessageRouter(this.#match.sessions, {
      chat: this.chat,
      sender,
      phase: () => this.#timer?.phase ?? 0,
      onFault: (error, { id: client }) => this.faults.contain(error, "a message of a client is lost", { client }),
    });
    showState(this, this.#plane.state, this.#plane.serializer);
    this.#tick = new TickWork(this, {
      ...{ match: this.#match, sender, meter: this.meter, plane: this.#plane, visibility: this.#visibility },
      ...{ recording: this.#recording, onFault: (error: unknown) => this.#fail(error) },
    });
    this.#presence = new RoomPresence({
      ...{ match: this.#match, plane: this.#plane, chat: this.chat, router: this.#router, tick: this.#tick },
      ...{ delayTicks, notes: this.#notes, returns: this.#returns },
      passOn: ({ client }, message) => this.#passOn(client, message),
    });
    this.#timer = new RoomTicker({
      scheduler: this.#services.scheduler,
      tickRate: this.game.tickRate,
      tick: this.#tick,
    });
    const { connections } = this.#services;
    this.#services.registry.open(new RoomHandle(this, { connections, plane: this.#plane, timer: this.#timer }));
    this.#plane.serializer.ids.onBlock = (below) => this.#notes.numbered(below);
    this.chat.notes = this.#notes;
    if (left !== undefined) this.#goOn();
    const { bots, mode } = chosen;
    log.info({ room: this.roomId, game: this.game.name, bots, mode }, left ? "room goes on" : "room opened");
  }

  /** @param auth what `onAuth` said; undefined where matchmaking was not asked. */
  override onJoin(client: Client, options: unknown, auth?: JoinOptions): void {
    const chosen = auth ?? this.#read(options);
    const holder = { kind: "player", id: client.sessionId, name: chosen.name } as const;
    if (!chosen.watch && this.#match.takeSeat(holder) === undefined)
      throw new ServerError(CLOSE_CODES["room/full"].code, closeReason("room/full"));
    client.reconnectionToken = this.#returns.ticketFor(client.sessionId);
    this.#presence.admit(new ClientPeer(client, chosen));
    this.joins.note("join", client.sessionId);
  }

  /** The connection is gone without a word, or too slow: the seat is held for a while, unless the client was thrown out. */
  override onDrop(client: Client, code: number): void {
    const peer = this.#presence.dismiss(client.sessionId);
    // A client that does not answer a close is gone without a code.
    if (peer === undefined || !keepsSeat(peer.socket.closedWith ?? code) || !this.#returns.hold(client)) return;
    this.#match.dropSeat(client.sessionId);
    this.joins.note("drop", client.sessionId, code);
    this.#tick.publishOrFault();
  }

  override onReconnect(client: Client): void {
    const peer = this.#presence.returning(client);
    if (peer === undefined) return;
    client.reconnectionToken = this.#returns.ticketFor(client.sessionId);
    this.#match.returnSeat(client.sessionId);
    this.#presence.admit(peer);
    this.joins.note("return", client.sessionId);
  }

  override onLeave({ sessionId }: Client, code?: number): void {
    this.#forget(sessionId, code);
  }

  /** Somebody is gone for good. */
  #forget(session: string, code?: number): void {
    this.joins.note("leave", session, code);
    this.#presence.dismiss(session);
    this.#returns.forget(session);
    this.chat.forget(session);
    this.#match.freeSeat(session);
    this.#notes.gone(session);
    this.#tick.publishOrFault();
    // A client that never had a seat is no news to anybody, but had one reserved.
    this.#visibility.update();
  }

  override onDispose(): void {
    this.#timer?.stop();
    this.#visibility.end();
    this.chat.stop();
    this.#recording?.end();
    this.#services.registry.close(this.roomId);
    this.#notes?.journal?.end();
    log.info({ room: this.roomId, game: this.game.name, tick: this.#match?.world.tick }, "room closed");
  }

  suspend(): void {
    this.#timer?.stop();
    this.#notes.journal = undefined;
    this.#recording?.end();
    for (const client of this.clients) client.leave(CloseCode.MAY_TRY_RECONNECT);
  }

  /** Tells everybody here something that a person should know. */
  notify(name: CloseName, message: string): void {
    for (const client of this.clients) client.send("notice", { name, message });
  }

  /** The process goes down, and its time for matches is over. */
  override onBeforeShutdown(): void {
    this.end("server/shutdown");
  }

  /** A fault that Colyseus would end the process for; a refusal is none. */
  override onUncaughtException(error: RoomException, method: string): void {
    this.faults.thrown(error.cause, method);
  }

  #goOn(): void {
    expectLeftPeople({
      ...{ room: this, match: this.#match, plane: this.#plane, chat: this.chat, presence: this.#presence },
      ...{ returns: this.#returns, notes: this.#notes, returnMs: this.#services.returnMs },
      onGone: (id) => this.#forget(id),
    });
  }

  #read(options: unknown): JoinOptions {
    return readJoinOptions(this.game, options, this.#services.logic[this.game.name]);
  }

  /** The tick threw: this room ends, with a reason its clients can read; other rooms go on. */
  #fail(error: unknown): void {
    this.#timer?.stop();
    const { name, detail } = this.faults.end(error);
    this.end(name, detail);
  }

  /** Closes every client with this name, and then the room. */
  end(name: CloseName, detail?: string): void {
    const { code } = CLOSE_CODES[name];
    for (const client of this.clients) client.leave(code, closeReason(name, detail));
    void this.disconnect(code);
  }
}
