/** Numbers as people read them. */

const UNITS = ["", "k", "M", "G"] as const;

/** Three digits at most, and a unit: 1234 is "1.2 k". */
export function short(value: number): string {
  let unit = 0;
  let left = value;
  while (Math.abs(left) >= 1000 && unit < UNITS.length - 1) {
    left /= 1000;
    unit++;
  }
  const digits = unit === 0 ? (Number.isInteger(left) ? 0 : left < 10 ? 2 : 1) : left < 100 ? 1 : 0;
  return `${left.toFixed(digits)}${UNITS[unit] === "" ? "" : ` ${UNITS[unit]}`}`;
}

/** Seconds in the unit that suits them. */
export function time(seconds: number): string {
  const ms = seconds * 1000;
  if (ms === 0) return "0 ms";
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  return ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${seconds.toFixed(1)} s`;
}

/** How long something has been going on: "2 h 05 min". */
export function age(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${Math.floor(seconds)} s`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
}

export const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
