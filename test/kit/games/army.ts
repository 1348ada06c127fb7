/** An army: as many units as a seat of the skirmish may have, in rows around its base, a tenth of them workers who dig. */
import { sendToMine } from "../../../shared/games/skirmish/economy.ts";
import { Kind } from "../../../shared/games/skirmish/kinds.ts";
import { FIELD, middleX, middleY, STARTS } from "../../../shared/games/skirmish/map.ts";
import { MOST_UNITS, type State } from "../../../shared/games/skirmish/schema.ts";
import { addUnit, countOf } from "../../../shared/games/skirmish/units.ts";

const ROW = 25;
const GAP = 34;

/** To be called when the seat has its base. */
export function musterArmy(state: State, seat: number): void {
  const start = STARTS[state.players.get(seat)!.corner]!;
  for (let i = 0; countOf(state, seat) < MOST_UNITS; i++) {
    const kind = i % 10 === 0 ? Kind.worker : i % 3 === 0 ? Kind.archer : Kind.soldier;
    const x = middleX(start) + ((i % ROW) - (ROW >> 1)) * GAP;
    const y = middleY(start) + (Math.floor(i / ROW) - ROW / 2) * GAP;
    const id = addUnit(state, seat, kind, { x: within(x, FIELD.width), y: within(y, FIELD.height) })!;
    if (kind === Kind.worker) sendToMine(state, state.units[id]!);
  }
}

const within = (place: number, size: number): number => Math.max(8, Math.min(place, size - 9));
