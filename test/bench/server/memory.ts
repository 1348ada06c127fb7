/** What an idle room and a client weigh: the heap after a collection, and resident memory, with and without them. */
import { measure } from "./measure.ts";
import type { Options } from "./options.ts";
import { textTable } from "./table.ts";

const ROOMS = 200;
const FEW = 1;
const MANY = 8;
const KIB = 1024;

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
  const one = await weigh(1, 1);
  const few = await weigh(ROOMS, FEW);
  const many = await weigh(ROOMS, MANY);
  const row = (title: string, of: "heapBytes" | "rssBytes"): string[] => {
    const client = (many[of] - few[of]) / (ROOMS * (MANY - FEW));
    const room = (few[of] - one[of]) / (ROOMS - 1) - client;
    return [title, (one[of] / 1e6).toFixed(1), (room / KIB).toFixed(1), (client / KIB).toFixed(1)];
  };
  const rows = [row("heap after a collection", "heapBytes"), row("resident", "rssBytes")];
  print(`Arena, ${ROOMS} rooms with ${FEW} and with ${MANY} lockstep clients that say nothing:\n`);
  print(`${textTable(["", "one room, MB", "a room more, KiB", "a client more, KiB"], rows)}\n`);
  return { memory: { one, few, many } };
}
