/** A journal in files: rooms that a dead process wrote down are found by the next, as they were, wherever the writing broke off. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FileJournal } from "../../../server/journal/file-journal.ts";
import { JOURNAL_VERSION } from "../../../server/journal/journal.ts";
import { Match } from "../../../shared/referee/match.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { game, TICK_RATE } from "../../kit/memory/happenings.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-journal-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
const head = (roomId: string) => ({
  version: JOURNAL_VERSION,
  roomId,
  game: game.name,
  logic: "1234",
  historySeconds: 0,
  options: { bots: 3 },
});
const open = (fileBytes?: number) =>
  new FileJournal(folder, { sync: "os", ...(fileBytes === undefined ? {} : { fileBytes }) });

function begin(journal: FileJournal, roomId: string, seed: number) {
  const room = journal.open(head(roomId), () => ({}));
  const match = matchInMemory(game, { seed, bots: 3, pack: packInMemory, journal: room });
  match.takeSeat({ kind: "player", id: `ada in ${roomId}`, name: "Ada" });
  return { room, match, hashes: [match.world.hash()] };
}

function play({ match, hashes }: ReturnType<typeof begin>, ticks: number): void {
  for (let i = 0; i < ticks; i++) {
    match.closeTick();
    hashes[match.world.tick] = match.world.hash();
  }
}

/** The matches that are found, stepped to where they were written. */
function found(journal = open()) {
  return journal.left.map(({ head: { roomId }, resumable: { saved, standingTick } }) => {
    const match = Match.resume(game, saved, { pack: packInMemory, standingTick });
    if (typeof match === "string") throw new Error(match);
    return { roomId, tick: match.world.tick, hash: match.world.hash(), ada: match.seats.seatOf(`ada in ${roomId}`) };
  });
}

describe("a journal in files", () => {
  it("has every room as it was, and none that ended", () => {
    const journal = open();
    const rooms = [begin(journal, "one", 1), begin(journal, "two", 2), begin(journal, "three", 3)];
    for (const [i, room] of rooms.entries()) play(room, 40 + 30 * i);
    rooms[1]!.room.end();
    const expected = [rooms[0]!, rooms[2]!].map(({ match }, i) => ({
      ...{ roomId: ["one", "three"][i], tick: match.world.tick, hash: match.world.hash(), ada: 0 },
    }));
    expect(found()).toEqual(expected);
  });

  it("goes on in the next file, and removes those that no room is in", () => {
    const journal = open(4096);
    const rooms = [begin(journal, "one", 1), begin(journal, "two", 2)];
    for (let i = 0; i < 60; i++) for (const room of rooms) play(room, 5);
    expect(files().length).toBeLessThanOrEqual(2);
    expect(Number(/(\d+)\.journal/.exec(files()[0]!)![1]), "many were full").toBeGreaterThan(5);
    expect(found().map(({ tick }) => tick)).toEqual([300, 300]);
    for (const { room } of rooms) room.end();
    expect(found()).toEqual([]);
  });

  it("that breaks off anywhere is good up to there, and no byte that was changed is taken for another", () => {
    const room = begin(open(), "one", 5);
    play(room, 12 * TICK_RATE);
    const [file] = files();
    const whole = readFileSync(file!);
    const reached = new Set<number>();
    for (let cut = 0; cut < whole.length; cut += 7) {
      for (const bytes of [whole.subarray(0, cut), Buffer.from(whole)]) {
        if (bytes.length === whole.length) bytes[cut]! ^= 1 << (cut % 8);
        writeFileSync(file!, bytes);
        for (const { tick, hash } of found()) {
          expect(hash, `cut at ${cut}`).toBe(room.hashes[tick]);
          reached.add(tick);
        }
      }
    }
    expect(reached.size).toBeGreaterThan(100);
  });

  it("is gone on with from files of the last process, which go when everything is written anew", () => {
    play(begin(open(), "one", 7), 30);
    const next = open();
    const [left] = next.left;
    const sink = next.open(left!.head, () => ({}));
    const match = Match.resume(game, left!.resumable.saved, { ...left!.resumable, pack: packInMemory, journal: sink });
    if (typeof match === "string") throw new Error(match);
    match.closeTick();
    match.outbox.clear();
    match.finishTick();
    next.forgetLeft();
    expect(files()).toHaveLength(1);
    expect(found().map(({ roomId, tick }) => [roomId, tick])).toEqual([["one", 31]]);
  });

  it("writes little: a frame of four seats is a few bytes", () => {
    const room = begin(open(), "one", 9);
    play(room, 10 * TICK_RATE);
    const before = statSync(files()[0]!).size;
    play(room, 100 * TICK_RATE);
    expect((statSync(files()[0]!).size - before) / (100 * TICK_RATE)).toBeLessThan(120);
  });
});
