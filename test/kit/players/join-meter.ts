/** A meter of joins and returns to a match of any age over real sockets: bytes, and time to be in step. */
import { matchMaker } from "@colyseus/core";
import type { LockstepRoom } from "../../../server/rooms/lockstep-room.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { growTo } from "../grow.ts";
import type { RealServer } from "../servers/server.ts";
import { until } from "../until.ts";
import { ByteMeter } from "./byte-meter.ts";
import { joinPlayer, type SocketPlayer } from "./socket-player.ts";

/** Somebody who was away for so long is sent the frames since ... */
const SHORT_SECONDS = 10;
/** ... and after so long a snapshot: they have left the log. */
const LONG_SECONDS = 65;

/** Measuring makes a match older; one that is older than asked for by more than this is not used again. */
const MOST_OLDER = 1.1;

/** "join": a new player; "rejoin": back after a short cut; "late rejoin": back when its frames have left the log. */
export const WAYS = ["join", "rejoin", "late rejoin"] as const;
export type Way = (typeof WAYS)[number];

/** How one of them went. */
export interface Arrival {
  /** Received on the WebSocket until it was in step, headers and handshake included. */
  readonly bytes: number;
  /** From the first byte on the WebSocket to in step with the referee's hash, in milliseconds. */
  readonly milliseconds: number;
}

export class JoinMeter {
  readonly #server: RealServer;
  readonly #meter: ByteMeter;
  #room!: LockstepRoom;
  #seed = 0;

  private constructor(server: RealServer, meter: ByteMeter) {
    this.#server = server;
    this.#meter = meter;
  }

  static async open(server: RealServer): Promise<JoinMeter> {
    const meter = new JoinMeter(server, await ByteMeter.listen(server.port));
    await meter.#newRoom();
    return meter;
  }

  /** Ticks of the match at hand. */
  get tick(): number {
    return this.#room.match.world.tick;
  }

  /**
   * A player joins a match so many minutes old, is cut twice, comes back twice, and leaves.
   *
   * @throws Error when it is not in step each time.
   */
  async measureAt(minutes: number): Promise<Record<Way, Arrival>> {
    const tick = minutes * 60 * arena.tickRate;
    if (this.tick > tick * MOST_OLDER) await this.#newRoom();
    await growTo(this.#room.match, tick);
    const player = await joinPlayer(arena, { url: this.#meter.url, roomId: this.#room.roomId }, ++this.#seed);
    const join = await this.#arrival(player, 1);
    const rejoin = await this.#return(player, SHORT_SECONDS, 1);
    const lateRejoin = await this.#return(player, LONG_SECONDS, 2);
    await player.stop();
    return { join, rejoin, "late rejoin": lateRejoin };
  }

  async close(): Promise<void> {
    await this.#meter.close();
    await this.#room.disconnect();
  }

  /** A room of arena with every seat played by a bot; it stays when nobody is in it. */
  async #newRoom(): Promise<void> {
    await this.#room?.disconnect();
    const { roomId } = await matchMaker.createRoom(arena.name, { bots: arena.seats.max });
    this.#room = this.#server.room(roomId);
    this.#room.autoDispose = false;
  }

  /** Cuts the connection; the match goes on for so many seconds of play before the server sees the player again. */
  async #return(player: SocketPlayer, seconds: number, snapshots: number): Promise<Arrival> {
    const { match, clients } = this.#room;
    const { sessionId } = player.session.room;
    const seat = match.seats.seatOf(sessionId)!;
    const { dropSeat } = match;
    const isDropped = new Promise<void>((resolve) => {
      match.dropSeat = (id) => {
        match.dropSeat = dropSeat;
        match.dropSeat(id);
        const until = match.world.tick + seconds * arena.tickRate;
        while (match.world.tick < until) {
          match.closeTick(performance.now());
          match.finishTick(performance.now());
        }
        resolve();
      };
    });
    const sockets = this.#meter.webSockets;
    const client = clients.find((each) => each.sessionId === sessionId)!;
    (client.ref as unknown as { terminate(): void }).terminate();
    await isDropped;
    await until("it connects again", () => this.#meter.webSockets > sockets);
    const arrival = await this.#arrival(player, snapshots);
    if (match.seats.seatOf(sessionId) !== seat || match.seats.isAway(seat)) throw new Error("it has lost its seat");
    return arrival;
  }

  /** Waits until the newest confirmed world of the referee is the player's too. */
  async #arrival({ session: { client }, hashes }: SocketPlayer, snapshots: number): Promise<Arrival> {
    const { world, hashes: registry } = this.#room.match;
    const isInStep = () => {
      const { confirmedTick } = client;
      if (!client.isSynced || world.tick - confirmedTick > 1) return false;
      return hashes.get(confirmedTick) === registry.trail.hashAt(confirmedTick);
    };
    await until("it is in step with an equal hash", isInStep);
    const now = performance.now();
    const { firstByteAt, bytes } = this.#meter;
    const { stats } = client;
    if (stats.snapshots !== snapshots) throw new Error(`${stats.snapshots} snapshots came instead of ${snapshots}`);
    if (stats.hashMismatches > 0) throw new Error("its hash differed");
    return { bytes, milliseconds: now - firstByteAt! };
  }
}
