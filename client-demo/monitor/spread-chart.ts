/**
 * A chart of how values were distributed over their buckets in the last minute: a bar each, the share above it in
 * words.
 */
import type { MetricName } from "../../shared/monitor/metrics.ts";
import { METRICS } from "../../shared/monitor/metrics.ts";
import { make, setText } from "../ui/dom.ts";
import { time } from "./format.ts";
import type { History } from "./history.ts";

const MOST_PERCENT = 78;

export interface SpreadSpec {
  readonly label: string;
  readonly metric: MetricName;
  /** Buckets above this are drawn as what should not be, in seconds. */
  readonly isLateAbove: number;
}

export class SpreadChart {
  readonly element = make("section", "", "spread");
  readonly #spec: SpreadSpec;
  readonly #quantiles = make("p");
  readonly #bars = make("ol", "", "bars");

  constructor(spec: SpreadSpec) {
    this.#spec = spec;
    this.element.title = `${spec.metric}: ${METRICS[spec.metric].help}`;
    this.element.append(make("h2", spec.label), this.#quantiles, this.#bars);
  }

  show(history: History): void {
    const spread = history.spread(this.#spec.metric);
    if (spread === undefined) return;
    const { bounds, counts } = spread;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const most = Math.max(1, ...counts);
    const within = (quantile: number): string => {
      let left = total * quantile;
      const i = counts.findIndex((count) => {
        left -= count;
        return left <= 0;
      });
      return i < bounds.length ? `≤ ${time(bounds[i]!)}` : `> ${time(bounds.at(-1)!)}`;
    };
    const shares = total === 0 ? "no ticks" : `median ${within(0.5)}, 99 % ${within(0.99)}, all ${within(1)}`;
    setText(this.#quantiles, `${shares}; last minute`);
    const bars = counts.map((count, i) => {
      const bound = bounds[i];
      const bar = make("li", "", (bounds[i - 1] ?? 0) >= this.#spec.isLateAbove ? "late" : "");
      const column = make("i");
      column.style.height = `${(count / most) * MOST_PERCENT}%`;
      bar.title = `${count} of ${total}`;
      bar.append(column, make("span", bound === undefined ? "more" : time(bound)));
      return bar;
    });
    this.#bars.replaceChildren(...bars);
  }
}
