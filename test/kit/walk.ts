/** The smallest game that shows a wrong guess, and tables of it: everybody's place is the sum of what they wanted. */
import { expect } from "vitest";
import { defineGame, schema, t } from "../../shared/engine/index.ts";
import type { LinkOptions } from "./memory/link.ts";
import { Table } from "./memory/table.ts";
import type { Script } from "./memory/table-options.ts";

export const TICK_RATE = 20;

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "WalkInput");
const State = schema({ at: t.map("int32"), ticks: t.uint32() }, "WalkState");

export const walk = defineGame({
  name: "walk",
  tickRate: TICK_RATE,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: () => ({ at: new Map(), ticks: 0 }),
  join: (state, seat) => void state.at.set(seat, 0),
  leave: (state, seat) => void state.at.delete(seat),
  step(state, { input }) {
    state.ticks++;
    for (const [seat, x] of state.at) state.at.set(seat, x + input(seat).dx);
  },
});

export type WalkScript = Script<InstanceType<typeof Input>, InstanceType<typeof State>>;

/** Wants something else at every tick: what others cannot guess. */
export const busy: WalkScript = (_state, _seat, _tick, random) => ({ dx: random.pick([-1, 0, 1] as const) });

export interface WalkTableOptions {
  readonly script: WalkScript;
  readonly network: Partial<LinkOptions>;
  readonly seed?: number;
  readonly inputDelay?: number;
}

/** A table whose clients all sit behind the same network and draw a hundred times a second. */
export const walkTable = ({ network, seed = 1, ...options }: WalkTableOptions) =>
  new Table({ game: walk, seed, ...options, network: () => ({ delayMs: 0, jitterMs: 0, ...network }), drawMs: 10 });

export type WalkTable = ReturnType<typeof walkTable>;

/** Counts what arrives at the referee from now on, by type. */
export function countUp(table: WalkTable): (type: number) => number {
  const counts = new Map<number, number>();
  const receive = table.match.sessions.receive.bind(table.match.sessions);
  table.match.sessions.receive = (peer, type, ...rest) => {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    return receive(peer, type, ...rest);
  };
  return (type) => counts.get(type) ?? 0;
}

/** Lets every message arrive, then compares every client with the referee (R6, R7). */
export function expectOneWorld(table: WalkTable): void {
  table.settle();
  const { tick } = table.match.world;
  for (const { client, differed, compared } of table.players) {
    expect([client.confirmedTick, client.confirmed.hash()]).toEqual([tick, table.match.world.hash()]);
    expect([differed, client.stats.hashMismatches], "of the ticks before").toEqual([0, 0]);
    expect(compared).toBeGreaterThan(0);
  }
}
