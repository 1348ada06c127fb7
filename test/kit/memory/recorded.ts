/** A match of bots, and of a player who comes, drops, returns and leaves, that is recorded in memory while it is played. */
import type { Game } from "../../../shared/engine/game/game.ts";
import { matchInMemory } from "./delivery.ts";
import { MemoryRecording } from "./memory-recording.ts";
import { packInMemory } from "./table.ts";

const VISITOR = { kind: "player", id: "visitor", name: "Ada" } as const;

export interface RecordedMatch {
  readonly recording: MemoryRecording;
  /** Hash of the world at each tick. */
  readonly hashes: readonly number[];
}

/** Plays so many ticks. The visitor takes a seat at a tenth of them, drops at two, returns at three and leaves at four tenths. */
export function recordMatch<I, S>(
  game: Game<I, S>,
  seed: number,
  ticks: number,
  recording = new MemoryRecording(game),
  onTick: (tick: number) => void = () => {},
): RecordedMatch {
  const bots = Math.min(4, game.seats.max);
  const match = matchInMemory(game, { seed, bots, pack: packInMemory, recording: recording.recorder });
  const hashes = [match.world.hash()];
  const tenth = Math.floor(ticks / 10);
  while (match.world.tick < ticks) {
    const { tick } = match.world;
    onTick(tick);
    if (tick === tenth) match.takeSeat(VISITOR);
    if (tick === 2 * tenth) match.dropSeat(VISITOR.id);
    if (tick === 3 * tenth) match.returnSeat(VISITOR.id);
    if (tick === 4 * tenth) match.freeSeat(VISITOR.id);
    match.closeTick(tick);
    hashes.push(match.world.hash());
  }
  return { recording, hashes };
}
