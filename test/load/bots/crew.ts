/** The bots of one process: who should be there, who plays, who is replaced, whose connection is killed. */
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { botsAt, mostBots } from "../options/stages.ts";
import { randomOf } from "../play.ts";
import { Party } from "../verdict/party.ts";
import { Bot, type Troupe } from "./bot.ts";
import type { Interval } from "./messages.ts";

/** A bot that was refused or lost is replaced after this time, as people try again. */
const RETRY_MS = 1000;
/** Of the crew's own random numbers, apart from those of its bots. */
const CREW_SALT = 0x5eed;

interface Place {
  readonly number: number;
  readonly party: Party;
  bot: Bot | undefined;
  freeAt: number;
}

export class Crew {
  readonly #troupe: Troupe;
  readonly #places: Place[] = [];
  readonly #parties = new Set<Party>();
  readonly #random: WorldRandom;
  #isSettling = false;
  #isLeaving = false;
  #wanted = 0;
  #dueChurn = 0;
  #dueKills = 0;
  #next = 0;
  #ruleAt: number | undefined;

  constructor(troupe: Troupe) {
    this.#troupe = troupe;
    const { stages, perRoom, seed, worker, workers } = troupe.plan;
    this.#random = randomOf(seed ^ CREW_SALT, worker);
    const rooms = Math.ceil(mostBots(stages) / perRoom);
    for (let room = worker; room < rooms; room += workers) {
      const party = new Party(troupe.game, troupe.join);
      this.#parties.add(party);
      for (let number = room * perRoom; number < Math.min((room + 1) * perRoom, mostBots(stages)); number++)
        this.#places.push({ number, party, bot: undefined, freeAt: 0 });
    }
  }

  /** Everybody who is wanted is there and in step. */
  get isSettled(): boolean {
    return this.#inStep.length >= this.#wanted;
  }

  get #inStep(): readonly Place[] {
    return this.#places.filter(({ bot }) => bot?.isInStep);
  }

  /** Draws the next of `parts` parts of the bots, so that no draw of all of them holds up what arrives. */
  drawPart(parts: number, now: number): void {
    for (let i = this.#next; i < this.#places.length; i += parts) this.#places[i]!.bot?.advance(now);
    this.#next = (this.#next + 1) % parts;
  }

  /** Brings the number of bots to what the plan says; several times a second. */
  rule(now: number): void {
    if (this.#isLeaving) return;
    const { plan, secondsAt } = this.#troupe;
    const target = botsAt(plan.stages, plan.rampSeconds, secondsAt(now));
    this.#wanted = this.#places.filter(({ number }) => number < target).length;
    for (const place of this.#places) {
      if (place.bot?.isGone) this.#free(place, now + RETRY_MS);
      if (place.number >= target) this.#send(place, now);
      else if (place.bot === undefined && now >= place.freeAt && !place.party.isOpening) this.#seat(place);
    }
    this.#disturb(now);
  }

  /** No more churn and kills. */
  settle(): void {
    this.#isSettling = true;
  }

  /** For good: nobody comes any more. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    await Promise.all(this.#places.map(({ bot }) => bot?.leave()));
  }

  /** What has happened since the last call. */
  take(second: number, now: number): Omit<Interval, "happenings"> {
    const { recorder } = this.#troupe;
    for (const { bot } of this.#places) bot?.tell(now);
    const rooms = Object.assign({}, ...[...this.#parties].map((party) => party.take(recorder)));
    return { second, measured: recorder.take(), wanted: this.#wanted, inStep: this.#inStep.length, rooms };
  }

  #seat(place: Place): void {
    const { number, party } = place;
    place.bot = new Bot(number, this.#troupe, party, randomOf(this.#troupe.plan.seed, number));
    void place.bot.join();
  }

  #send(place: Place, freeAt: number): void {
    if (place.bot === undefined) return;
    void place.bot.leave();
    this.#free(place, freeAt);
  }

  #free(place: Place, freeAt: number): void {
    // What it has seen since the last second counts too.
    place.bot?.tell(performance.now());
    place.bot = undefined;
    place.freeAt = freeAt;
  }

  /** Churn and kills are due by the clock, so that a short run has them too; whom they meet is chance. */
  #disturb(now: number): void {
    const minutes = this.#ruleAt === undefined ? 0 : (now - this.#ruleAt) / 60_000;
    this.#ruleAt = now;
    if (this.#isSettling) return;
    const { plan, recorder } = this.#troupe;
    this.#dueChurn += minutes * plan.churn * this.#wanted;
    this.#dueKills += minutes * plan.kill * this.#wanted;
    for (; this.#dueKills >= 1 && this.#inStep.length > 0; this.#dueKills--)
      this.#random.pick(this.#inStep).bot!.kill();
    for (; this.#dueChurn >= 1 && this.#inStep.length > 0; this.#dueChurn--) {
      this.#send(this.#random.pick(this.#inStep), now);
      recorder.count("churned");
    }
  }
}
