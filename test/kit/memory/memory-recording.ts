/** A recording in memory, and what it has written so far. */
import { deflateRawSync } from "node:zlib";
import type { Game } from "../../../shared/engine/game/game.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { Recorder, type WriteBytes } from "../../../shared/recording/recorder.ts";
import { Recording } from "../../../shared/recording/recording.ts";
import { FORMAT, type RecordingHead } from "../../../shared/recording/recording-head.ts";

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

  /** @param logic the logic hash that its head tells; left out: none. */
  constructor(game: Pick<Game<never, never>, "name" | "tickRate">, logic?: string) {
    const write: WriteBytes = (bytes) => {
      if (!this.isFull) for (const byte of bytes) this.#bytes.push(byte);
      return !this.isFull;
    };
    this.recorder = new Recorder({ ...headOf(game), ...(logic && { logic }) }, write, deflateRawSync);
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
