/** A whole match in memory on a virtual clock: the real referee, real client runtimes, and a network pumped by hand. */

import { FrameClock } from "../../server/match/frame-clock.ts";
import { Match, type MatchOptions } from "../../server/match/match.ts";
import type { Packet, Peer } from "../../server/match/peer.ts";
import type { Frozen, Plain } from "../../shared/engine/codec/plain.ts";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { Down, decodeDown } from "../../shared/engine/protocol/down.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import { Link, type LinkOptions } from "./link.ts";

/** What somebody at the table wants, given what they see. */
export type Script<I, S> = (state: Frozen<Plain<S>>, seat: Seat, tick: number, random: WorldRandom) => Plain<I>;

export interface TableOptions<I, S> {
  readonly game: Game<I, S>;
  readonly seed: number;
  readonly bots?: number;
  readonly pause?: MatchOptions["pause"];
  readonly strictSeconds?: number;
  /** Is given every desync report. */
  readonly onReport?: MatchOptions["onReport"];
  /** Network of the next client to sit down; called with the table's own random stream. */
  readonly network: (random: WorldRandom) => LinkOptions;
  readonly script: Script<I, S>;
  /** Milliseconds between two draws of a client. */
  readonly drawMs?: number;
  /** Ticks between sampling an input and its tick; left out: fitted to the line. */
  readonly inputDelay?: number;
}

/** Everyone at the table is compared tick by tick with the referee. */
export class TablePlayer<I, S> implements Peer {
  readonly id: string;
  readonly isJoined = true;
  readonly bufferedBytes = 0;
  readonly client: LockstepClient<I, S>;
  /** Confirmed ticks whose hash was compared with the referee's by the test, and how many differed. */
  compared = 0;
  differed = 0;
  closedWith: string | undefined;
  /** The plane it is on, as the referee says, and as it knows itself. */
  plane: Plane = "lockstep";
  shown: Plane = "lockstep";
  nextDrawAt: number;
  /** When a player who was cut is back; Infinity for one who was not. */
  backAt = Number.POSITIVE_INFINITY;
  readonly up: Link<{ type: number; bytes: Uint8Array }>;
  readonly down: Link<Packet>;

  constructor(table: Table<I, S>, id: string, options: TableOptions<I, S>, random: WorldRandom) {
    this.id = id;
    this.nextDrawAt = table.now + random.float() * 20;
    const { inputDelay } = options;
    this.client = new LockstepClient(options.game, {
      ...(inputDelay === undefined ? {} : { inputDelay }),
      sample: () => {
        const { client } = this;
        return options.script(client.state, client.seat!, client.predictedTick, random);
      },
    });
    const network = options.network(random);
    this.up = new Link(
      network,
      random,
      ({ bytes }) => bytes.length + 1,
      ({ type, bytes }) => table.hear(this, type, bytes),
    );
    this.down = new Link(
      network,
      random,
      ({ length }) => length,
      (packet) => this.#take(packet),
    );
    this.#table = table;
  }

  /** Another network for both directions from now on; `up.change` and `down.change` for one. */
  changeNetwork(network: LinkOptions): void {
    this.up.change(network);
    this.down.change(network);
  }

  /** Whether the connection is lost now. */
  get isCut(): boolean {
    return this.backAt !== Number.POSITIVE_INFINITY;
  }

  /** Ends whatever keeps this player away: a cut, a stalled line, a sleep. */
  restore(): void {
    const { now } = this.#table;
    for (const link of [this.up, this.down]) {
      link.hold(0);
      if (this.isCut) link.cut(now, 0);
    }
    if (this.isCut) this.backAt = now;
    this.nextDrawAt = now;
  }

  readonly #table: Table<I, S>;

  send(packet: Packet): void {
    this.down.send(packet, this.#table.now);
  }

  /** On the stream plane it is sent patches, which are not played here: it stands still until it is back. */
  moveTo(plane: Plane): void {
    this.plane = plane;
  }

  #take(packet: Packet): void {
    const [type, bytes] = [packet[0]!, packet.subarray(1)];
    const message = type === Down.plane ? decodeDown(type, bytes) : undefined;
    if (message?.kind === "plane" && message.plane !== this.shown) {
      this.shown = message.plane;
      if (message.plane === "lockstep") this.client.restart();
      else this.client.suspend();
    }
    this.client.receive(type, bytes, this.#table.now);
  }

  refuse(name: string): void {
    this.closedWith ??= name;
  }

  close(name: string): void {
    this.closedWith = name;
    this.#table.remove(this);
  }
}

/** The in-memory envelope: the type, then the payload. */
export const packInMemory = (type: number, payload: Uint8Array): Packet => {
  const packet = new Uint8Array(payload.length + 1);
  packet[0] = type;
  packet.set(payload, 1);
  return packet;
};

/** A tick that stays open (a pause, a strict room that waits) is tried again after this time. */
const RETRY_MS = 10;

export class Table<I, S> {
  now = 0;
  readonly match: Match<I, S>;
  /** The referee's hash by tick. */
  readonly hashes: number[] = [];
  readonly players: TablePlayer<I, S>[] = [];
  readonly #options: TableOptions<I, S>;
  readonly #clock: FrameClock;
  readonly #random: WorldRandom;
  readonly #drawMs: number;
  #created = 0;

  constructor(options: TableOptions<I, S>) {
    this.#options = options;
    this.#random = new WorldRandom(options.seed ^ 0x5eed);
    this.#clock = new FrameClock(options.game.tickRate, 0);
    this.#drawMs = options.drawMs ?? 1000 / options.game.tickRate;
    const { game, seed, bots = 0, pause, strictSeconds, onReport } = options;
    this.match = new Match(game, {
      ...{ seed, bots, pack: packInMemory },
      ...(pause === undefined ? {} : { pause }),
      ...(strictSeconds === undefined ? {} : { strictSeconds }),
      ...(onReport === undefined ? {} : { onReport }),
    });
    this.hashes[0] = this.match.world.hash();
  }

  /** Somebody sits down as a lockstep client. */
  add(): TablePlayer<I, S> {
    const id = `player:${this.#created}`;
    const random = new WorldRandom(this.#random.uint32());
    const player = new TablePlayer(this, id, this.#options, random);
    this.#created++;
    if (this.match.takeSeat({ kind: "player", id, name: id }) === undefined) throw new Error("the table is full");
    this.match.reception.admit(player, { plane: "lockstep" });
    this.players.push(player);
    return player;
  }

  /** Somebody gets up: connection and seat are gone. */
  remove(player: TablePlayer<I, S>): void {
    this.match.reception.dismiss(player);
    this.match.freeSeat(player.id);
    this.players.splice(this.players.indexOf(player), 1);
    player.down.cut();
    player.up.cut();
  }

  /** Somebody's connection is lost and comes back after `forMs` milliseconds: the seat is held meanwhile. */
  cut(player: TablePlayer<I, S>, forMs: number): void {
    this.match.reception.dismiss(player);
    this.match.dropSeat(player.id);
    player.up.cut(this.now, forMs);
    player.down.cut(this.now, forMs);
    player.backAt = this.now + forMs;
  }

  #comeBack(player: TablePlayer<I, S>): void {
    player.backAt = Number.POSITIVE_INFINITY;
    this.match.returnSeat(player.id);
    this.match.reception.admit(player, { plane: player.plane });
    player.client.resume();
  }

  hear(player: TablePlayer<I, S>, type: number, bytes: Uint8Array): void {
    this.match.reception.receive(player, type, bytes, { now: this.now, phase: this.#clock.phase(this.now) });
  }

  /** Lets virtual time pass until the referee has closed `ticks` ticks in all. */
  runTo(ticks: number): void {
    while (this.match.world.tick < ticks) {
      let next = this.#clock.nextDue;
      for (const { up, down, nextDrawAt, backAt } of this.players)
        next = Math.min(next, up.nextAt, down.nextAt, nextDrawAt, backAt);
      this.now = Math.max(this.now, next);
      this.#pumpAll();
      if (this.#clock.due(this.now) > 0) this.#closeTick();
    }
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

  #closeTick(): void {
    if (this.match.closeTick(this.now) !== "closed") {
      this.#clock.postpone(this.now + RETRY_MS);
      return;
    }
    this.#clock.close();
    this.hashes[this.match.world.tick] = this.match.hashes.latest!.hash;
  }
}
