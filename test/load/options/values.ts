/** The values after a flag: durations, shares, whole numbers, stages; what does not fit is refused by a sentence. */
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

const PART = /(\d+(?:\.\d+)?)(ms|min|s|m|h)/g;
const DAY_SECONDS = 24 * 3600;

/** In seconds, of one part or of several: 30s, 1m30s. */
export function duration(flag: string, text: string): number {
  const parts = [...text.matchAll(PART)];
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join("") === text;
  const seconds = parts.reduce((sum, [, digits, unit]) => sum + Number(digits) * UNITS[unit!]!, 0);
  if (!isWhole || seconds > DAY_SECONDS)
    throw new FlagError(`${flag} cannot be "${text}": give a time with its unit, such as 30s, 500ms or 1m30s.`);
  return seconds;
}

/** A duration that is not nothing. */
export function someDuration(flag: string, text: string): number {
  const seconds = duration(flag, text);
  return seconds > 0 ? seconds : refuseNothing(flag, text, "a time above 0, such as 30s");
}

function refuseNothing(flag: string, text: string, wanted: string): never {
  throw new FlagError(`${flag} cannot be "${text}": give ${wanted}.`);
}

/** `5%/min` as the share of all bots in a minute. */
export function ratePerMinute(flag: string, text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%\/min$/.exec(text) ?? [];
  const percent = Number(digits);
  if (digits === undefined || percent > 6000)
    throw new FlagError(`${flag} cannot be "${text}": give a share of the bots a minute, such as 5%/min.`);
  return percent / 100;
}

/** `50@30s,200@60s`. A stage may have no bots: a pause for the server, at the end too. */
export function stages(flag: string, text: string): readonly Stage[] {
  const read = text.split(",").map((part) => {
    const [bots, time, ...rest] = part.trim().split("@");
    if (bots === undefined || time === undefined || rest.length > 0)
      throw new FlagError(`${flag} cannot be "${text}": give numbers of bots and times, such as 50@30s,200@60s.`);
    return { bots: wholeNumber(flag, bots, 0, MOST_BOTS), seconds: someDuration(flag, time) };
  });
  return read.some(({ bots }) => bots > 0) ? read : refuseNothing(flag, text, "at least one stage with bots");
}

export function choice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  if (choices.includes(text as T)) return text as T;
  throw new FlagError(`${flag} cannot be "${text}": give ${choices.join(" or ")}.`);
}
