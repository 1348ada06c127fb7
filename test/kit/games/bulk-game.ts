/** A game whose world is as large as a test wants: records of four whole numbers, some of which change in every tick. */
import { defineGame, type Game, schema, t } from "../../../shared/engine/index.ts";

/** Bytes of a snapshot that a record takes. */
export const RECORD_BYTES = 16;

export interface BulkOptions {
  readonly name: string;
  readonly records: number;
  readonly tickRate?: number;
  /** Records that change in a tick; default 4. */
  readonly changes?: number;
}

export interface BulkInput {
  on: boolean;
}

export function bulkGame({ name, records, tickRate = 20, changes = 4 }: BulkOptions) {
  const Input = schema({ on: t.boolean() }, `${name}Input`);
  const Cell = schema({ a: t.uint32(), b: t.uint32(), c: t.uint32(), d: t.uint32() }, `${name}Cell`);
  const State = schema({ cells: t.array(Cell), presses: t.uint32() }, `${name}State`);
  return defineGame({
    name,
    tickRate,
    seats: { min: 1, max: 8 },
    input: Input,
    state: State,
    setup({ random }) {
      const any = (): number => random.int(0, 0x7fffffff);
      return {
        cells: Array.from({ length: records }, () => ({ a: any(), b: any(), c: any(), d: any() })),
        presses: 0,
      };
    },
    step(state, { input, random }) {
      for (let i = 0; i < changes; i++) state.cells[random.int(0, records - 1)]!.a = random.int(0, 0x7fffffff);
      for (let seat = 0; seat < 8; seat++) if (input(seat)?.on) state.presses++;
    },
  });
}

export type BulkGame = Game<unknown, unknown>;
