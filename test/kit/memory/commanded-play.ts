/** A match of the ledger in which everybody gives commands, on bad lines that break: what each was told, beside what was applied. */
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { CommandOutcome } from "../../../shared/engine/protocol/command-outcome.ts";
import { ledger, REFUSED_AMOUNT } from "../games/ledger-game.ts";
import { Killed, type MortalJournal } from "./mortal-journal.ts";
import { Table } from "./table.ts";

const PLAYERS = 8;
const TICKS = 160;
const SETTLE_TICKS = 60;

type Ledger = typeof ledger;
type LedgerTable = Ledger extends { readonly state: new (...args: never[]) => infer S }
  ? Table<{ dx: number }, S>
  : never;
export type LedgerMatch = LedgerTable["match"];
type LedgerPlayer = LedgerTable["players"][number];

interface Applied {
  readonly tick: number;
  readonly key: number;
  readonly amount: number;
}

interface Given {
  readonly key: number;
  outcome?: CommandOutcome;
}

export class CommandedPlay {
  /** What happened, how often. */
  readonly counts = new Map<string, number>();
  readonly table: LedgerTable;
  readonly #random: WorldRandom;
  /** By player and number. */
  readonly #given = new Map<LedgerPlayer, Map<number, Given>>();
  /** What was applied, in order. */
  readonly #applied: Applied[] = [];
  /** Keys of what was under way when its giver went: applied, or not. */
  readonly #leftAlone = new Set<number>();
  readonly #journal: MortalJournal | undefined;
  #notedTick = 0;
  #keys = 0;

  /**
   * @param sabotage changes the referee, so that it does something wrong.
   * @param journal in which the referee's process is killed now and then; left out: it never is.
   */
  constructor(seed: number, sabotage: (match: LedgerMatch) => void = () => {}, journal?: MortalJournal) {
    this.#journal = journal;
    const random = new WorldRandom(seed);
    this.#random = random;
    this.table = new Table({
      game: ledger,
      seed,
      pause: "vote",
      ...(journal === undefined ? {} : { journal }),
      ...(random.chance(0.2) ? { strictSeconds: 0.5 } : {}),
      network: (own) => ({ delayMs: own.float() * 120, jitterMs: own.float() * 80, lossRate: own.float() * 0.05 }),
      script: (_state, _seat, _tick, own) => ({ dx: own.int(-1, 1) }),
    }) as unknown as LedgerTable;
    sabotage(this.table.match);
    for (let i = 0; i < PLAYERS; i++) this.#given.set(this.table.add(), new Map());
    this.#watch();
    while (this.table.match.world.tick < TICKS) this.#step();
    if (journal !== undefined) journal.death = undefined;
    for (const player of this.table.players) player.restore();
    const { match } = this.table;
    for (const { id } of this.table.players) match.pause.clear(match.seats.seatOf(id)!);
    this.table.runTo(TICKS + SETTLE_TICKS);
    this.table.settle();
    this.#hear();
  }

  #watch(): void {
    const { match } = this.table;
    const finishTick = match.finishTick.bind(match);
    match.finishTick = (now) => {
      finishTick(now);
      this.#note();
    };
  }

  #step(): void {
    this.#play();
    this.#hear();
    const random = this.#random;
    if (this.#journal?.death === undefined && random.chance(0.01)) this.#doom();
    if (!random.chance(0.15)) return;
    const player = random.pick(this.table.players);
    if (player.isCut) return;
    if (random.chance(0.7)) this.#give(player);
    else this.#happen(player);
  }

  #play(): void {
    const journal = this.#journal;
    if (journal !== undefined) journal.isSpared = false;
    try {
      this.table.step();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.#resume();
    } finally {
      if (journal !== undefined) journal.isSpared = true;
    }
  }

  /** The process will be killed at the next entry of some kind. */
  #doom(): void {
    const journal = this.#journal;
    if (journal === undefined) return;
    const { outbox } = this.table.match;
    journal.onDeath = () => outbox.clear();
    const at = this.#random.pick(["frame", "frame", "standing", "keyframe"] as const);
    journal.death = { at, when: this.#random.pick(["before", "after"] as const) };
    this.#count(`killed ${journal.death.when} a ${at}`);
  }

  /** Another process goes on with the match, and everybody's connection is lost. */
  #resume(): void {
    const journal = this.#journal!;
    const { saved, standingTick } = journal.read();
    const random = this.#random;
    this.table.replaceReferee(saved, random.int(-1_000_000, 1_000_000), { journal, standingTick });
    this.#watch();
    this.#note();
    for (const player of this.table.players) if (!player.isCut) this.table.lose(player, random.int(1, 400));
  }

  #give(player: LedgerPlayer): void {
    const { client } = player;
    if (client.seat === undefined) return;
    for (let left = this.#random.pick([1, 1, 1, 2, 3, 30]); left > 0; left--) {
      const key = this.#keys++;
      const number = client.give("post", { key, amount: this.#random.int(1, 14) });
      this.#given.get(player)!.set(number, { key });
      this.#count(player.shown === "stream" ? "given on the stream plane" : "given");
    }
  }

  #happen(player: LedgerPlayer): void {
    const { match, refereeNow } = this.table;
    const random = this.#random;
    const what = random.pick(["cut", "stall", "plane", "pause", "go on", "sleep", "another", "reload"] as const);
    this.#count(what);
    if (what === "another") this.#replace(player);
    else if (what === "reload") this.#reload(player);
    else if (what === "cut") this.table.cut(player, random.int(1, 2500));
    else if (what === "stall")
      (random.chance(0.5) ? player.up : player.down).hold(this.table.now + random.int(1, 1500));
    else if (what === "plane") player.client.line.plane(player.shown === "lockstep" ? "stream" : "lockstep");
    else if (what === "sleep") player.nextDrawAt = this.table.now + random.int(1, 1500);
    else match.sessions.submitPause(player as never, what === "pause", refereeNow);
  }

  /** Somebody gets up, and somebody else sits down in that seat: what of theirs is under way is none of the newcomer's. */
  #replace(player: LedgerPlayer): void {
    this.#part(player);
    this.table.remove(player);
    this.#given.set(this.table.add(), new Map());
  }

  /** Another page of the same player comes to the seat, and knows nothing of what was given there. */
  #reload(player: LedgerPlayer): void {
    this.#part(player);
    this.#given.set(this.table.reload(player), new Map());
  }

  /** Whoever goes is told that what is under way is lost, as far as they can know: whether it is, they do not hear. */
  #part(player: LedgerPlayer): void {
    this.#hear();
    for (const [number, { key, outcome }] of this.#given.get(player)!) {
      if (outcome !== undefined) continue;
      this.#given.get(player)!.delete(number);
      this.#leftAlone.add(key);
    }
  }

  #hear(): void {
    for (const [{ client }, given] of this.#given)
      for (const { number, outcome } of client.commands.takeSettled()) {
        const command = given.get(number)!;
        this.#count(outcome.isApplied ? "applied" : outcome.code);
        if (command.outcome !== undefined) throw new Error(`command ${number} was settled twice`);
        command.outcome = outcome;
      }
  }

  /** A tick was closed, or none: its entries are in the world until the next one. */
  #note(): void {
    const { tick, state } = this.table.match.world;
    if (tick === this.#notedTick) return;
    this.#notedTick = tick;
    this.#applied.push(...(state as { entries: Applied[] }).entries.map((entry) => ({ ...entry })));
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** What is wrong, in sentences: nothing, in a match whose referee does what it should. */
  faults(): string[] {
    const at = new Map<number, { tick: number; place: number; amount: number }>();
    const faults: string[] = [];
    this.#applied.forEach(({ key, tick, amount }, place) => {
      if (at.has(key)) faults.push(`${key} was applied twice`);
      at.set(key, { tick, place, amount });
    });
    for (const [player, given] of this.#given) {
      let last = -1;
      for (const [number, { key, outcome }] of given) {
        const told = `${player.id}'s command ${number}`;
        const applied = at.get(key);
        at.delete(key);
        if (outcome === undefined) faults.push(`${told}: nobody said what became of it`);
        else if (outcome.isApplied !== (applied !== undefined))
          faults.push(`${told}: said to be ${JSON.stringify(outcome)}, and is ${JSON.stringify(applied)}`);
        else if (outcome.isApplied && outcome.tick !== applied!.tick)
          faults.push(`${told}: said to be of tick ${outcome.tick}, and is of ${applied!.tick}`);
        if (applied?.amount === REFUSED_AMOUNT) faults.push(`${told}: applied, though the rules refuse it`);
        if (applied !== undefined && applied.place < last) faults.push(`${told}: out of order`);
        last = Math.max(last, applied?.place ?? -1);
      }
      if (player.closedWith !== undefined) faults.push(`${player.id} was closed: ${player.closedWith}`);
      if (player.differed > 0) faults.push(`${player.id} had another world ${player.differed} times`);
    }
    for (const key of at.keys()) if (!this.#leftAlone.has(key)) faults.push(`${key} was applied and never given`);
    return faults;
  }
}
