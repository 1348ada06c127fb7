/** A row of a benchmark: one measured thing, beside its floor where it has one. */

/** Median of the repetitions, and the least and the most of them. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** What the row is held against, in the row's unit, measured in the same run. */
export interface Floor {
  readonly name: string;
  readonly spread: Spread;
  /** Floor divided by ours, repetition by repetition: above 1 ours is less. */
  readonly ratio: Spread;
}

/** A target; whether it is met is information, never a failure: machines are shared and noisy. */
export interface Aim {
  readonly text: string;
  readonly isMet: boolean;
}

export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly floor?: Floor;
  readonly aim?: Aim;
  /** One line of the footer: exactly what is measured. */
  readonly about: string;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** @throws RangeError for no values: a benchmark that measured nothing must not print a number. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) throw new RangeError("nothing was measured");
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return { median: (low + high) / 2, min: sorted[0]!, max: sorted.at(-1)! };
}

/** The floor of a row; `ours` and `values` were measured in turns, so the same index is the same moment. */
export function floorOf(name: string, values: readonly number[], ours: readonly number[]): Floor {
  return { name, spread: spreadOf(values), ratio: spreadOf(values.map((value, i) => value / ours[i]!)) };
}

/** Collects values under names, such as one per repetition. */
export class Samples<Name extends string> {
  readonly #values = new Map<Name, number[]>();

  add(name: Name, value: number): void {
    const values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, [value]);
    else values.push(value);
  }

  of(name: Name): readonly number[] {
    return this.#values.get(name) ?? [];
  }

  median(name: Name): number {
    return spreadOf(this.of(name)).median;
  }

  spread(name: Name): Spread {
    return spreadOf(this.of(name));
  }
}
