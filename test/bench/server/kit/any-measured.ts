/** Any result of a measurement, for tests of what is computed from measurements. */
import type { Load } from "../loads/contender.ts";
import type { Measured } from "../measure.ts";

export const LOAD: Load = {
  ...{ rooms: 125, perRoom: 8, tickRate: 20, entities: 10, inputEvery: 1 },
  ...{ warmSeconds: 1, seconds: 1 },
};

/** A good one, but for what is given. */
export const measuredWith = (different: Partial<Measured> = {}): Measured => ({
  clients: 1000,
  tickRate: 20,
  bytesDownPerSecond: 254,
  bytesUpPerSecond: 100,
  saidPerSecond: 6.8,
  interArrival: { p50: 50, p99: 55, max: 70 },
  inputToFrame: { p50: 25, p99: 50, max: 60 },
  generatorLoad: 0.5,
  microsPerClientTick: 20,
  serverLoad: 0.4,
  rssBytes: 150e6,
  heapBytes: 30e6,
  ...different,
});
