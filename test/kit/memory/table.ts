/** A whole match in memory on a virtual clock: the real referee, real client runtimes, and a network pumped by hand. */

import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Recorder } from "../../../shared/recording/recorder.ts";
import { type Closed, Match } from "../../../shared/referee/match.ts";
import type { ResumeOptions } from "../../../shared/referee/match-options.ts";
import type { SessionOptions } from "../../../shared/referee/peers/client-session.ts";
import type { Packet } from "../../../shared/referee/peers/outbox.ts";
import type { SavedMatch } from "../../../shared/referee/saved-match.ts";
import { TickClock } from "../../../shared/referee/tick-clock.ts";
import { delivering, matchInMemory } from "./delivery.ts";
import { recordWatched } from "./played-matches.ts";
import type { TableOptions } from "./table-options.ts";
import { TablePlayer } from "./table-player.ts";

/** The in-memory envelope: the type, then the payload. */
export const packInMemory = (type: number, payload: Uint8Array): Packet => {
  const packet = new Uint8Array(payload.length + 1);
  packet[0] = type;
  packet.set(payload, 1);
  return packet;
};

/** What was saved fits no match. */
export class Refused extends Error {}

/** A tick that stays open (a pause, a strict room that waits) is tried again after this time. */
const RETRY_MS = 10;

export class Table<I, S> {
  now = 0;
  match: Match<I, S>;
  /** The referee's hash by tick. */
  readonly hashes: number[] = [];
  readonly players: TablePlayer<I, S>[] = [];
  readonly #options: TableOptions<I, S>;
  readonly #clock: TickClock;
  readonly #random: WorldRandom;
  readonly #drawMs: number;
  #created = 0;
  /** The referee's clock is so many milliseconds ahead of `now`. */
  #aheadMs = 0;

  constructor(options: TableOptions<I, S>) {
    this.#options = options;
    this.#random = new WorldRandom(options.seed ^ 0x5eed);
    this.#clock = new TickClock(options.game.tickRate, 0);
    this.#drawMs = options.drawMs ?? 1000 / options.game.tickRate;
    const { game, seed, bots = 0, away, pause, strictSeconds, onReport, journal } = options;
    this.match = matchInMemory(game, {
      ...{ seed, bots, journal, recording: this.#record(), pack: packInMemory },
      ...(away === undefined ? {} : { away }),
      ...(pause === undefined ? {} : { pause }),
      ...(strictSeconds === undefined ? {} : { strictSeconds }),
      ...(onReport === undefined ? {} : { onReport }),
    });
    this.hashes[0] = this.match.world.hash();
  }

  /** Milliseconds by the referee's clock. */
  get refereeNow(): number {
    return this.now + this.#aheadMs;
  }

  /** Somebody sits down, or comes to watch: as a lockstep client with the table's game when nothing else is said. */
  add(as: SessionOptions = { plane: "lockstep" }, game = this.#options.game): TablePlayer<I, S> {
    const id = `player:${this.#created}`;
    const player = this.#player(id, game);
    this.#created++;
    if (as.watch !== true && this.match.takeSeat({ kind: "player", id, name: id }) === undefined)
      throw new Error("the table is full");
    player.isAdmittedAs(as);
    this.match.sessions.admit(player, as);
    this.players.push(player);
    return player;
  }

  /** Somebody gets up: connection and seat are gone. */
  remove(player: TablePlayer<I, S>): void {
    this.match.sessions.dismiss(player);
    this.match.freeSeat(player.id);
    this.players.splice(this.players.indexOf(player), 1);
    player.down.cut();
    player.up.cut();
  }

  /** Another page of the same player takes the seat over at once, and the older one is gone. */
  reload(older: TablePlayer<I, S>): TablePlayer<I, S> {
    const player = this.#player(older.id, this.#options.game);
    player.isAdmittedAs({ ...older.admission, plane: older.plane });
    this.match.sessions.dismiss(older);
    this.match.dropSeat(older.id);
    this.match.returnSeat(older.id);
    this.match.sessions.admit(player, player.admission);
    this.players.splice(this.players.indexOf(older), 1, player);
    return player;
  }

  #player(id: string, game: TableOptions<I, S>["game"]): TablePlayer<I, S> {
    const random = new WorldRandom(this.#random.uint32());
    return new TablePlayer(this, id, { ...this.#options, game }, random);
  }

  /** Somebody's connection is lost and comes back after `forMs` milliseconds: the seat is held meanwhile. */
  cut(player: TablePlayer<I, S>, forMs: number): void {
    this.match.dropSeat(player.id);
    this.lose(player, forMs);
  }

  /** The same, but nobody is told that the player is away. */
  lose(player: TablePlayer<I, S>, forMs: number): void {
    this.match.sessions.dismiss(player);
    player.up.cut(this.now, forMs);
    player.down.cut(this.now, forMs);
    player.backAt = this.now + forMs;
  }

  #comeBack(player: TablePlayer<I, S>): void {
    player.backAt = Number.POSITIVE_INFINITY;
    const seat = this.match.seats.seatOf(player.id);
    if (seat !== undefined && this.match.seats.isAway(seat)) this.match.returnSeat(player.id);
    this.match.sessions.admit(player, { ...player.admission, plane: player.plane });
    player.client.resume();
  }

  hear(player: TablePlayer<I, S>, type: number, bytes: Uint8Array): void {
    this.match.sessions.receive(player, type, bytes, { now: this.refereeNow, phase: this.#clock.phase(this.now) });
  }

  /** Another referee, with a clock of its own, goes on with what was saved; nobody is connected to it yet. */
  replaceReferee(saved: SavedMatch, aheadMs: number, more: Pick<ResumeOptions, "journal" | "standingTick"> = {}): void {
    this.#aheadMs = aheadMs;
    const { game, onReport } = this.#options;
    const now = this.refereeNow;
    const made = Match.resume(game, saved, {
      ...{ now, pack: packInMemory, recording: this.#record() },
      ...more,
      ...(onReport === undefined ? {} : { onReport }),
    });
    if (typeof made === "string") throw new Refused(made);
    this.match = delivering(made);
    this.hashes[made.world.tick] = made.world.hash();
  }

  #record(): Recorder | undefined {
    return recordWatched(this.#options.game as AnyGame, this.#options.seed);
  }

  /** The open tick is closed no earlier than in so many milliseconds. */
  wait(ms: number): void {
    this.#clock.postpone(Math.max(this.#clock.nextDue, this.now + ms));
  }

  /** Lets virtual time pass until the referee has closed `ticks` ticks in all. */
  runTo(ticks: number): void {
    while (this.match.world.tick < ticks) this.step();
  }

  /**
   * Lets virtual time pass until the next thing happens: a message arrives, somebody draws, a tick is due. Returns what became
   * of a tick that was.
   */
  step(): Closed | undefined {
    let next = this.#clock.nextDue;
    for (const { up, down, nextDrawAt, backAt } of this.players)
      next = Math.min(next, up.nextAt, down.nextAt, nextDrawAt, backAt);
    this.now = Math.max(this.now, next);
    this.#pumpAll();
    return this.#clock.due(this.now) > 0 ? this.#closeTick() : undefined;
  }

  /** Stops closing ticks until every message has arrived and every player has stepped every confirmed frame. */
  settle(): void {
    for (let i = 0; i < 400; i++) {
      this.now += 5;
      this.#pumpAll();
    }
  }

  #pumpAll(): void {
    for (const player of [...this.players]) {
      if (player.backAt <= this.now) this.#comeBack(player);
      player.up.pump(this.now);
      player.down.pump(this.now);
      if (player.nextDrawAt > this.now) continue;
      player.nextDrawAt = this.now + this.#drawMs;
      this.#draw(player);
    }
  }

  #draw(player: TablePlayer<I, S>): void {
    const { client } = player;
    const before = client.confirmedTick;
    client.advance(this.now);
    if (client.isSynced && client.confirmedTick !== before) {
      player.compared++;
      if (client.confirmed.hash() !== this.hashes[client.confirmedTick]) player.differed++;
    }
    for (const message of client.takeOutbox()) player.up.send(message, this.now);
  }

  #closeTick(): Closed {
    const closed = this.match.closeTick(this.refereeNow);
    if (closed !== "closed") {
      this.#clock.postpone(this.now + RETRY_MS);
      return closed;
    }
    this.#clock.close();
    this.hashes[this.match.world.tick] = this.match.hashes.latest!.hash;
    return closed;
  }
}
