/** Ways around the walls, for bots: shortest ways between the places of the map are worked out once, at load. */
import { vec } from "../../engine/index.ts";
import { clearFraction, PLACES, type Point, UNIT } from "./map.ts";
import { PLAYER_RADIUS } from "./movement.ts";

/** Less than the radius: somebody who slides along a wall is not stuck in it. */
export const BODY_MARGIN = PLAYER_RADIUS - 2 * UNIT;

/** Length of the shortest way from a place to a place, by their indices in `PLACES`. */
const WAYS: readonly (readonly number[])[] = shortestWays();

/** So near to a place one looks for the way on from there; a body in full run does not hit a point exactly. */
const ARRIVAL = 2.5 * PLAYER_RADIUS;

/** Where to run first in order to reach a goal: the goal itself when nothing is between. */
export function nextStop(me: Point, goal: Point): Point {
  const from = PLACES.find((place) => vec.distance(me, place) < ARRIVAL) ?? me;
  if (isWalkable(me, goal) || isWalkable(from, goal)) return goal;
  const lastLegs = PLACES.map((place) => legOf(place, goal));
  let stop = goal;
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < PLACES.length; i++) {
    const place = PLACES[i]!;
    const firstLeg = vec.distance(from, place);
    if (place === from || firstLeg > shortest || !isWalkable(from, place)) continue;
    for (let j = 0; j < PLACES.length; j++) {
      const length = firstLeg + WAYS[i]![j]! + lastLegs[j]!;
      if (length >= shortest) continue;
      shortest = length;
      stop = place;
    }
  }
  return stop;
}

function isWalkable(from: Point, to: Point): boolean {
  return clearFraction(from, to, BODY_MARGIN) === 1;
}

function legOf(from: Point, to: Point): number {
  return isWalkable(from, to) ? vec.distance(from, to) : Number.POSITIVE_INFINITY;
}

/** Source: Floyd, "Algorithm 97: shortest path", 1962. */
function shortestWays(): number[][] {
  const ways = PLACES.map((from) => PLACES.map((to) => legOf(from, to)));
  for (const [via, fromVia] of ways.entries()) {
    for (const row of ways) {
      for (let to = 0; to < row.length; to++) row[to] = Math.min(row[to]!, row[via]! + fromVia[to]!);
    }
  }
  return ways;
}
