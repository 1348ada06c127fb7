/** Seeking through a recording, as the page does it: in Node, and in the page of a browser. */
import { ReplayMatch } from "../../../client/replay/replay-match.ts";
import { warmUp } from "../../../client/replay/warm-up.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { games } from "../../../shared/games/index.ts";
import { Recording } from "../../../shared/recording/recording.ts";

const PLACES = 300;
const MOST_BLOCKS = 150;
const SEED = 7;

/** Each place is gone to so often; the least counts: what else the machine does is not what a place takes. */
const ROUNDS = 3;

/** Milliseconds of each place. */
export interface SeekFigures {
  /** To places all over the recording, in disorder. */
  readonly anywhere: readonly number[];
  /** To the last tick of as many blocks, which is the furthest from its keyframe, in disorder. */
  readonly furthest: readonly number[];
}

const clock = (): number => performance.now();

/** Opens it anew for each round, so that no world is known before. */
export function measureSeeks(file: Uint8Array): SeekFigures {
  const recording = opened(file);
  const { firstTick, endTick, blocks } = recording;
  const spread = Array.from({ length: PLACES }, (_, i) => firstTick + Math.floor((i * (endTick - firstTick)) / PLACES));
  const every = Math.ceil(blocks.length / MOST_BLOCKS);
  const ends = blocks.filter((_, at) => at % every === 0).map(({ tick, frames }) => tick + frames - 1);
  return { anywhere: leastOf(file, spread), furthest: leastOf(file, ends) };
}

function leastOf(file: Uint8Array, ticks: readonly number[]): number[] {
  const rounds = Array.from({ length: ROUNDS }, () => seeksTo(file, ticks));
  return ticks.map((_, at) => Math.min(...rounds.map((round) => round[at]!)));
}

function opened(file: Uint8Array): Recording {
  const recording = Recording.open(file);
  if (typeof recording === "string") throw new Error(recording);
  return recording;
}

function seeksTo(file: Uint8Array, ticks: readonly number[]): number[] {
  const recording = opened(file);
  const game = (games as readonly AnyGame[]).find(({ name }) => name === recording.head.game);
  const match = ReplayMatch.open<unknown, unknown>(game!, recording, clock);
  if (typeof match === "string") throw new Error(match);
  // As the page does before anybody has got hold of the bar.
  for (const _ of warmUp(game!, recording));
  const random = new WorldRandom(SEED);
  const places = ticks.map((tick) => ({ tick, at: random.float() })).sort((a, b) => a.at - b.at);
  return places.map(({ tick }) => {
    const start = clock();
    match.seek(tick);
    const took = clock() - start;
    if (match.tick !== tick || !match.isTrue) throw new Error(`tick ${tick} is not what was played`);
    return took;
  });
}
