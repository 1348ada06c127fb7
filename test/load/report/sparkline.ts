/** Numbers as a line of eight heights. */

const BARS = "▁▂▃▄▅▆▇█";

export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, Number.MIN_VALUE);
  return values.map((value) => BARS[Math.min(7, Math.floor((value / most) * 8))]).join("");
}
