/** A match of bots, and of a player who comes, drops, returns and leaves, that is recorded in memory while it is played. */
import type { Game } from "../../../shared/engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { Recorder } from "../../../shared/recording/recorder.ts";
import { Recording } from "../../../shared/recording/recording.ts";
import { FORMAT, type RecordingHead } from "../../../shared/recording/recording-head.ts";
import { matchInMemory } from "./delivery.ts";
import { packInMemory } from "./table.ts";

export const headOf = ({ name, tickRate }: Pick<Game<never, never>, "name" | "tickRate">): RecordingHead => ({
  format: FORMAT,
  game: name,
  tickRate,
  began: 1_800_000_000_000,
  protocol: PROTOCOL_VERSION,
  engine: "a test",
});

/** A recorder, and what it has written so far. */
export class MemoryRecording {
  readonly recorder: Recorder;
  /** While it is set nothing can be written. */
  isFull = false;
  readonly #bytes: number[] = [];

  constructor(game: Pick<Game<never, never>, "name" | "tickRate">) {
    this.recorder = new Recorder(headOf(game), (bytes) => {
      if (!this.isFull) for (const byte of bytes) this.#bytes.push(byte);
      return !this.isFull;
    });
  }

  /** As a file would have it. */
  get file(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  /** The whole file. */
  end(): Uint8Array {
    this.recorder.end();
    return this.file;
  }
}

export function opened(file: Uint8Array): Recording {
  const recording = Recording.open(file);
  if (typeof recording === "string") throw new Error(recording);
  return recording;
}

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
