/** The kinds of units, and what each costs and can do: the table to balance the skirmish with. */
import { TICK_RATE } from "./map.ts";

/** A unit of kind `none` is an empty place in the list. From `base` on they are buildings. */
export const Kind = { none: 0, worker: 1, soldier: 2, archer: 3, base: 4, barracks: 5 } as const;

export interface KindRules {
  readonly name: string;
  /** In gold; ticks to train it, or to build it. */
  readonly cost: number;
  readonly ticks: number;
  readonly health: number;
  /** 64ths of a cell a tick. */
  readonly speed: number;
  /** From its middle to its edge; a building covers three cells by three. */
  readonly half: number;
  /** From its middle to the other's edge. */
  readonly range: number;
  readonly damage: number;
  /** It strikes once in so many ticks. */
  readonly beat: number;
}

const NOTHING: KindRules = { name: "", cost: 0, ticks: 0, health: 0, speed: 0, half: 0, range: 0, damage: 0, beat: 1 };
const seconds = (count: number): number => count * TICK_RATE;

export const KINDS: readonly KindRules[] = [
  NOTHING,
  { ...NOTHING, name: "worker", cost: 50, ticks: seconds(4), health: 30, speed: 8, half: 14 },
  { name: "soldier", cost: 60, ticks: seconds(4), health: 70, speed: 10, half: 16, range: 36, damage: 9, beat: 16 },
  { name: "archer", cost: 80, ticks: seconds(5), health: 40, speed: 9, half: 14, range: 320, damage: 8, beat: 20 },
  { name: "base", cost: 400, ticks: seconds(25), health: 1500, speed: 0, half: 96, range: 420, damage: 8, beat: 10 },
  { ...NOTHING, name: "barracks", cost: 150, ticks: seconds(12), health: 800, half: 96 },
];

export const isBuilding = (kind: number): boolean => kind >= Kind.base;
export const isFighter = (kind: number): boolean => kind === Kind.soldier || kind === Kind.archer;
/** Who trains what. */
export const trainerOf = (kind: number): number => (kind === Kind.worker ? Kind.base : Kind.barracks);
export const isTrained = (kind: number): boolean => kind === Kind.worker || isFighter(kind);
