/** A journal in files: rooms that a dead process wrote down are found by the next, as they were, wherever the writing broke off. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileJournal } from "../../../server/journal/file-journal.ts";
import { FolderLock, LockedError } from "../../../server/journal/folder-lock.ts";
import { JOURNAL_VERSION } from "../../../server/journal/journal.ts";
import { LeftFolder } from "../../../server/journal/left-folder.ts";
import { Match } from "../../../shared/referee/match.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { game, TICK_RATE } from "../../kit/memory/happenings.ts";
import { packInMemory } from "../../kit/memory/table.ts";
import { pause } from "../../kit/pause.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-journal-"));
beforeEach(() => void mkdirSync(folder, { recursive: true }));
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
function found(inside = folder) {
  return new LeftFolder(inside).matches.map(({ head: { roomId }, resumable: { saved, standingTick } }) => {
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

  it("keeps no full file that every room has left", () => {
    // Each is full as soon as somebody is in it, and its only room is over before it would move.
    const journal = open(1);
    for (let i = 0; i < 12; i++) begin(journal, `room ${i}`, i).room.end();
    expect(files()).toHaveLength(1);
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
    const old = new LeftFolder(folder);
    const next = open();
    const [left] = old.matches;
    const sink = next.open(left!.head, () => ({}));
    const match = Match.resume(game, left!.resumable.saved, { ...left!.resumable, pack: packInMemory, journal: sink });
    if (typeof match === "string") throw new Error(match);
    match.closeTick();
    match.outbox.clear();
    match.finishTick();
    old.remove();
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

describe("a folder", () => {
  it("is one process's at a time: the next is told whose it is", async () => {
    const holder = new FolderLock(folder);
    expect(() => new FolderLock(folder)).toThrow(new RegExp(`process ${process.pid} on .* writes its journal into`));
    holder.release();
    new FolderLock(folder).release();
    const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const lock = JSON.stringify({ pid: living.pid, host: hostname() });
    writeFileSync(join(folder, "lock.7"), lock);
    expect(() => new FolderLock(folder)).toThrow(LockedError);
    living.kill("SIGKILL");
    await once(living, "exit");
    new FolderLock(folder).release();
  });

  it("that another machine wrote into is free when it has not been touched for a while", () => {
    const path = join(folder, "lock.7");
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: "elsewhere" }));
    expect(() => new FolderLock(folder)).toThrow("on elsewhere writes");
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(path, longAgo, longAgo);
    new FolderLock(folder).release();
    writeFileSync(join(folder, "lock.9"), "{");
    new FolderLock(folder).release();
  });
});

describe("a disk without room", () => {
  const disk = mkdtempSync(join(tmpdir(), "phalanx-full-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).status === 0;
  afterAll(() => {
    if (isMounted) spawnSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  it("costs no match: it is said, and when there is room again the journal begins anew", async ({ skip }) => {
    if (!isMounted && process.env.CI === undefined) skip("no tmpfs can be mounted here: that takes root");
    expect(isMounted, "a tmpfs").toBe(true);
    const told: (string | undefined)[] = [];
    const journal = new FileJournal(disk, { sync: "os", onTrouble: (trouble) => told.push(trouble) });
    const rooms = [begin(journal, "one", 1), begin(journal, "two", 2)];
    for (const room of rooms) play(room, 20);
    const filler = openSync(join(disk, "filler"), "w");
    expect(() => {
      for (;;) writeSync(filler, Buffer.alloc(1024));
    }).toThrow("ENOSPC");
    for (let i = 0; i < 20; i++) for (const room of rooms) play(room, 60);
    expect(told).toEqual([expect.stringContaining("ENOSPC")]);
    expect(journal.trouble).toBe(told[0]);
    closeSync(filler);
    rmSync(join(disk, "filler"));
    await pause(1100);
    for (const room of rooms) play(room, 60);
    expect(told[1]).toBeUndefined();
    const expected = rooms.map(({ match: { world } }, i) => ({
      ...{ roomId: ["one", "two"][i], tick: world.tick, hash: world.hash(), ada: 0 },
    }));
    expect(found(disk)).toEqual(expected);
    expect(readdirSync(disk), "no file that nobody is in").toHaveLength(1);
  });
});
