/** The sliders of the simulated network, without a page: where each stands, its label, and the network that a move makes. */
import type { Conditions, Network } from "../../../shared/netsim/conditions.ts";

/** Each position of a slider stands for one value; the first one is the best network. */
export interface NetworkSlider {
  readonly label: string;
  readonly field: "delayMs" | "jitterMs" | "lossRate" | "bytesPerSecond";
  readonly values: readonly number[];
  /** The value in words, short. */
  readonly say: (value: number) => string;
}

const steps = (most: number, step: number): number[] =>
  Array.from({ length: Math.round(most / step) + 1 }, (_, i) => i * step);

const milliseconds = (value: number): string => `${Math.round(value)} ms`;

const rate = (value: number): string => {
  if (value === Number.POSITIVE_INFINITY) return "no limit";
  return value < 1000 ? `${value} B/s` : `${Number((value / 1000).toFixed(1))} kB/s`;
};

export const NETWORK_SLIDERS: readonly NetworkSlider[] = [
  { label: "Delay", field: "delayMs", values: steps(500, 10), say: milliseconds },
  { label: "Jitter", field: "jitterMs", values: steps(300, 10), say: milliseconds },
  {
    label: "Loss",
    field: "lossRate",
    values: steps(40, 1).map((halves) => halves / 200),
    say: (value) => `${Number((value * 100).toFixed(2))} %`,
  },
  {
    label: "Rate",
    field: "bytesPerSecond",
    values: [Number.POSITIVE_INFINITY, 1e6, 256e3, 64e3, 16e3, 8000, 4000, 2000, 1000, 500, 250],
    say: rate,
  },
];

/** What a slider stands for now: the worse of the two directions. */
export function valueIn({ field }: NetworkSlider, { up, down }: Network): number {
  return field === "bytesPerSecond" ? Math.min(up[field], down[field]) : Math.max(up[field], down[field]);
}

/** The position of a value; one between two positions stands at the worse one, one beyond the last at the last. */
export function positionOf(slider: NetworkSlider, value: number): number {
  const worse = slider.values.findIndex((each) => (slider.field === "bytesPerSecond" ? each <= value : each >= value));
  return worse === -1 ? slider.values.length - 1 : worse;
}

/** The network after a slider was moved: both directions have the new value, everything else stays. */
export function moved(slider: NetworkSlider, position: number, { up, down }: Network): Network {
  const change: Partial<Conditions> = { [slider.field]: slider.values[position] };
  return { up: { ...up, ...change }, down: { ...down, ...change } };
}
