/** A session in a room: the client runtime joined to the Colyseus SDK. No DOM: browser, load bots and tests use it. */
import type { Room } from "@colyseus/sdk";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { CLOSE_CODES, closeName } from "../../shared/engine/protocol/close-codes.ts";
import type { CommandOutcome } from "../../shared/engine/protocol/command-outcome.ts";
import { Down } from "../../shared/engine/protocol/down.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import { ChatView } from "../chat/chat-view.ts";
import { Reconnector } from "../connection/reconnector.ts";
import { SdkConnection } from "../connection/sdk-connection.ts";
import { Emitter } from "../events/emitter.ts";
import { CommandDesk } from "../match/command-desk.ts";
import { LockstepFigures } from "../match/lockstep-figures.ts";
import type { ConfirmedState, MatchEvents, MatchFigures, MatchSource } from "../match/match-source.ts";
import { lockstepPicture, type Picture } from "../match/picture.ts";
import { PlaneRouter } from "../match/plane-router.ts";
import { type Roster, type RosterState, rosterOf, seatOf } from "../match/roster.ts";
import { endOfFault, type SessionEnd } from "../match/session-end.ts";
import type { SimulatedNetwork } from "../netsim/simulated-network.ts";
import { StreamPlayer } from "../stream/stream-player.ts";
import { type JoinOptions, joinRoom } from "./join.ts";
import { PlanePolicy } from "./plane-policy.ts";
import { Traffic } from "./traffic.ts";

/** Colyseus's envelope of a bytes message with a small numeric type: opcode and type. */
const ENVELOPE_BYTES = 2;
/** After this many snapshots that cannot be read, half a second apart, it is no accident. */
const MOST_UNREADABLE = 3;

export interface SessionOptions<I> extends JoinOptions {
  /** What the local player wants now. */
  readonly sample: () => Plain<I>;
  /** A bad network on purpose, this session's alone: all of its connection goes over it. Left out: there is none. */
  readonly network?: SimulatedNetwork | undefined;
}

/** What a session tells, by name. */
export interface SessionEvents extends MatchEvents {
  /** A message of the server as it reaches the runtime; for load bots, which measure. */
  readonly received: readonly [type: number, bytes: Uint8Array];
}

export class Session<I, S> extends Emitter<SessionEvents> implements MatchSource<S> {
  readonly kind = "network";
  readonly client: LockstepClient<I, S>;
  readonly room: Room;
  readonly chat: ChatView;
  readonly figures: MatchFigures;
  /** Whether nobody looks: after a while the session asks for the stream plane, and for lockstep when it is seen again. */
  isHidden = false;
  readonly #stream: StreamPlayer<I, S>;
  readonly #planes: PlanePolicy;
  /** How it comes back to its seat when the connection is lost. */
  readonly reconnector: Reconnector;
  readonly #router: PlaneRouter;
  readonly #traffic = new Traffic();
  readonly #commands: CommandDesk;
  #isOnline = true;
  #isOpen = true;

  private constructor(game: Game<I, S>, room: Room, options: SessionOptions<I>) {
    super();
    this.room = room;
    this.chat = new ChatView(room);
    const { plane = "lockstep" } = options;
    this.client = new LockstepClient(game, { sample: options.sample, clock: () => performance.now() });
    this.#commands = new CommandDesk(this.client as never, this);
    this.#router = new PlaneRouter(this.client, plane);
    this.figures = new LockstepFigures(this.client, this.#traffic);
    this.#stream = new StreamPlayer(game, room, options.sample);
    this.#planes = new PlanePolicy(game.tickRate, plane);
    const connection = new SdkConnection(room);
    options.network?.attach(connection);
    this.reconnector = new Reconnector(connection, () => this.plane === "stream");
    for (const type of Object.values(Down)) room.onMessage(type, (bytes: Uint8Array) => this.#take(type, bytes));
    room.onMessage("notice", ({ message }: { message: string }) => this.emit("notice", message));
    room.onDrop(() => this.#setOnline(false));
    room.onReconnect(() => this.#setOnline(true));
    room.onLeave((code, reason) => this.#end({ code, reason: reason ?? "" }));
    // An error of the socket is followed by its close, which tells what becomes of it (some engines send both).
    room.onError(() => {});
  }

  /**
   * Joins a room, on the lockstep plane unless asked otherwise.
   *
   * @throws Error of the SDK whose message names the fault (`join/option: ...`) or says that there is no such room.
   */
  static async join<I, S>(game: Game<I, S>, options: SessionOptions<I>): Promise<Session<I, S>> {
    const { sample: _sample, network: _network, ...joinOptions } = options;
    return new Session(game, await joinRoom(game, joinOptions), options);
  }

  /** The plane this client is on, as the server last said. */
  get plane(): Plane {
    return this.#router.plane;
  }

  /** Whether the connection is there; while it is not, the session tries to come back to its seat by itself. */
  get isOnline(): boolean {
    return this.#isOnline;
  }

  /** The local seat; undefined before the first world, and for spectators. */
  get seat(): Seat | undefined {
    return this.plane === "lockstep" ? this.client.seat : seatOf(this.#rosterState, this.room.sessionId);
  }

  /** "waiting", "playing" or "paused", as the server says; undefined before the first state. */
  get phase(): string | undefined {
    return this.#rosterState?.phase;
  }

  /** The number of spectators. */
  get spectators(): number {
    return this.#rosterState?.spectators ?? 0;
  }

  /** The owners of the seats, as the server says. */
  roster(): Roster {
    return rosterOf(this.#rosterState);
  }

  /** What to draw at `now`; undefined while there is no world yet. */
  picture(now: number): Picture<S> | undefined {
    const { client } = this;
    // Right after a change of planes the old picture stays until the new one is there.
    const isStreamed = this.plane === "stream" || !client.isSynced;
    return (isStreamed ? this.#stream.picture(now) : undefined) ?? lockstepPicture(client);
  }

  get confirmed(): ConfirmedState | undefined {
    return this.client.isSynced ? this.client.confirmed : undefined;
  }

  get inputDelayWish(): number | undefined {
    return this.client.inputDelayWish;
  }
  set inputDelayWish(ticks: number | undefined) {
    this.client.inputDelayWish = ticks;
  }

  /** Whether this device was found too slow for lockstep, and is on the stream plane for a while. */
  get isSlow(): boolean {
    return this.#planes.isSlow(performance.now());
  }

  /** Chooses the plane to be on when the page is seen and the device keeps up; the event "plane" tells when it is so. */
  prefer(plane: Plane): void {
    this.#planes.preferred = plane;
  }

  give(name: string, fields?: unknown): Promise<CommandOutcome> {
    return this.#commands.give(name, fields);
  }

  /** Says that this player wants a pause, or no longer. */
  wishPause(isWanted: boolean): void {
    this.client.line.pause(isWanted);
  }

  /** Brings the game to now and sends what there is to send; call it once a draw. `now` as of `performance.now()`. */
  advance(now: number): void {
    try {
      this.client.advance(now);
      if (this.plane === "stream" && this.#isOnline && this.#isOpen) this.#stream.advance(now, this.seat);
    } catch (error) {
      this.#giveUp(endOfFault(error, this.client.game.name, this.client.confirmedTick));
      return;
    }
    this.#commands.tell();
    const { isHidden } = this;
    const wanted = this.#planes.update({ now, plane: this.plane, isHidden, client: this.client });
    if (wanted !== undefined) this.client.line.plane(wanted);
    for (const { type, bytes } of this.client.takeOutbox()) this.#write(type, bytes);
    if (this.client.stats.unreadableSnapshots >= MOST_UNREADABLE) this.#giveUpReading();
  }

  readonly hurry = (): void => this.reconnector.hurry();
  readonly sleep = (): void => this.reconnector.sleep();
  readonly wake = (): void => this.reconnector.wake();

  /** Gives the seat up; without a connection the server does so when the time it holds the seat is over. */
  async leave(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#commands.close();
    this.reconnector.stop();
    if (this.#isOnline) await this.room.leave();
  }

  get #rosterState(): RosterState | undefined {
    return this.room.state as RosterState | undefined;
  }

  #take(type: number, bytes: Uint8Array): void {
    const now = performance.now();
    this.#traffic.count("down", bytes.length + ENVELOPE_BYTES, now);
    this.emit("received", type, bytes);
    const news = this.#router.receive(type, bytes, now);
    if (news === undefined) return;
    if (news.reason === "diverging") this.#planes.refused(now);
    if (news.isMove && news.plane === "stream") this.#stream.restart();
    this.emit("plane", news.plane, news.reason);
  }

  #write(type: number, bytes: Uint8Array): void {
    if (!this.#isOpen || !this.#isOnline) return;
    this.#traffic.count("up", bytes.length + ENVELOPE_BYTES, performance.now());
    this.room.sendBytes(type, bytes);
  }

  #setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    if (isOnline) this.#resume();
    this.emit("online", isOnline);
  }

  /** The server may have moved this client in its last moment; it says where it is when it is asked for the wrong thing. */
  #resume(): void {
    if (this.plane === "lockstep") this.client.resume();
    else {
      if (this.client.game.commands !== undefined) this.client.resume();
      this.client.line.plane("stream");
    }
    this.#stream.restart();
  }

  /** The same protocol, but another declaration of the game: a page and a server of different builds. */
  #giveUpReading(): void {
    const { code, sentence } = CLOSE_CODES["protocol/version"];
    this.#giveUp({ code, reason: `protocol/version: ${sentence}` });
  }

  /** Nothing can go on in this world. */
  #giveUp(end: SessionEnd): void {
    this.#end(end);
    void this.room.leave();
  }

  #end(end: SessionEnd): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#commands.close();
    const name = closeName(end.code);
    this.emit("end", { ...end, reason: end.reason || name || "the connection to the server was lost" });
  }
}
