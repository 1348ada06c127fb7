/** A lively match that is played by its seed: with one referee, or with several, each of which goes on with what was saved. */
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Closed } from "../../../shared/referee/match.ts";
import type { SessionOptions } from "../../../shared/referee/peers/client-session.ts";
import type { SavedMatch } from "../../../shared/referee/saved-match.ts";
import { anyMixedInput } from "../games/mixed-game.ts";
import { game, HAPPENINGS, type MixedTable, otherRules, SEATS, TICK_RATE } from "./happenings.ts";
import { Table } from "./table.ts";

const TICKS = 220;
/** How long is waited at most for a tick that stands still. */
const WAIT_TICKS = 20;

/** What becomes of a saved match on its way from one referee to the next. */
export type Passage = (saved: SavedMatch) => SavedMatch;

/** Where a referee is thrown away: at this tick, or at a later one that stands still. */
interface Point {
  readonly tick: number;
  readonly isInWait: boolean;
}

/** Somebody could tell that the referee is another one. */
export class Noticed extends Error {}

export class ResumedPlay {
  /** Everything that anybody could have noticed, in order. */
  readonly log: string[] = [];
  /** What happened, how often. */
  readonly counts = new Map<string, number>();
  readonly #random: WorldRandom;
  readonly #table: MixedTable;
  readonly #passage: Passage | undefined;
  readonly #points: Point[];
  readonly #expected: readonly string[] | undefined;
  #seen = "";

  /**
   * @param passage undefined: the referee stays, and only the connections are lost where it would have been thrown away.
   * @param expected the log of another play of the same seed: this one ends where it differs.
   * @throws Noticed where it does.
   */
  constructor(seed: number, passage?: Passage, expected?: readonly string[]) {
    this.#expected = expected;
    const random = new WorldRandom(seed ^ 0x2e5);
    this.#random = random;
    this.#passage = passage;
    this.#points = Array.from({ length: random.int(1, 3) }, () => ({
      tick: random.int(1, TICKS - WAIT_TICKS),
      isInWait: random.chance(0.5),
    })).sort((a, b) => a.tick - b.tick);
    this.#table = new Table({
      ...{ game, seed, bots: random.int(0, SEATS) },
      away: random.pick(["neutral", "bot"]),
      pause: random.pick(["off", "vote", "vote", "host"]),
      ...(random.chance(0.4) ? { strictSeconds: random.int(4, 20) / 10 } : {}),
      network: (own) => ({ delayMs: own.float() * 150, jitterMs: own.float() * 150 }),
      script: (_state, _seat, _tick, own) => anyMixedInput(own),
      onReport: ({ culprit, tick }) => this.#note(`report: ${culprit}, tick ${tick}`, culprit),
    });
    this.#add("player", { plane: "lockstep" });
    this.#add("player", { plane: "stream" });
    if (random.chance(0.5)) this.#add("other rules", { plane: "lockstep" }, otherRules);
    this.#add("delayed spectator", { plane: "lockstep", watch: true, delayTicks: 2 * TICK_RATE });
    while (this.#table.match.world.tick < TICKS) this.#step();
    this.#table.settle();
    for (const { client, id } of this.#table.players)
      this.#note(`${id}: tick ${client.confirmedTick}, ${client.stats.hashMismatches} mismatches`);
  }

  #step(): void {
    const closed = this.#table.step();
    if (closed === undefined) {
      if (this.#random.chance(0.02)) this.#happen("closed");
      return;
    }
    this.#look(closed);
    // A tick that stands still is tried more often.
    if (this.#random.chance(closed === "closed" ? 0.3 : 0.06)) this.#happen(closed);
    if (closed !== "closed" && this.#random.chance(0.03)) this.#happen(closed, "say late");
    const { tick } = this.#table.match.world;
    const point = this.#points[0];
    if (point === undefined || tick < point.tick) return;
    if (point.isInWait && tick < point.tick + WAIT_TICKS && (closed === "closed" || this.#random.chance(0.95))) return;
    this.#points.shift();
    this.#pass(closed);
  }

  /** Right after a tick was due, when nobody is owed an answer: the referee goes, or stays, and every connection is lost with it. */
  #pass(closed: Closed): void {
    const random = this.#random;
    const table = this.#table;
    this.#count(`passage, ${closed}`);
    if (closed === "paused" && random.chance(0.5)) this.#letPass(random.int(200_000, 299_000));
    if (random.chance(0.5)) this.#happen(closed);
    // Where ticks stand still these wait until who said them is back: one is told of the command, another one speaks later.
    if (closed !== "closed") for (const what of ["say", "give by name"]) this.#happen(closed, what);
    const aheadMs = random.int(-1_000_000, 1_000_000);
    if (this.#passage !== undefined) table.replaceReferee(this.#passage(table.match.save(table.refereeNow)), aheadMs);
    this.#look(closed);
    for (const player of [...table.players]) {
      if (player.isCut) continue;
      const fate = random.int(0, 9);
      if (fate === 0) table.remove(player);
      else if (fate < 4) table.cut(player, random.int(1, 3000));
      else table.lose(player, random.int(1, 300));
    }
    // A room may wait for its players, and close no tick meanwhile.
    if (random.chance(0.5)) table.wait(random.int(1, 600));
  }

  /** The longest pause is over some time. */
  #letPass(ms: number): void {
    this.#count("minutes of pause");
    this.#table.now += ms;
  }

  #happen(closed: Closed, wanted?: keyof typeof HAPPENINGS): void {
    const random = this.#random;
    const table = this.#table;
    if (closed === "paused" && random.chance(0.2)) this.#letPass(random.int(10_000, 200_000));
    if (random.chance(0.2))
      this.#add("player", { plane: random.pick(["lockstep", "stream"]) }, random.chance(0.2) ? otherRules : game);
    if (random.chance(0.05)) this.#add("spectator", { plane: "lockstep", watch: true });
    const name = wanted ?? random.pick(Object.keys(HAPPENINGS));
    const player = table.players.length === 0 ? undefined : random.pick(table.players);
    if (player === undefined || player.isCut) return;
    this.#count(name);
    HAPPENINGS[name]!(table, player, random);
  }

  #add(what: string, as: SessionOptions, rules = game): void {
    const isFull = this.#table.match.seats.held("player") === SEATS || this.#table.players.length === 2 * SEATS;
    if (isFull) return;
    this.#count(what);
    const { client, id } = this.#table.add(as, rules);
    const receive = client.receive.bind(client);
    client.receive = (type, bytes, now) => {
      this.#note(`${id} at ${now} hears ${type}: ${hashBytes(bytes)}`);
      receive(type, bytes, now);
    };
  }

  /** Notes what a player, a room or the people on its page could see now. */
  #look(closed: Closed): void {
    const { match, refereeNow, players } = this.#table;
    const { seats, pause, world } = match;
    for (const { id, client } of players)
      for (const { number, outcome } of client.commands.takeSettled())
        this.#note(
          `${id}: command ${number}: ${JSON.stringify(outcome)}`,
          outcome.isApplied ? "applied" : outcome.code,
        );
    const awaited = match.awaited(refereeNow);
    if (awaited.length > 0) this.#count("shown wait");
    let seen = `${world.tick} ${closed} ${match.phase}, awaits ${awaited}, host ${seats.host()}`;
    for (let seat = 0; seat < SEATS; seat++) {
      const { id, name, kind } = seats.holder(seat) ?? {};
      seen += `; ${id} ${name} ${kind} ${seats.isBot(seat)} ${seats.isAway(seat)} ${pause.wants(seat)}`;
    }
    for (const { id, plane, closedWith, answers } of players)
      seen += `; ${id} ${plane} ${closedWith} ${JSON.stringify(answers.splice(0))}`;
    if (closed === "closed")
      seen += `; ${match.hashes.latest?.hash} ${match.keyframes.framesBetween(world.tick - 1, world.tick)}`;
    if (seen !== this.#seen) this.#note(seen);
    this.#seen = seen;
  }

  #note(line: string, what?: string): void {
    const wanted = this.#expected?.[this.log.length];
    if (this.#expected !== undefined && line !== wanted) throw new Noticed(`${line}\ninstead of\n${wanted}`);
    this.log.push(line);
    if (what !== undefined) this.#count(what);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}
