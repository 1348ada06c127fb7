/**
 * A match without a server: the referee and one lockstep client in the same page, and the game's bots in the other seats. It has
 * no timer: the loop that draws it advances it, and while nothing is drawn it stands still.
 */

import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { LockstepClient } from "../../shared/engine/lockstep/lockstep-client.ts";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { CommandOutcome } from "../../shared/engine/protocol/command-outcome.ts";
import type { Plane } from "../../shared/engine/protocol/plane.ts";
import { type Beginning, beginMatch } from "../../shared/referee/begun-match.ts";
import { Match } from "../../shared/referee/match.ts";
import type { Effect, Packet } from "../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../shared/referee/peers/peer.ts";
import { TickClock } from "../../shared/referee/tick-clock.ts";
import { Emitter } from "../events/emitter.ts";
import { CommandDesk } from "../match/command-desk.ts";
import { LockstepFigures } from "../match/lockstep-figures.ts";
import type { ConfirmedState, MatchEvents, MatchFigures, MatchSource } from "../match/match-source.ts";
import { lockstepPicture, type Picture } from "../match/picture.ts";
import { PlaneRouter } from "../match/plane-router.ts";
import { type Roster, type RosterEntry, rosterEntry } from "../match/roster.ts";
import { endOfFault, type SessionEnd } from "../match/session-end.ts";

/** The player as the referee sees it: a connection on which nothing ever waits. */
const PEER: Peer = { id: "page", isJoined: true, bufferedBytes: 0, writtenBytes: 0, takenBytes: 0 };
/** Nobody sees what a match would have been in a longer gap between two draws, in milliseconds: it goes on from there. */
const LONGEST_GAP_MS = 250;

export interface LocalMatchOptions<I> {
  /** What the local player wants now. */
  readonly sample: () => Plain<I>;
  /** The player's. */
  readonly name: string;
  /** Bots fill the table up to this many held seats, and up to as many as the game needs in any case. */
  readonly bots: number;
  /** Only look on: the bots play among themselves. */
  readonly watch?: boolean | undefined;
  /** Any unsigned 32-bit number. */
  readonly seed: number;
  /** A world to go on with: its bots are as many as hold a seat there. Left out: a new one. */
  readonly from?: Beginning | undefined;
}

export class LocalMatch<I, S> extends Emitter<MatchEvents> implements MatchSource<S> {
  readonly kind = "offline";
  readonly plane: Plane = "lockstep";
  readonly isOnline = true;
  readonly spectators = 0;
  readonly chat = undefined;
  readonly figures: MatchFigures;
  isHidden = false;
  readonly #match: Match<I, S>;
  readonly #client: LockstepClient<I, S>;
  readonly #router: PlaneRouter;
  readonly #commands: CommandDesk;
  readonly #clock: TickClock;
  readonly #tickMs: number;
  /** Milliseconds of the match's own clock, which stands still with it; and the page's at the last draw. */
  #now = 0;
  #drawnAt: number | undefined;
  #isOpen = true;
  /** Why the referee has ended it; undefined while it has not. */
  #closed: CloseName | undefined;

  /** @throws Error with a sentence when the world to go on with cannot be read with this declaration of the game. */
  constructor(game: Game<I, S>, { sample, watch = false, ...options }: LocalMatchOptions<I>) {
    super();
    this.#tickMs = 1000 / game.tickRate;
    this.#clock = new TickClock(game.tickRate, 0);
    this.#match = refereeOf(game, { ...options, watch });
    this.#match.sessions.admit(PEER, { plane: "lockstep", watch });
    this.#client = new LockstepClient(game, { sample });
    this.#router = new PlaneRouter(this.#client, "lockstep");
    this.#commands = new CommandDesk(this.#client as never, this);
    this.figures = new LockstepFigures(this.#client, undefined);
  }

  get seat(): Seat | undefined {
    return this.#client.seat;
  }

  get phase(): string {
    return this.#match.phase;
  }

  get confirmed(): ConfirmedState | undefined {
    return this.#client.isSynced ? this.#client.confirmed : undefined;
  }

  get inputDelayWish(): number | undefined {
    return this.#client.inputDelayWish;
  }

  set inputDelayWish(ticks: number | undefined) {
    this.#client.inputDelayWish = ticks;
  }

  roster(): Roster {
    const { seats, pause } = this.#match;
    const roster = new Map<Seat, RosterEntry>();
    for (let seat = 0; seat < seats.count; seat++) {
      const holder = seats.holder(seat);
      if (holder === undefined) continue;
      const { name, kind } = holder;
      roster.set(seat, rosterEntry({ name, kind, isAway: false, isAwaited: false, wantsPause: pause.wants(seat) }));
    }
    return roster;
  }

  picture(): Picture<S> | undefined {
    return lockstepPicture(this.#client);
  }

  /** Closes the ticks that are due, and brings the player's world to now. */
  advance(now: number): void {
    const gap = this.#drawnAt === undefined ? 0 : now - this.#drawnAt;
    this.#drawnAt = now;
    if (!this.#isOpen || this.isHidden) return;
    this.#now += Math.min(gap, LONGEST_GAP_MS);
    try {
      this.#closeTicks();
      this.#client.advance(this.#now);
      this.#commands.tell();
      this.#send();
    } catch (error) {
      this.#end(endOfFault(error, this.#match.game.name, this.#match.world.tick));
      return;
    }
    const closed = this.#closed;
    if (closed !== undefined) this.#end({ code: CLOSE_CODES[closed].code, reason: closeReason(closed) });
  }

  give(name: string, fields?: unknown): Promise<CommandOutcome> {
    return this.#commands.give(name, fields);
  }

  wishPause(isWanted: boolean): void {
    this.#client.line.pause(isWanted);
  }

  // There is no connection to be had again.
  hurry(): void {}
  sleep(): void {}
  wake(): void {}

  async leave(): Promise<void> {
    this.#isOpen = false;
    this.#commands.close();
  }

  #closeTicks(): void {
    for (let due = this.#clock.due(this.#now); due > 0; due--) {
      const closed = this.#match.closeTick(this.#now);
      this.#deliver();
      this.#match.finishTick(this.#now);
      this.#deliver();
      if (closed !== "closed") {
        this.#clock.postpone(this.#now + this.#tickMs);
        return;
      }
      this.#clock.close();
    }
  }

  #send(): void {
    const arrival = { now: this.#now, phase: this.#clock.phase(this.#now) };
    for (const { type, bytes } of this.#client.takeOutbox()) {
      this.#match.sessions.receive(PEER, type, bytes, arrival);
      this.#deliver();
    }
  }

  /** Hands the player what the referee wants sent. */
  #deliver(): void {
    const { outbox } = this.#match;
    for (let at = 0; at < outbox.length; at++) this.#take(outbox.contentAt(at));
    outbox.clear();
  }

  #take(content: Packet | Effect): void {
    if (content instanceof Uint8Array) this.#router.receive(content[0]!, content.subarray(1), this.#now);
    else if (content.kind === "with-next") this.#take(content.packet);
    // The same rules, stepped twice in one page, have differed again and again: there is no server to step them.
    else if (content.kind === "move") this.#closed ??= "client/diverging";
    else if (content.kind === "close") this.#closed ??= content.name;
  }

  #end(end: SessionEnd): void {
    this.#isOpen = false;
    this.#commands.close();
    this.emit("end", end);
  }
}

/** With the player in a seat, unless they only watch. */
function refereeOf<I, S>(
  game: Game<I, S>,
  { name, bots, watch, seed, from }: Omit<LocalMatchOptions<I>, "sample">,
): Match<I, S> {
  const player = watch ? undefined : ({ kind: "player", id: PEER.id, name } as const);
  const host = { seed, pause: "host", pack } as const;
  if (from !== undefined) {
    const begun = beginMatch(game, from, { ...host, player });
    if (typeof begun === "string") throw new Error(begun);
    return begun;
  }
  const match = new Match(game, { ...host, bots: Math.max(bots, game.seats.min) });
  if (player !== undefined) match.takeSeat(player);
  return match;
}

/** The type, then the payload. */
function pack(type: number, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(payload.length + 1);
  packet[0] = type;
  packet.set(payload, 1);
  return packet;
}
