/** A tile for one figure: its name, its value now, a word about it, and its past. */
import { METRICS, type MetricName } from "../../shared/monitor/metrics.ts";
import { make, setText } from "../ui/dom.ts";
import type { History } from "./history.ts";
import { Sparkline } from "./sparkline.ts";

export interface TileSpec {
  readonly label: string;
  /** What it shows, under the names that `/metrics` has. */
  readonly metrics: readonly MetricName[];
  readonly value: (history: History) => string;
  readonly unit?: string;
  readonly note?: (history: History) => string;
  readonly past: (history: History) => readonly number[];
  readonly isBad?: (history: History) => boolean;
}

export class Tile {
  readonly element = make("section", "", "tile");
  readonly #spec: TileSpec;
  readonly #value = make("span");
  readonly #note = make("p");
  readonly #line = new Sparkline();

  constructor(spec: TileSpec) {
    this.#spec = spec;
    this.element.dataset.metric = spec.metrics[0]!;
    this.element.title = spec.metrics.map((name) => `${name}: ${METRICS[name].help}`).join("\n");
    const value = make("strong");
    value.append(this.#value);
    if (spec.unit !== undefined) value.append(" ", make("small", spec.unit));
    this.element.append(make("h2", spec.label), value, this.#note, this.#line.element);
  }

  show(history: History): void {
    const { value, note, past, isBad } = this.#spec;
    setText(this.#value, value(history));
    if (note !== undefined) setText(this.#note, note(history));
    this.element.classList.toggle("bad", isBad?.(history) === true);
    this.#line.draw(past(history), isBad?.(history));
  }
}
