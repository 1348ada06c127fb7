/** Two journals of one match: what one cannot write costs the other nothing. */
import { expect, it } from "vitest";
import { tag } from "../../shared/games/tag.ts";
import { verify } from "../../shared/recording/verify.ts";
import { JournalledMatch } from "../../shared/referee/journalled-match.ts";
import type { EntryKind, JournalSink } from "../../shared/referee/match-journal.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { MemoryRecording, opened } from "../kit/memory/memory-recording.ts";
import { packInMemory } from "../kit/memory/table.ts";

const TICKS = 40 * tag.tickRate;

it("a journal on a full disk leaves no gap in the recording, and begins anew when there is room", () => {
  const journalled = new JournalledMatch();
  let isFull = false;
  let refused = 0;
  const journal: JournalSink = {
    append(kind: EntryKind, bytes: Uint8Array) {
      if (isFull) refused++;
      else if (!journalled.take(kind, bytes.slice())) throw new Error(`a ${kind} that cannot be read`);
      return !isFull;
    },
  };
  const memory = new MemoryRecording(tag);
  const recording = memory.recorder;
  const match = matchInMemory(tag, { seed: 3, bots: 4, pack: packInMemory, journal, recording });
  while (match.world.tick < TICKS) {
    isFull = match.world.tick > TICKS / 4 && match.world.tick < TICKS / 2;
    match.closeTick(match.world.tick);
  }
  expect(refused).toBeGreaterThan(0);
  const read = opened(memory.end());
  expect([read.firstTick, read.endTick, read.blocks.length]).toEqual([0, TICKS, 2]);
  expect(verify(tag, read)).toMatchObject({ divergence: undefined, fault: undefined, ticks: TICKS });
  expect(journalled.resumable).toBeDefined();
});

it("a recording that has ended leaves the journal whole", () => {
  const journalled = new JournalledMatch();
  const journal: JournalSink = { append: (kind, bytes) => journalled.take(kind, bytes.slice()) };
  const memory = new MemoryRecording(tag);
  memory.isFull = true;
  const match = matchInMemory(tag, { seed: 3, bots: 4, pack: packInMemory, journal, recording: memory.recorder });
  while (match.world.tick < TICKS) match.closeTick(match.world.tick);
  expect(memory.recorder.hasEnded).toBe(true);
  const { saved } = journalled.resumable!;
  expect(saved.history.keyframes.length).toBeGreaterThan(0);
});
