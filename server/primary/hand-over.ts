/** The handing over of a dead worker's rooms: to the worker that lives and has the fewest. */
import type { CrashedList } from "../base/crashed-rooms.ts";
import { log } from "../base/log.ts";
import { GoneError } from "../workers/channel.ts";
import type { WorkerProcess } from "./worker-process.ts";

/**
 * What is not taken over is opened by the worker that takes the dead one's place.
 *
 * @param id of the worker that has ended. @param crashed rooms that are left alone.
 * @returns whether another worker goes on with its rooms.
 */
export async function handOver(id: number, workers: readonly WorkerProcess[], crashed: CrashedList): Promise<boolean> {
  const [heir] = workers.filter(({ isReady }) => isReady).sort((a, b) => a.rooms.open - b.rooms.open);
  if (heir === undefined) return false;
  try {
    const rooms = await heir.channel.call("takeOver", id, crashed);
    if (rooms !== undefined)
      log.info({ worker: heir.id, from: id, rooms }, "a worker takes over the rooms of another one");
    return rooms !== undefined;
  } catch (err) {
    // It has ended as well, and is replaced itself; or it says why.
    if (!(err instanceof GoneError)) log.error({ worker: heir.id, from: id, err }, "rooms could not be taken over");
    return false;
  }
}
