/** The differences between two worlds, path by path: what a desync report says (R7). */
import type { Difference } from "../codec/codec.ts";
import type { Simulation } from "./simulation.ts";

const MOST_DIFFERENCES = 20;

/** The first differing leaves of two worlds of one game; empty when their hashes are equal. */
export function diffWorlds<I, S>(a: Simulation<I, S>, b: Simulation<I, S>, limit = MOST_DIFFERENCES): Difference[] {
  const found: Difference[] = [];
  if (a.tick !== b.tick) found.push({ path: "tick", a: a.tick, b: b.tick });
  for (let seat = 0; seat < a.seats.count; seat++) {
    if (a.seats.isHeld(seat) !== b.seats.isHeld(seat))
      found.push({ path: `seats[${seat}].held`, a: a.seats.isHeld(seat), b: b.seats.isHeld(seat) });
    else if (!a.seats.codec.equals(a.seats.input(seat), b.seats.input(seat)))
      found.push({
        path: `seats[${seat}].input`,
        a: JSON.stringify(a.seats.input(seat)),
        b: JSON.stringify(b.seats.input(seat)),
      });
  }
  const [randomA, randomB] = [a.randomState.join(" "), b.randomState.join(" ")];
  if (randomA !== randomB) found.push({ path: "random", a: randomA, b: randomB });
  found.push(...a.codec.diff(a.state, b.state, limit));
  return found.slice(0, limit);
}
