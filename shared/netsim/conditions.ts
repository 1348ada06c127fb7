/** The conditions of a network, for one direction and for both: plain numbers, with the ranges they may have. */

/** One direction of one connection. */
export interface Conditions {
  /** One-way delay in milliseconds; a round trip is that of both directions together. */
  readonly delayMs: number;
  /** Added to each message at random, evenly from 0 to this many milliseconds. */
  readonly jitterMs: number;
  /** How likely a message is lost on its first way, 0 .. 1: TCP sends it again, and everything behind it waits. */
  readonly lossRate: number;
  /** How long until it is sent again, in milliseconds; left out: as long as TCP waits at least (see `stallOf`). */
  readonly stallMs?: number | undefined;
  /** What fits through, in bytes a second, headers not counted; Infinity for no limit. */
  readonly bytesPerSecond: number;
}

/** Both directions of one connection, as the client sees them. */
export interface Network {
  readonly up: Conditions;
  readonly down: Conditions;
}

/** The smallest and largest value each may have. */
export const LIMITS = {
  delayMs: [0, 5000],
  jitterMs: [0, 5000],
  lossRate: [0, 1],
  stallMs: [0, 10_000],
  bytesPerSecond: [100, Number.POSITIVE_INFINITY],
} as const satisfies Record<keyof Conditions, readonly [number, number]>;

/** Messages arrive in the moment they are sent. */
export const PERFECT: Conditions = { delayMs: 0, jitterMs: 0, lossRate: 0, bytesPerSecond: Number.POSITIVE_INFINITY };

/** Linux never sends again before this many milliseconds and a round trip (RFC 6298 asks for a whole second). */
const LEAST_RETRANSMISSION_MS = 200;

/** The retransmission time of a direction in milliseconds, its way back being like its way there. */
export const stallOf = ({ stallMs, delayMs, jitterMs }: Conditions): number =>
  stallMs ?? LEAST_RETRANSMISSION_MS + 2 * delayMs + jitterMs;

/** The same conditions both ways; what is left out is perfect. */
export function bothWays(conditions: Partial<Conditions> = {}): Network {
  const each = { ...PERFECT, ...conditions };
  return { up: each, down: each };
}

const isPerfectWay = ({ delayMs, jitterMs, lossRate, bytesPerSecond }: Conditions): boolean =>
  delayMs === 0 && jitterMs === 0 && lossRate === 0 && bytesPerSecond === Number.POSITIVE_INFINITY;

/** Whether messages arrive in the moment they are sent, both ways: there is nothing to simulate. */
export const isPerfect = ({ up, down }: Network): boolean => isPerfectWay(up) && isPerfectWay(down);
