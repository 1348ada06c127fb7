/**
 * Time in ticks, the only clock that rules have.
 *
 * Keep moments in the state, not countdowns: `readyAt = tick + RELOAD_TICKS` is written once, a countdown every tick.
 */

/**
 * Seconds as ticks, exactly: 0.3 at 20 ticks a second is 6.
 *
 * @param seconds not negative.
 * @param tickRate that of the game, in ticks a second.
 * @throws RangeError when it is no whole number of ticks; the message names the nearest that are.
 */
export function secondsToTicks(seconds: number, tickRate: number): number {
  const exact = seconds * tickRate;
  const ticks = Math.round(exact);
  // 0.7 and its like are no exact doubles, and neither is their product: off by 2^-52 of its size, no more.
  if (!(exact >= 0 && Math.abs(exact - ticks) <= ticks * 2.220446049250313e-16))
    throw new RangeError(
      `secondsToTicks(${seconds}, ${tickRate}): ${exact} is no whole number of ticks; ` +
        `try ${Math.floor(exact) / tickRate} or ${Math.ceil(exact) / tickRate} seconds`,
    );
  return ticks;
}

/**
 * True in one tick of every `period`: in tick `offset`, and every `period` ticks before and after it. Give a seat or an
 * id as the offset, and not everybody acts in the same tick.
 *
 * Example: `every(tick, 20)` is true in the ticks 0, 20, 40 ...; `every(tick, 20, 5)` in 5, 25, 45 ...
 *
 * @throws RangeError when `period` is no whole number above 0, or `tick` or `offset` no whole number.
 */
export function every(tick: number, period: number, offset = 0): boolean {
  if (!Number.isInteger(period) || period < 1 || !Number.isInteger(tick - offset))
    throw new RangeError(`every(${tick}, ${period}, ${offset}): give whole numbers, the period above 0`);
  return (tick - offset) % period === 0;
}

/** Ticks since a moment; 0 while it is still to come. Example: `ticksSince(tick, state.startedAt)`. */
export function ticksSince(tick: number, moment: number): number {
  return Math.max(0, tick - moment);
}

/** Ticks until a moment, a countdown; 0 from then on. Example: `ticksUntil(tick, player.readyAt)`. */
export function ticksUntil(tick: number, moment: number): number {
  return Math.max(0, moment - tick);
}
