/** The plan by which browser tests play skirmish by hand: it wins whether the hand is quick or slow, or those tests would tell of the machine. */
import { expect, test } from "vitest";
import { nearestMine } from "../../shared/games/skirmish/economy.ts";
import { isFighter, Kind, trainerOf } from "../../shared/games/skirmish/kinds.ts";
import { Order, type State, type Unit } from "../../shared/games/skirmish/schema.ts";
import { Played } from "../kit/games/played.ts";
import { games } from "../kit/games/quick-skirmish.ts";
import { type Deed, SkirmishPlan } from "../kit/games/skirmish-plan.ts";

const [quick] = games;
const SEAT = 0;
const MOST_SECONDS = 60;

/** What the page makes of a deed. */
function give(played: Played<unknown, unknown>, deed: Deed): void {
  const { units, yards } = played.state as State;
  const own = (fits: (unit: Unit) => boolean) =>
    [...units.keys()].filter((id) => units[id]!.owner === SEAT && fits(units[id]!));
  if (deed.do === "attack") played.give(SEAT, "attackMove", { units: own(({ kind }) => isFighter(kind)), ...deed.at });
  else if (deed.do === "gather") {
    const idle = own(({ kind, order }) => kind === Kind.worker && order === Order.rest);
    played.give(SEAT, "gather", { units: idle, mine: nearestMine(played.state as State, deed.at) });
  } else if (deed.do === "build") {
    const [worker] = own(({ kind }) => kind === Kind.worker);
    played.give(SEAT, "build", { worker, kind: deed.kind, ...deed.at });
  } else
    for (let i = 0; i < deed.times; i++) {
      const queueOf = (id: number): number => yards.get(id)!.queue.length;
      const ready = own(({ kind, order }) => kind === trainerOf(deed.kind) && order !== Order.build);
      const [building] = ready.sort((a, b) => queueOf(a) - queueOf(b));
      played.give(SEAT, "train", { building, kind: deed.kind });
    }
}

test.each([
  [10, 1],
  [40, 2],
  [90, 3],
])("one deed in %i ticks is enough (seed %i)", (pause, seed) => {
  const played = new Played<unknown, unknown>(quick as never, seed);
  played.join(SEAT, 1);
  played.playBots(1);
  const { players } = played.state as State;
  const plan = new SkirmishPlan(SEAT);
  const isOver = (): boolean => [...players.values()].some(({ wins }) => wins > 0);
  while (!isOver() && played.world.tick < MOST_SECONDS * quick!.tickRate) {
    played.run(pause);
    const deed = plan.next(played.state as State, played.world.tick);
    if (deed !== undefined) give(played, deed);
  }
  expect(players.get(SEAT)!.wins).toBe(1);
});
