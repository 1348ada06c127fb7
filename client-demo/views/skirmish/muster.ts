/** The muster: how many units of which kind a player has, and who is chosen, in words. */
import { isBuilding, isFighter, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import type { FrozenState } from "../../../shared/games/skirmish/schema.ts";
import { isIdleWorker } from "./selection.ts";

export interface Counts {
  readonly all: number;
  readonly fighters: number;
  readonly idle: number;
}

export function countsOf({ units }: FrozenState, seat: number): Counts {
  let [all, fighters, idle] = [0, 0, 0];
  for (const unit of units) {
    if (unit.kind === Kind.none || unit.owner !== seat) continue;
    all++;
    if (isFighter(unit.kind)) fighters++;
    else if (isIdleWorker(unit)) idle++;
  }
  return { all, fighters, idle };
}

/** Such as "12 soldiers, 4 archers"; nothing when nobody is chosen. */
export function namesOf({ units }: FrozenState, chosen: ReadonlySet<number>): string {
  const counts = KINDS.map(() => 0);
  for (const id of chosen) counts[units[id]?.kind ?? Kind.none]!++;
  return KINDS.flatMap(({ name }, kind) => {
    const count = counts[kind]!;
    if (kind === Kind.none || count === 0) return [];
    return [count === 1 ? `1 ${name}` : `${count} ${plural(name, kind)}`];
  }).join(", ");
}

const plural = (name: string, kind: number): string => (isBuilding(kind) && name.endsWith("s") ? name : `${name}s`);
