/** What is written after a flag: durations, shares, whole numbers, stages; what does not fit is refused by a sentence. */
import { FlagError } from "./flag-error.ts";

/** A number of bots for a time. */
export interface Stage {
  readonly bots: number;
  readonly seconds: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };
const MOST_BOTS = 100_000;

export function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < min || value > max)
    throw new FlagError(`${flag} cannot be "${text}": give a whole number from ${min} to ${max}.`);
  return value;
}

export const botNumber = (flag: string, text: string): number => wholeNumber(flag, text, 1, MOST_BOTS);

/** In seconds. */
export function duration(flag: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)$/.exec(text) ?? [];
  const seconds = Number(digits) * (UNITS[unit!] ?? Number.NaN);
  if (!(seconds > 0) || seconds > 24 * 3600)
    throw new FlagError(`${flag} cannot be "${text}": give a time with its unit, such as 30s, 500ms or 5min.`);
  return seconds;
}

/** `5%/min` as the share of all bots in a minute. */
export function ratePerMinute(flag: string, text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%\/min$/.exec(text) ?? [];
  const percent = Number(digits);
  if (digits === undefined || percent > 6000)
    throw new FlagError(`${flag} cannot be "${text}": give a share of the bots a minute, such as 5%/min.`);
  return percent / 100;
}

/** `50@30s,200@60s`. */
export function stages(flag: string, text: string): readonly Stage[] {
  return text.split(",").map((part) => {
    const [bots, time, ...rest] = part.trim().split("@");
    if (bots === undefined || time === undefined || rest.length > 0)
      throw new FlagError(`${flag} cannot be "${text}": give numbers of bots and times, such as 50@30s,200@60s.`);
    return { bots: botNumber(flag, bots), seconds: duration(flag, time) };
  });
}

export function choice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  if (choices.includes(text as T)) return text as T;
  throw new FlagError(`${flag} cannot be "${text}": give ${choices.join(" or ")}.`);
}
