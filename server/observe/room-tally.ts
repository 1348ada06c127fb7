/** The counts of all rooms, kept beyond their end: totals of the process only grow. */
import type { MetricName } from "../../shared/monitor/metrics.ts";
import { durationSpread, latenessSpread } from "./tick-meter.ts";

export class RoomTally {
  readonly counts = new Map<MetricName, number>();
  /** Of metrics with a label, by its value. */
  readonly labelled = new Map<MetricName, Map<string, number>>();
  readonly durations = durationSpread();
  readonly lateness = latenessSpread();

  add(metric: MetricName, amount: number): void {
    this.counts.set(metric, (this.counts.get(metric) ?? 0) + amount);
  }

  addEach(metric: MetricName, amounts: Iterable<readonly [value: string, amount: number]>): void {
    const sums = this.labelled.get(metric) ?? new Map<string, number>();
    this.labelled.set(metric, sums);
    for (const [value, amount] of amounts) sums.set(value, (sums.get(value) ?? 0) + amount);
  }

  merge(other: RoomTally): void {
    for (const [metric, amount] of other.counts) this.add(metric, amount);
    for (const [metric, amounts] of other.labelled) this.addEach(metric, amounts);
    this.durations.merge(other.durations);
    this.lateness.merge(other.lateness);
  }
}
