/** The time of a recording, as clocks write it. */

/** Minutes and seconds. */
export function timeOf(ticks: number, tickRate: number): string {
  const seconds = Math.floor(ticks / tickRate);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
