/** The matches that journal files tell of, and that nobody has ended. */
import { JournalledMatch } from "../../shared/referee/journalled-match.ts";
import type { LeftMatch, RoomHead } from "./journal.ts";
import { readRecords } from "./record.ts";

interface Room {
  readonly head: RoomHead;
  readonly match: JournalledMatch;
  readonly notes: unknown[];
  isReadable: boolean;
}

const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** @param files the bytes of one process's files, the oldest first. */
export function leftMatches(files: Iterable<Uint8Array>): readonly LeftMatch[] {
  const rooms = new Map<string, Room>();
  for (const file of files) {
    const byNumber = new Map<number, Room>();
    for (const { room: number, kind, bytes } of readRecords(file).records) {
      if (kind === "open") {
        const head = json(bytes) as RoomHead;
        const match = new JournalledMatch(head.historySeconds);
        const room = rooms.get(head.roomId) ?? { head, match, notes: [], isReadable: true };
        // A room that moves to the next file is opened there again, and begins with what can be read.
        room.isReadable = true;
        rooms.set(head.roomId, room);
        byNumber.set(number, room);
        continue;
      }
      const room = byNumber.get(number);
      if (room === undefined) continue;
      if (kind === "end") rooms.delete(room.head.roomId);
      else if (kind === "note") room.notes.push(json(bytes));
      else room.isReadable &&= room.match.take(kind, bytes);
    }
  }
  return [...rooms.values()].flatMap(({ head, match: { resumable }, notes }) =>
    resumable === undefined ? [] : { head, resumable, notes },
  );
}
