/** The positions of the figures of each game on the shelf, for the measurement of how far they are moved. */
import { UNIT } from "../../../shared/games/arena/map.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Figures of a world by seat, in the game's own units. */
export interface AnyFigures {
  /** Pixels of the field drawn 1 : 1. */
  readonly unitsPerPixel: number;
  of(state: unknown): ReadonlyMap<number, Point>;
}

export const FIGURES: Readonly<Record<string, AnyFigures>> = {
  arena: {
    unitsPerPixel: UNIT,
    of(state) {
      const { players } = state as { players: ReadonlyMap<number, Point & { health: number }> };
      // Who is down stands nowhere, and then comes back elsewhere: that is no correction.
      return new Map([...players].filter(([, { health }]) => health > 0));
    },
  },
  tag: { unitsPerPixel: 1, of: (state) => (state as { runners: ReadonlyMap<number, Point> }).runners },
};
