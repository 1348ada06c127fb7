/** Section: the journal: what writing a match down costs its tick, how much that is, and how long going on with many rooms takes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal } from "../../server/journal/file-journal.ts";
import { JOURNAL_VERSION } from "../../server/journal/journal.ts";
import type { JournalSync } from "../../server/journal/journal-file.ts";
import { LeftFolder } from "../../server/journal/left-folder.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import { Match } from "../../shared/referee/match.ts";
import type { EntryKind, JournalSink } from "../../shared/referee/match-journal.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { packInMemory } from "../kit/memory/table.ts";
import { inTurns, microsOf } from "./in-turns.ts";
import { floorOf, type Row, type Section, spreadOf } from "./row.ts";

const BOTS = 8;
const SEED = 7;
/** A keyframe and its standing are in each. */
const TICK_RUN = 1000;
const REPETITIONS = 11;
const ROOMS = 500;
/** Between the last two keyframes and a little more, as a room is found in the middle of its life. */
const ROOM_TICKS = 170;
const HOUR_TICKS = 3600 * arena.tickRate;
const MOST_RATIO = 1.05;

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "phalanx-bench-journal-"));
  folders.push(folder);
  return folder;
}

const head = (roomId: string) => ({
  ...{ version: JOURNAL_VERSION, roomId, game: arena.name, logic: "", historySeconds: 0, options: {} },
});

function begin(journal?: JournalSink) {
  const match = matchInMemory(arena, { seed: SEED, bots: BOTS, pack: packInMemory, journal });
  match.takeSeat({ kind: "player", id: "ada", name: "Ada" });
  return match;
}

/** @param sync left out: it is not written down. */
function ticking(sync?: JournalSync): () => number {
  const journal = sync === undefined ? undefined : new FileJournal(newFolder(), { sync });
  const match = begin(journal?.open(head("one"), () => ({})));
  return microsOf(TICK_RUN, () => void match.closeTick(match.world.tick));
}

/** Bytes of an hour, by what they are of. */
function bytesOfAnHour(): ReadonlyMap<EntryKind, number> {
  const bytes = new Map<EntryKind, number>();
  const match = begin({
    append(kind, entry) {
      bytes.set(kind, (bytes.get(kind) ?? 0) + entry.length);
      return true;
    },
  });
  while (match.world.tick < HOUR_TICKS) match.closeTick(match.world.tick);
  return bytes;
}

function leave(folder: string): void {
  const journal = new FileJournal(folder, { sync: "os" });
  for (let i = 0; i < ROOMS; i++) {
    const match = begin(journal.open(head(`room ${i}`), () => ({})));
    while (match.world.tick < ROOM_TICKS) match.closeTick(match.world.tick);
  }
  journal.close();
}

function goOnWith(folder: string): number {
  const start = performance.now();
  for (const { resumable } of new LeftFolder(folder).matches) {
    const match = Match.resume(arena, resumable.saved, { ...resumable, pack: packInMemory });
    if (typeof match === "string") throw new Error(match);
  }
  return performance.now() - start;
}

export async function measureJournal(): Promise<Section> {
  try {
    const samples = await inTurns(REPETITIONS, { none: ticking(), os: ticking("os"), always: ticking("always") });
    const bytes = bytesOfAnHour();
    const total = [...bytes.values()].reduce((sum, each) => sum + each, 0);
    const folder = newFolder();
    leave(folder);
    const going = Array.from({ length: 3 }, () => goOnWith(folder));
    const tick = (sync: "os" | "always"): Row => ({
      name: `arena, ${BOTS} bots: tick, JOURNAL_SYNC=${sync}`,
      unit: "us",
      ours: samples.spread(sync),
      floor: floorOf("the same match, written nowhere", samples.of("none"), samples.of(sync)),
      ...(sync === "os"
        ? { aim: { text: `<= ${MOST_RATIO} x`, isMet: samples.median(sync) / samples.median("none") <= MOST_RATIO } }
        : {}),
      about: "closeTick and finishTick of a room without clients: the frame is written before it would be sent",
    });
    const parts = [...bytes].map(([kind, size]) => `${kind}s ${(size / 1e6).toFixed(2)} MB`).join(", ");
    return {
      title: "journal",
      rows: [
        tick("os"),
        tick("always"),
        {
          name: `arena, ${BOTS} seats: written in an hour`,
          unit: "MB",
          ours: spreadOf([total / 1e6]),
          about: `${parts}; what stays is what follows the last two keyframes`,
        },
        {
          name: `going on with ${ROOMS} rooms`,
          unit: "ms",
          ours: spreadOf(going),
          about: `reading the folder and stepping each room's ${ROOM_TICKS} ticks since the older of its last two keyframes`,
        },
      ],
    };
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
