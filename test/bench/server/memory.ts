/**
 * The memory of an idle room and of a client: the heap after a collection, and resident memory, with and without them.
 */
import type { Usage } from "./loads/contender.ts";
import { measure } from "./measure.ts";
import type { Options } from "./options.ts";
import { textTable } from "./table.ts";

export const ROOMS = 200;
export const FEW = 1;
export const MANY = 8;
const KIB = 1024;

type Weight = Pick<Usage, "heapBytes" | "rssBytes">;

/** What was weighed: one room of one client, and many rooms with few and with many clients in each. */
export interface Weights {
  readonly one: Weight;
  readonly few: Weight;
  readonly many: Weight;
}

/** One room and its client, and what a room without clients and a client weigh more; all in bytes. */
export function weightsOf({ one, few, many }: Weights, of: keyof Weight) {
  const client = (many[of] - few[of]) / (ROOMS * (MANY - FEW));
  const room = (few[of] - one[of]) / (ROOMS - 1) - FEW * client;
  return { one: one[of], room, client };
}

export function memoryTable(weights: Weights): string {
  const row = (title: string, of: keyof Weight): string[] => {
    const { one, room, client } = weightsOf(weights, of);
    return [title, (one / 1e6).toFixed(1), (room / KIB).toFixed(1), (client / KIB).toFixed(1)];
  };
  const rows = [row("heap after a collection", "heapBytes"), row("resident", "rssBytes")];
  return textTable(["", "one room, MB", "a room more, KiB", "a client more, KiB"], rows);
}

export async function measureMemory(
  { load }: Options,
  say: (text: string) => void,
  print: (text: string) => void,
): Promise<object> {
  const weigh = async (rooms: number, perRoom: number) => {
    say(`${rooms} rooms x ${perRoom}`);
    // Nobody says anything but that they are there.
    const silent = { ...load, rooms, perRoom, inputEvery: Number.MAX_SAFE_INTEGER };
    return measure("phalanx arena, talkative", silent, { flags: ["--expose-gc"] });
  };
  const one = await weigh(1, FEW);
  const few = await weigh(ROOMS, FEW);
  const many = await weigh(ROOMS, MANY);
  print(`Arena, ${ROOMS} rooms with ${FEW} and with ${MANY} lockstep clients that say nothing:\n`);
  print(`${memoryTable({ one, few, many })}\n`);
  return { memory: { one, few, many } };
}
