/** The sentence that says why the games could not be loaded. */
import { placeOf } from "./traps/place.ts";

/** `shared/games/coins.ts:12:20: coins.x: t.number() is lossy on the wire ...`. */
export function loadSentence(error: unknown): string {
  const { message, stack } = error as Error;
  const place = placeOf(stack);
  return place === undefined ? message : `${place}: ${message}`;
}
