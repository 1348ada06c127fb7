/** The pushes of the last two minutes, from which the page draws and counts rates. */
import type { Distribution, Push, RoomRow } from "../../shared/monitor/feed.ts";
import type { MetricName } from "../../shared/monitor/metrics.ts";

export const KEPT_PUSHES = 120;
const SPREAD_PUSHES = 60;
const MS = 1000;

const sumOf = (figures: object): number =>
  Object.values(figures).reduce((sum: number, value: number) => sum + value, 0);

export class History {
  #pushes: Push[] = [];

  /** A restarted server counts from nothing. */
  add(push: Push): void {
    const last = this.#pushes.at(-1);
    if (last !== undefined && push.at <= last.at) this.#pushes = [];
    this.#pushes.push(push);
    if (this.#pushes.length > KEPT_PUSHES) this.#pushes.shift();
  }

  get last(): Push | undefined {
    return this.#pushes.at(-1);
  }

  /** A figure now; one with a label: that of `label`, or the sum of all. */
  value(name: MetricName, label?: string): number {
    return this.last === undefined ? 0 : valueIn(this.last, name, label);
  }

  /** How fast a counter grows, per second; undefined before the second push. */
  rate(name: MetricName, label?: string): number | undefined {
    return rateBetween(this.#pushes.at(-2), this.last, (push) => valueIn(push, name, label));
  }

  /** A figure over time, oldest first. */
  values(name: MetricName, label?: string): number[] {
    return this.#pushes.map((push) => valueIn(push, name, label));
  }

  /** The rate of a counter over time, oldest first. */
  rates(name: MetricName, label?: string): number[] {
    return this.#pushes
      .slice(1)
      .map((push, i) => rateBetween(this.#pushes[i], push, (each) => valueIn(each, name, label)) ?? 0);
  }

  /** What was added to a distribution in the last minute, or since the page was opened. */
  spread(name: MetricName): Distribution | undefined {
    if (this.last === undefined) return undefined;
    const now = this.last.figures[name] as Distribution;
    const [first] = this.#pushes.slice(-SPREAD_PUSHES);
    // A page that was just opened shows what the server has counted so far.
    if (first === this.last) return now;
    return less(now, first!.figures[name] as Distribution);
  }

  /** The mean of a distribution between each two pushes, in its unit. */
  means(name: MetricName): number[] {
    return this.#pushes.slice(1).map((push, i) => {
      const { sum, counts } = less(push.figures[name] as Distribution, this.#pushes[i]!.figures[name] as Distribution);
      return sum / Math.max(1, sumOf(counts));
    });
  }

  /** How fast something of a room grows, per second; in its first push since it was opened. */
  roomRate(row: RoomRow, of: (row: RoomRow) => number): number {
    const before = this.#pushes.at(-2);
    const earlier = before?.rooms.find(({ id }) => id === row.id);
    if (earlier === undefined) return of(row) / Math.max(0.001, row.ageSeconds);
    return Math.max(0, (of(row) - of(earlier)) / Math.max(0.001, row.ageSeconds - earlier.ageSeconds));
  }
}

function valueIn({ figures }: Push, name: MetricName, label: string | undefined): number {
  const figure = figures[name];
  if (typeof figure === "number") return figure;
  return label === undefined ? sumOf(figure) : ((figure as Record<string, number>)[label] ?? 0);
}

function rateBetween(from: Push | undefined, to: Push | undefined, of: (push: Push) => number): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  return Math.max(0, ((of(to) - of(from)) / (to.at - from.at)) * MS);
}

function less(now: Distribution, before: Distribution): Distribution {
  return {
    bounds: now.bounds,
    counts: now.counts.map((count, i) => count - before.counts[i]!),
    sum: now.sum - before.sum,
  };
}
