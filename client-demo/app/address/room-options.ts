/**
 * The room options in the page's address: `?watch=1&private=1&plane=&away=&mode=&stallTimeout=&pause=&spectatorDelay=`.
 * The server judges them.
 */
import type { JoinOptions } from "../../../client/session/join.ts";

export type RoomOptions = Pick<
  JoinOptions,
  "watch" | "private" | "plane" | "away" | "mode" | "stallTimeout" | "pause" | "spectatorDelay"
>;

const FLAGS = ["watch", "private"];
const TEXTS = ["plane", "away", "mode", "pause"];
const NUMBERS = ["stallTimeout", "spectatorDelay"];

/** Only what is there; nothing is checked here, for the server refuses by name what it does not know. */
export function roomOptionsOf(params: URLSearchParams): RoomOptions {
  const options: Record<string, unknown> = {};
  for (const name of FLAGS) if (params.get(name) === "1") options[name] = true;
  for (const [name, value] of params) {
    if (value === "") continue;
    if (TEXTS.includes(name)) options[name] = value;
    else if (NUMBERS.includes(name)) options[name] = Number(value);
  }
  return options as RoomOptions;
}
