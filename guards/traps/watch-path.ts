/** The watch on one place of a world while rules run, to find the line that writes to it. */
import { placeOf } from "./place.ts";

/**
 * Runs `act` and returns the line that wrote last to a path, such as `players[3].x`; undefined when nobody did, or
 * when the record is one that `act` itself made. The world is not fit for use afterwards.
 */
export function writerOf(world: unknown, path: string, act: () => void): string | undefined {
  const keys = [...path.matchAll(/([^.[\]]+)/g)].map(([key]) => key!);
  const last = keys.pop();
  const holder = keys.reduce(itemOf, world);
  if (last === undefined || typeof holder !== "object" || holder === null) return undefined;

  let place: string | undefined;
  const note = () => {
    place = placeOf(new Error().stack) ?? place;
  };
  if (holder instanceof Map) watchMap(holder, Number(last), note);
  else watchMember(holder as Record<string, unknown>, last, note);
  try {
    act();
  } catch {
    // the error that is being looked into
  }
  return place;
}

function itemOf(holder: unknown, key: string): unknown {
  return holder instanceof Map ? holder.get(Number(key)) : (holder as Record<string, unknown> | undefined)?.[key];
}

function watchMember(holder: Record<string, unknown>, name: string, note: () => void): void {
  let value = holder[name];
  Object.defineProperty(holder, name, {
    enumerable: true,
    configurable: true,
    get: () => value,
    set(next: unknown) {
      value = next;
      note();
    },
  });
}

function watchMap(map: Map<unknown, unknown>, key: number, note: () => void): void {
  map.set = (at, value) => {
    if (at === key) note();
    return Map.prototype.set.call(map, at, value) as typeof map;
  };
}
