/** Networks that have a name. */
import { bothWays, type Conditions, type Network } from "./conditions.ts";

const KILOBYTE = 1000;
const MEGABYTE = 1000 * KILOBYTE;

/** A line that is faster down than up. */
function network(conditions: Partial<Conditions>, upRate: number, downRate: number): Network {
  const { up, down } = bothWays(conditions);
  return { up: { ...up, bytesPerSecond: upRate }, down: { ...down, bytesPerSecond: downRate } };
}

/** Rates and delays are of the order of common test profiles (such as WebPageTest's); jitter and loss are guesses of ours. */
export const PRESETS: ReadonlyMap<string, Network> = new Map([
  ["none", bothWays()],
  ["lan", bothWays({ delayMs: 1, jitterMs: 1 })],
  ["cable", network({ delayMs: 14, jitterMs: 4, lossRate: 0.001 }, 125 * KILOBYTE, 625 * KILOBYTE)],
  ["wifi-bad", network({ delayMs: 20, jitterMs: 80, lossRate: 0.03 }, 250 * KILOBYTE, 500 * KILOBYTE)],
  ["far", network({ delayMs: 125, jitterMs: 10, lossRate: 0.002 }, 625 * KILOBYTE, 2.5 * MEGABYTE)],
  ["4g", network({ delayMs: 35, jitterMs: 25, lossRate: 0.005 }, 625 * KILOBYTE, 1.5 * MEGABYTE)],
  ["3g", network({ delayMs: 150, jitterMs: 60, lossRate: 0.01 }, 96 * KILOBYTE, 200 * KILOBYTE)],
  ["satellite", network({ delayMs: 300, jitterMs: 30, lossRate: 0.005 }, 125 * KILOBYTE, 1.25 * MEGABYTE)],
]);
