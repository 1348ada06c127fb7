/** Section: recordings of half an hour: their size, what recording costs the tick, verifying, and seeking to any place. */

import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { stepFrames } from "../../../shared/engine/protocol/step-frames.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { skirmish } from "../../../shared/games/skirmish/skirmish.ts";
import { tag } from "../../../shared/games/tag.ts";
import type { Recording } from "../../../shared/recording/recording.ts";
import { verify } from "../../../shared/recording/verify.ts";
import { Match } from "../../../shared/referee/match.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { MemoryRecording, opened } from "../../kit/memory/memory-recording.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { inTurns } from "../in-turns.ts";
import { floorOf, type Row, type Section, spreadOf } from "../row.ts";
import { measureSeeksInPage, SLOWDOWN } from "./seek-page.ts";
import { measureSeeks, type SeekFigures } from "./seek-work.ts";

const MINUTES = 30;
const BOTS = 8;
const SEED = 7;
const REPETITIONS = 5;
/** Of a repetition; a block is closed in each. */
const TICK_RUN = 1000;
const LEAST_TICKS_PER_SECOND = 100_000;
const MOST_SEEK_MS = 100;
const MICROS = 1_000_000;

/** A match as a room plays it: what a step costs here is told to the recorder. */
function recorded(game: AnyGame): { readonly file: Uint8Array; readonly ticks: number } {
  const memory = new MemoryRecording(game);
  const match = new Match(game, { seed: SEED, bots: BOTS, pack: packInMemory, recording: memory.recorder });
  const ticks = MINUTES * 60 * game.tickRate;
  while (match.world.tick < ticks) {
    match.closeTick(match.world.tick);
    match.outbox.clear();
    const start = performance.now();
    match.finishTick();
    memory.recorder.stepped(performance.now() - start);
    match.outbox.clear();
  }
  return { file: memory.end(), ticks };
}

/** Every frame stepped, block by block, and nothing compared. */
function stepAll(game: AnyGame, recording: Recording): void {
  for (const index of recording.blocks.keys()) {
    const block = recording.block(index);
    if (typeof block === "string") throw new Error(block);
    const world = Simulation.from(game, block.keyframe)!;
    if (!stepFrames(world, block.bodies, block.tick + block.frames)) throw new Error("a frame that is none");
  }
}

/** Microseconds per tick. */
const per = (ticks: number, work: () => void) => (): number => {
  const start = performance.now();
  work();
  return ((performance.now() - start) * 1000) / ticks;
};

/** Ticks of a match, with a recorder or without. */
function ticking(isRecorded: boolean): () => void {
  const recording = isRecorded ? { recording: new MemoryRecording(arena).recorder } : {};
  const match = matchInMemory(arena, { seed: SEED, bots: BOTS, pack: packInMemory, ...recording });
  return () => {
    for (let i = 0; i < TICK_RUN; i++) match.closeTick(match.world.tick);
  };
}

async function rowsOf(game: AnyGame): Promise<Row[]> {
  const { file, ticks } = recorded(game);
  const recording = opened(file);
  const samples = await inTurns(REPETITIONS, {
    verify: per(ticks, () => {
      const { divergence, fault } = verify(game, recording);
      if (divergence !== undefined || fault !== undefined) throw new Error(fault ?? "another world");
    }),
    step: per(ticks, () => stepAll(game, recording)),
  });
  const seeks = measureSeeks(file);
  const seeksInPage = await measureSeeksInPage(file);
  const title = `${game.name}, ${BOTS} bots, ${MINUTES} min:`;
  return [
    {
      name: `${title} file`,
      unit: "B",
      ours: spreadOf([file.length]),
      about: `the .phx of ${ticks} ticks: ${recording.blocks.length} blocks, each with a keyframe, deflated`,
    },
    {
      name: `${title} verify`,
      unit: "us/tick",
      ours: samples.spread("verify"),
      floor: floorOf("the same frames stepped, no world hashed", samples.of("step"), samples.of("verify")),
      aim: {
        text: `> ${LEAST_TICKS_PER_SECOND} ticks/s`,
        isMet: MICROS / samples.median("verify") > LEAST_TICKS_PER_SECOND,
      },
      about: `verify of the whole file: inflate, decode, step, hash every world, compare every digest and keyframe; ${Math.round(MICROS / samples.median("verify"))} ticks a second`,
    },
    ...seekRows(title, "Node", seeks),
    ...(seeksInPage === undefined ? [] : seekRows(title, `Chromium, ${SLOWDOWN} x slower`, seeksInPage)),
  ];
}

function seekRows(title: string, where: string, seeks: SeekFigures): Row[] {
  const row = (what: string, values: readonly number[], about: string): Row => ({
    name: `${title} seek ${what}, ${where}`,
    unit: "ms",
    ours: spreadOf(values),
    aim: { text: `worst < ${MOST_SEEK_MS} ms`, isMet: Math.max(...values) < MOST_SEEK_MS },
    about: `ReplayMatch.seek, as the scrub bar does it: inflate a block, step and hash from its keyframe, the least of three times; ${about}`,
  });
  return [
    row("anywhere", seeks.anywhere, `to ${seeks.anywhere.length} places in disorder`),
    row("furthest", seeks.furthest, `to the last tick of ${seeks.furthest.length} blocks, in disorder`),
  ];
}

export async function measureReplays(): Promise<Section> {
  const samples = await inTurns(15, { with: per(TICK_RUN, ticking(true)), without: per(TICK_RUN, ticking(false)) });
  const tick: Row = {
    name: `arena, ${BOTS} bots: tick while recorded`,
    unit: "us",
    ours: samples.spread("with"),
    floor: floorOf("the same match, not recorded", samples.of("without"), samples.of("with")),
    about: `closeTick and finishTick with a recorder in memory, the deflating of a block every 30 s in it`,
  };
  return {
    title: "replays",
    rows: [...(await rowsOf(arena)), ...(await rowsOf(tag)), ...(await rowsOf(skirmish)), tick],
  };
}
