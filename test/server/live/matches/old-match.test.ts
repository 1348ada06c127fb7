/** Joining a match of two hours costs what joining one of a minute costs: a 120-minute arena over real sockets (R6). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { games } from "../../../../shared/games/index.ts";
import { spreadOf } from "../../../bench/row.ts";
import { type Arrival, JoinMeter, WAYS, type Way } from "../../../kit/players/join-meter.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";

/** In minutes. To grow old is nearly all of the work. */
const AGES = process.env.CI ? [1, 10, 60, 120] : [1, 60];
const OLDEST = AGES.at(-1)!;
const REPETITIONS = process.env.CI ? 9 : 3;
/** Of the median time at the youngest age: to step one hour of it would take more than fifteen times as long, two hours thirty. */
const MOST_TIMES_LONGER = 10;
/** Worlds differ from moment to moment: bullets are in the air, or not. */
const MOST_RATIO = 1.3;

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

const median = (arrivals: readonly Arrival[], of: keyof Arrival): number =>
  spreadOf(arrivals.map((arrival) => arrival[of])).median;

it("join and rejoin are in step as soon, with the same bytes, at any age of the match", {
  timeout: 180_000,
}, async () => {
  const meter = await JoinMeter.open(server);
  const arrivals = new Map<number, Record<Way, Arrival>[]>();
  const started = performance.now();
  for (const age of AGES) {
    const measured: Record<Way, Arrival>[] = [];
    for (let i = 0; i < REPETITIONS; i++) measured.push(await meter.measureAt(age));
    arrivals.set(age, measured);
  }
  const seconds = (performance.now() - started) / 1000;
  expect(meter.tick).toBeGreaterThanOrEqual(OLDEST * 60 * arena.tickRate);
  await meter.close();

  const of = (age: number, way: Way): Arrival[] => arrivals.get(age)!.map((each) => each[way]);
  const lines = AGES.map((age) => {
    const cells = WAYS.map((way) => {
      const [bytes, milliseconds] = [median(of(age, way), "bytes"), median(of(age, way), "milliseconds")];
      return `${way} ${bytes.toFixed(0).padStart(5)} B ${milliseconds.toFixed(0).padStart(4)} ms`;
    });
    return `  ${String(age).padStart(3)} min   ${cells.join("   ")}`;
  });
  process.stdout.write(`arena, ${REPETITIONS} times each, ${seconds.toFixed(0)} s in all\n${lines.join("\n")}\n`);
  for (const way of WAYS) {
    const [young, ...older] = AGES.map((age) => median(of(age, way), "milliseconds"));
    for (const each of older) expect(each / young!, `how much longer a ${way} takes`).toBeLessThan(MOST_TIMES_LONGER);
    const bytes = AGES.map((age) => median(of(age, way), "bytes"));
    expect(Math.max(...bytes) / Math.min(...bytes), `bytes of a ${way} over all ages`).toBeLessThan(MOST_RATIO);
  }
});
