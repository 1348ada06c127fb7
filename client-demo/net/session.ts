/** A seat in a room: the client runtime joined to the Colyseus SDK. No DOM: browser, load bots and tests use it. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { CLOSE_CODES, closeName } from "../../shared/engine/protocol/close-codes.ts";
import { Down } from "../../shared/engine/protocol/down.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { cutWith } from "./network/room-cut.ts";
import { SimulatedNetwork } from "./network/simulated-network.ts";
import type { TimedLine } from "./network/timed-line.ts";
import { Traffic } from "./traffic.ts";

/** Colyseus's envelope of a bytes message with a small numeric type: opcode and type. */
const ENVELOPE_BYTES = 2;
/** After so many snapshots that cannot be read, half a second apart, it is no accident. */
const MOST_UNREADABLE = 3;
/** The code of an end that no server sent: the game's rules threw in this client. */
export const RULES_FAILED = 0;

export interface SessionOptions<I> {
  /** Where the server is, such as `ws://localhost:2567`. */
  readonly url: string;
  /** What the local player wants now. */
  readonly sample: () => Plain<I>;
  /** An existing room; left out: any room of this game with a free seat, or a new one. */
  readonly roomId?: string | undefined;
  readonly name?: string | undefined;
  /** When a room is made: bots fill the table up to this many held seats. */
  readonly bots?: number | undefined;
  /** When a room is made: who plays a seat while its player's connection is gone. */
  readonly away?: "neutral" | "bot" | undefined;
  /** A bad network on purpose, this session's alone; left out: messages pass at once. */
  readonly network?: SimulatedNetwork | undefined;
}

/** Why a session ended: a close code, and words for the player. */
export interface SessionEnd {
  readonly code: number;
  readonly reason: string;
}

/** Who sits where, by seat. `isAway`: the connection dropped, the seat is held. */
export type Roster = ReadonlyMap<
  number,
  { readonly name: string; readonly kind: "player" | "bot"; readonly isAway: boolean }
>;

interface RosterState {
  readonly phase: string;
  readonly seats: Map<string, { name: string; kind: "player" | "bot"; isAway: boolean }>;
}

/** The first try at once, then one every 1 to 5 s; the server holds a seat for 30 s. */
function retryQuickly(reconnection: Room["reconnection"]): void {
  reconnection.minUptime = 0;
  reconnection.minDelay = 0;
  reconnection.maxRetries = 12;
  reconnection.backoff = (attempt) => (attempt <= 1 ? 0 : 1000 + Math.random() * 4000);
  // Inputs made without a connection are not applied late.
  reconnection.maxEnqueuedMessages = 0;
}

export class Session<I, S> {
  readonly client: LockstepClient<I, S>;
  readonly room: Room;
  readonly traffic = new Traffic();
  /** Called once when the connection is gone for good. */
  onEnd: (end: SessionEnd) => void = () => {};
  /** Called when the connection drops (false: the session is coming back by itself) and when it is there again. */
  onOnline: (isOnline: boolean) => void = () => {};
  readonly #up: TimedLine<{ type: number; bytes: Uint8Array }>;
  readonly #down: TimedLine<{ type: number; bytes: Uint8Array }>;
  #isOnline = true;
  #isOpen = true;

  private constructor(game: Game<I, S>, room: Room, options: SessionOptions<I>) {
    this.room = room;
    this.client = new LockstepClient(game, { sample: options.sample });
    const network = options.network ?? new SimulatedNetwork();
    this.#up = network.line("up", ({ type, bytes }) => this.#write(type, bytes));
    this.#down = network.line("down", ({ type, bytes }) => this.client.receive(type, bytes, performance.now()));
    cutWith(network, room.connection);
    for (const type of Object.values(Down))
      room.onMessage(type, (bytes: Uint8Array) => {
        this.traffic.count("down", bytes.length + ENVELOPE_BYTES, performance.now());
        // The SDK's buffer belongs to the socket; what waits in a queue needs its own bytes.
        this.#down.pass({ type, bytes: bytes.slice() }, bytes.length + ENVELOPE_BYTES);
      });
    retryQuickly(room.reconnection);
    room.onDrop(() => this.#setOnline(false));
    room.onReconnect(() => this.#setOnline(true));
    room.onLeave((code, reason) => this.#end({ code, reason: reason ?? "" }));
    // An error of the socket is followed by its close, which tells what becomes of it (some engines send both).
    room.onError(() => {});
  }

  /**
   * Joins a room on the lockstep plane.
   *
   * @throws Error of the SDK whose message names the fault (`join/option: ...`) or says that there is no such room.
   */
  static async join<I, S>(game: Game<I, S>, options: SessionOptions<I>): Promise<Session<I, S>> {
    const sdk = new ColyseusSDK(options.url);
    const wishes = {
      plane: "lockstep",
      protocol: PROTOCOL_VERSION,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.bots === undefined ? {} : { bots: options.bots }),
      ...(options.away === undefined ? {} : { away: options.away }),
    };
    const room =
      options.roomId === undefined
        ? await sdk.joinOrCreate(game.name, wishes)
        : await sdk.joinById(options.roomId, wishes);
    return new Session(game, room, options);
  }

  /** Brings the game to now and sends what there is to send; call it once a draw. `now` as of `performance.now()`. */
  advance(now: number): void {
    try {
      this.client.advance(now);
    } catch (error) {
      this.#fail(error);
      return;
    }
    for (const message of this.client.takeOutbox()) this.#up.pass(message, message.bytes.length + ENVELOPE_BYTES);
    if (this.client.stats.unreadableSnapshots >= MOST_UNREADABLE) this.#giveUpReading();
  }

  /** The same protocol, but another declaration of the game: a page and a server of different builds. */
  #giveUpReading(): void {
    const { code, sentence } = CLOSE_CODES["protocol/version"];
    this.#end({ code, reason: `protocol/version: ${sentence}` });
    void this.room.leave();
  }

  /** Who sits where, as the server says. */
  roster(): Roster {
    const roster = new Map<number, { name: string; kind: "player" | "bot"; isAway: boolean }>();
    const state = this.room.state as RosterState | undefined;
    state?.seats?.forEach((seat, key) => {
      roster.set(Number(key), { name: seat.name, kind: seat.kind, isAway: seat.isAway });
    });
    return roster;
  }

  /** "waiting" or "playing", as the server says; undefined before the first state. */
  get phase(): string | undefined {
    return (this.room.state as RosterState | undefined)?.phase;
  }

  /** Gives the seat up; without a connection the server does so when the time it holds the seat is over. */
  async leave(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.room.reconnection.enabled = false;
    if (this.#isOnline) await this.room.leave();
  }

  #write(type: number, bytes: Uint8Array): void {
    if (!this.#isOpen || !this.#isOnline) return;
    this.traffic.count("up", bytes.length + ENVELOPE_BYTES, performance.now());
    this.room.sendBytes(type, bytes);
  }

  /** Whether the connection is there; while it is not, the session tries to come back to its seat by itself. */
  get isOnline(): boolean {
    return this.#isOnline;
  }

  #setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    // What was under way belonged to the old connection.
    this.#up.clear();
    this.#down.clear();
    if (isOnline) this.client.resume();
    this.onOnline(isOnline);
  }

  /** The rules failed here on what the server calls true: nothing can go on in this world. */
  #fail(error: unknown): void {
    const { game, confirmedTick } = this.client;
    const message = error instanceof Error ? error.message : String(error);
    this.#end({
      code: RULES_FAILED,
      reason: `the rules of ${game.name} failed here at tick ${confirmedTick}: ${message}`,
    });
    void this.room.leave();
  }

  #end(end: SessionEnd): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const name = closeName(end.code);
    this.onEnd({ code: end.code, reason: end.reason || name || "the connection to the server was lost" });
  }
}
