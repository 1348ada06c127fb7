/** A process that holds any number of light spectators of a room. */

import { type FrameEar, listenToFrames } from "../players/frame-ear.ts";
import { answerCalls } from "./calls.ts";

let ears: FrameEar[] = [];

const CALLS = {
  async watch({ url, roomId, count }: { url: string; roomId: string; count: number }): Promise<void> {
    while (ears.length < count) ears.push(await listenToFrames({ url, roomId, watch: true }));
  },

  /** The fewest frames that one of them has got since the last time it was asked, and the newest tick of all. */
  heard(): { fewest: number; newestTick: number } {
    const counts = ears.map(({ arrivals }) => arrivals.splice(0).length);
    return { fewest: Math.min(...counts), newestTick: Math.max(...ears.map(({ newestTick }) => newestTick)) };
  },

  async leave(): Promise<void> {
    await Promise.all(ears.map((ear) => ear.leave()));
    ears = [];
  },
};

export type SpectatorCalls = typeof CALLS;

answerCalls(CALLS);
