/** The folder of recordings: what rooms write into it, what a crash leaves there, its limits, and a disk that refuses. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { log } from "../../../server/base/log.ts";
import { recordingName, roomOf } from "../../../server/recordings/recording-name.ts";
import { Recordings, type RoomRecording } from "../../../server/recordings/recordings.ts";
import { tag } from "../../../shared/games/tag.ts";
import { verify } from "../../../shared/recording/verify.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { headOf, opened } from "../../kit/memory/memory-recording.ts";
import { recordMatch } from "../../kit/memory/recorded.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const BLOCK = 30 * tag.tickRate;
const LIMITS = { days: 7, megabytes: 1 };
const HOUR_SECONDS = 3600;

let above: string;
let folder: string;
beforeEach(() => {
  above = mkdtempSync(join(tmpdir(), "phalanx-recordings-"));
  folder = join(above, "made", "replays");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(above, { recursive: true, force: true });
});

const begin = (recordings: Recordings, room: string): RoomRecording =>
  recordings.open({ ...headOf(tag), room, began: 1_800_000_000_000 })!;

interface Playing {
  readonly recording: RoomRecording;
  play(ticks: number): void;
}

function playing(recordings: Recordings, room = "room-1"): Playing {
  const recording = begin(recordings, room);
  const match = matchInMemory(tag, { seed: 1, bots: 3, pack: packInMemory, recording: recording.sink });
  const play = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) match.closeTick(i);
  };
  return { recording, play };
}

const names = (): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const NAME = "tag.room-1.20270115T080000000Z.phx";

describe("a room", () => {
  it("writes while it is played, and the file has its name when it is over", async () => {
    const recordings = new Recordings(folder, LIMITS);
    const { recording, play } = playing(recordings);
    play(BLOCK);
    expect(names(), "nothing before the first block is full").toEqual([]);
    play(10);
    expect(names()).toEqual([`${NAME}.part`]);
    expect(await recordings.folder!.of("room-1"), "nobody can have it before it is over").toEqual([]);
    recording.end();
    recording.end();
    expect(names()).toEqual([NAME]);
    expect(statSync(join(folder, NAME)).mode & 0o077, "names of players are in it").toBe(0);
    const read = opened((await recordings.folder!.read("room-1", NAME))!);
    expect([read.isWhole, read.endTick]).toEqual([true, BLOCK + 10]);
    expect(verify(tag, read)).toMatchObject({ divergence: undefined, fault: undefined, ticks: BLOCK + 10 });
  });

  it("in which nothing was played leaves nothing", () => {
    playing(new Recordings(folder, LIMITS)).recording.end();
    expect(names()).toEqual([]);
  });

  it("is not recorded where REPLAYS is none", () => {
    expect(new Recordings("none", LIMITS).open({ ...headOf(tag), room: "a" })).toBeUndefined();
  });
});

describe("a name", () => {
  it("says whose it is", () => {
    const name = recordingName("my game", "Ab-d_F9", 1_800_000_000_123);
    expect(name).toBe("my_game.Ab-d_F9.20270115T080000123Z.phx");
    expect(roomOf(name)).toBe("Ab-d_F9");
  });

  it("leads nowhere else", async () => {
    const recordings = new Recordings(folder, LIMITS);
    const { recording, play } = playing(recordings);
    play(10);
    recording.end();
    writeFileSync(join(above, NAME), "secret");
    writeFileSync(join(folder, "notes.txt"), "secret");
    await recordings.tidy();
    for (const name of [`../../${NAME}`, `..%2f${NAME}`, "notes.txt", "", ".", `${NAME}\0`, `./${NAME}`])
      expect(await recordings.folder!.read("room-1", name), name).toBeUndefined();
    expect(await recordings.folder!.read("room-2", NAME), "of another room").toBeUndefined();
    expect(await recordings.folder!.read("room-1", NAME)).toBeDefined();
  });
});

describe("what a crash has left", () => {
  const whole = recordMatch(tag, 1, BLOCK + 40).recording;
  const part = whole.file;

  const left = async (bytes: Uint8Array, secondsAgo: number): Promise<string[]> => {
    const recordings = new Recordings(folder, LIMITS);
    playing(recordings, "other").play(BLOCK + 10);
    writeFileSync(join(folder, `${NAME}.part`), bytes);
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(join(folder, `${NAME}.part`), at, at);
    await recordings.tidy();
    return names().filter((name) => roomOf(name.replace(".part", "")) === "room-1");
  };

  it("is finished when nobody has written to it for a while", async () => {
    expect(await left(part, HOUR_SECONDS)).toEqual([NAME]);
    const read = opened(readFileSync(join(folder, NAME)));
    expect([read.isWhole, read.endTick]).toEqual([true, BLOCK]);
  });

  it("loses its torn end, and no more", async () => {
    whole.end();
    expect(await left(whole.file.subarray(0, whole.file.length - 200), HOUR_SECONDS)).toEqual([NAME]);
    const read = opened(readFileSync(join(folder, NAME)));
    expect([read.isWhole, read.endTick]).toEqual([true, BLOCK]);
  });

  it("is left alone while somebody may be writing to it", async () => {
    expect(await left(part, 60)).toEqual([`${NAME}.part`]);
  });

  it("goes when there is nothing in it", async () => {
    expect(await left(part.subarray(0, 30), HOUR_SECONDS)).toEqual([]);
  });
});

describe("limits", () => {
  const put = (room: string, bytes: number, secondsAgo: number): string => {
    const name = recordingName("tag", room, 1_800_000_000_000);
    writeFileSync(join(folder, name), new Uint8Array(bytes));
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(join(folder, name), at, at);
    return name;
  };
  const DAY = 24 * HOUR_SECONDS;

  it("are for age, and for the size of all; nothing else in the folder is touched", async () => {
    const recordings = new Recordings(folder, LIMITS);
    const { recording, play } = playing(recordings);
    play(10);
    recording.end();
    put("too-old", 10, 8 * DAY);
    put("first", 400_000, 3 * DAY);
    const kept = [put("second", 500_000, 2 * DAY), put("third", 400_000, DAY)];
    writeFileSync(join(folder, "notes.txt"), "mine");
    await recordings.tidy();
    expect(names()).toEqual(["notes.txt", ...kept, NAME].sort());
    expect(await recordings.folder!.of("first")).toEqual([]);
    expect((await recordings.folder!.of("third")).map(({ name }) => name)).toEqual([kept[1]]);
  });
});

describe("a disk that refuses", () => {
  it("ends the recording with what is there; the match goes on, and the log has one line", () => {
    const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
    const recordings = new Recordings(folder, LIMITS);
    const [one, other] = [playing(recordings, "one"), playing(recordings, "other")];
    for (const { play } of [one, other]) play(BLOCK + 10);
    // As if it were gone: appending does not make it anew without its beginning.
    for (const name of names()) rmSync(join(folder, name));
    for (const { play, recording } of [one, other]) {
      play(BLOCK * 2);
      recording.end();
    }
    expect(names()).toEqual([]);
    expect(warn.mock.calls.map(([, words]) => words)).toEqual([
      "REPLAYS cannot be written: matches go on, and their recordings end with what is there",
    ]);
  });

  it("is named at the start where the folder cannot be", async () => {
    const warn = vi.spyOn(log, "warn").mockImplementation(() => {});
    writeFileSync(join(above, "file"), "");
    const recordings = new Recordings(join(above, "file"), LIMITS);
    const { recording, play } = playing(recordings);
    play(BLOCK + 10);
    recording.end();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(readFileSync(join(above, "file"), "utf8")).toBe("");
  });
});
