/**
 * The parts that the broken games have in common: four players who walk. Each game spoils one thing. Each game spoils
 * one thing.
 */
import { type Plain, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>(), fire: t.boolean() }, "BrokenInput");
export const Player = schema({ x: t.int32(), heat: t.float64(), score: t.int32() }, "BrokenPlayer");
export const State = schema(
  { players: t.map(Player), list: t.array("int32"), count: t.uint32(), angle: t.float64(), title: t.string() },
  "BrokenState",
);

export type World = Plain<typeof State>;
export type Hero = Plain<typeof Player>;

export const parts = {
  tickRate: 20,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: (): World => ({ players: new Map(), list: [9, 10, 1, 10], count: 100, angle: 0.1, title: "" }),
  join: (state: World, seat: number): void => {
    state.players.set(seat, { x: 7 * seat, heat: 1.5, score: 0 });
  },
  leave: (state: World, seat: number): void => {
    state.players.delete(seat);
  },
  bot: (): { dx: 1; fire: false } => ({ dx: 1, fire: false }),
} as const;
