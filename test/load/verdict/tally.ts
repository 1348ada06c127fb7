/** A whole run, put together from what its processes and its server tell: totals, seconds, rooms, happenings. */

import type { Happening, Interval } from "../bots/messages.ts";
import { Histogram } from "../report/histogram.ts";
import type { Trouble } from "./at-fault.ts";
import {
  COUNT_NAMES,
  COUNT_OF_REFUSAL,
  type CountName,
  DISTRIBUTION_NAMES,
  type DistributionName,
  isCount,
  isDistribution,
} from "./metrics.ts";
import { OpenSecond, type Second } from "./second.ts";

/** Processes tell of a second when it is over; one that has not by then is too busy to be waited for. */
const LATEST_SECONDS = 1;
const MOST_SLOW_JOINS = 10;

type Join = Happening & { readonly kind: "join" | "rejoin" };

/** Something that went wrong, and how often. */
export type Times = Trouble & { readonly times: number };

export class Tally {
  readonly seconds: Second[] = [];
  /** Frames by lateness, of each room. */
  readonly rooms = new Map<string, number[]>();
  readonly slowestJoins: Join[] = [];
  readonly rejoins: Join[] = [];
  readonly desyncs: (Happening & { readonly kind: "desync" })[] = [];
  readonly #histograms = new Map<DistributionName, Histogram>(
    DISTRIBUTION_NAMES.map((name) => [name, new Histogram()]),
  );
  readonly #counts = new Map<CountName, number>(COUNT_NAMES.map((name) => [name, 0]));
  readonly #troubles = new Map<string, Trouble & { times: number }>();
  readonly #roomCounts = new Map<number, number>();
  readonly #standings = new Map<number, { readonly wanted: number; readonly inStep: number }>();
  readonly #open = new Map<number, OpenSecond>();
  #newest = 0;

  /** Bots that should be there, and that are in step, as last told. */
  get standing(): { readonly wanted: number; readonly inStep: number } {
    const all = [...this.#standings.values()];
    const sum = (of: "wanted" | "inStep"): number => all.reduce((total, standing) => total + standing[of], 0);
    return { wanted: sum("wanted"), inStep: sum("inStep") };
  }

  /** Why joins were refused and bots ended, who is to blame for it, and how often; the most frequent first. */
  get troubles(): readonly Times[] {
    return [...this.#troubles.values()].sort((a, b) => b.times - a.times);
  }

  /** Rooms that bots heard of in the last second. */
  get roomCount(): number {
    return [...this.#roomCounts.values()].reduce((total, count) => total + count, 0);
  }

  add(worker: number, { second, measured, wanted, inStep, rooms, happenings }: Interval): void {
    this.#standings.set(worker, { wanted, inStep });
    const row = this.#second(second);
    for (const name of DISTRIBUTION_NAMES) {
      const encoded = measured.distributions[name];
      if (encoded === undefined) continue;
      this.#histograms.get(name)!.add(encoded);
      row.histogram(name).add(encoded);
    }
    for (const name of COUNT_NAMES) this.#count(name, measured.counts[name] ?? 0, row);
    for (const [room, classes] of Object.entries(rooms)) this.#addRoom(room, classes);
    for (const happening of happenings) this.#note(happening);
    const heard = Object.values(rooms).filter((classes) => classes.some((count) => count > 0));
    this.#roomCounts.set(worker, heard.length);
    row.stand(worker, wanted, inStep);
  }

  /** A figure of the server, now. */
  record(name: DistributionName, value: number): void {
    this.#histograms.get(name)!.record(value);
    this.#second(this.#newest).histogram(name).record(value);
  }

  /** The run is over: bots that are not in step are counted, and commands of which nothing was told, and every second is closed. */
  finish(): void {
    const { wanted, inStep } = this.standing;
    this.#counts.set("not_in_step", Math.max(0, wanted - inStep));
    const told = ["commands_applied", ...Object.values(COUNT_OF_REFUSAL)] as const;
    const toldOf = told.reduce((sum, name) => sum + this.count(name), 0);
    this.#counts.set("commands_untold", this.count("commands_given") - toldOf);
    this.#close(Number.POSITIVE_INFINITY);
  }

  /** `stat` as in an assertion; undefined when it was never measured. */
  figure(metric: string, stat?: string): number | undefined {
    if (isCount(metric)) return this.#counts.get(metric);
    return isDistribution(metric) ? this.#histograms.get(metric)!.stat(stat!) : undefined;
  }

  histogram(name: DistributionName): Histogram {
    return this.#histograms.get(name)!;
  }

  count(name: CountName): number {
    return this.#counts.get(name)!;
  }

  #second(second: number): OpenSecond {
    let row = this.#open.get(second);
    if (row === undefined) {
      row = new OpenSecond(second);
      this.#open.set(second, row);
    }
    this.#newest = Math.max(this.#newest, second);
    this.#close(this.#newest - LATEST_SECONDS);
    return row;
  }

  /** Closes the seconds before this one. */
  #close(before: number): void {
    for (const [second, row] of [...this.#open].sort(([a], [b]) => a - b)) {
      if (second >= before) return;
      this.#open.delete(second);
      // What comes for a second that is closed counts in the totals only.
      if (second > (this.seconds.at(-1)?.second ?? -1)) this.seconds.push(row.close());
    }
  }

  #count(name: CountName, by: number, row: OpenSecond): void {
    this.#counts.set(name, this.#counts.get(name)! + by);
    row.count(name, by);
  }

  #addRoom(room: string, classes: readonly number[]): void {
    const row = this.rooms.get(room) ?? classes.map(() => 0);
    this.rooms.set(
      room,
      row.map((count, i) => count + classes[i]!),
    );
  }

  #note(happening: Happening): void {
    if (happening.kind === "desync") this.desyncs.push(happening);
    else if (happening.kind === "rejoin") this.rejoins.push(happening);
    else if (happening.kind === "join") {
      this.slowestJoins.push(happening);
      this.slowestJoins.sort((a, b) => b.ms - a.ms).splice(MOST_SLOW_JOINS);
    } else if ("reason" in happening) this.#noteTrouble(happening);
  }

  #noteTrouble({ atFault, reason }: Trouble): void {
    const key = `${atFault} ${reason}`;
    const known = this.#troubles.get(key);
    if (known === undefined) this.#troubles.set(key, { atFault, reason, times: 1 });
    else known.times++;
  }
}
