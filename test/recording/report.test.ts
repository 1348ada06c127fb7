/** A desync report in a recording: what was written is read again, and what is none, or is hostile, is refused (R13). */
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import { writeChunk } from "../../shared/recording/chunk.ts";
import { recordingOf } from "../../shared/recording/of-report.ts";
import { readReport } from "../../shared/recording/recorded-report.ts";
import { Recording } from "../../shared/recording/recording.ts";
import { beginningOf, blockBytes, endingOf } from "../../shared/recording/recording-bytes.ts";
import { rerun } from "../../shared/recording/rerun.ts";
import { verify } from "../../shared/recording/verify.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import { mixedGame } from "../kit/games/mixed-game.ts";
import { headOf, opened } from "../kit/memory/memory-recording.ts";
import { SickClient } from "../kit/parts/sick-client.ts";

const TICK = 55;
const game = mixedGame(4, 20);

function reported(tick: number): DesyncReport {
  const client = new SickClient(game);
  client.play(60);
  const sick = client.damaged(tick, (state) => (state.ticks += 7));
  client.trail(tick, [sick.hash()]);
  client.show(tick, client.match.hashes.trail.hashAt(tick)!, sick.snapshot());
  return client.reports[0]!;
}

const report = reported(TICK);
const file = recordingOf(report, { room: "a", now: 1_000_000 });

it("is read as it was written, and runs again to the server's world", () => {
  const recording = opened(file);
  const { rerun: material, tickRate, ...facts } = report;
  expect(recording.report).toEqual({ ...facts, tickRate, clientWorld: material.clientWorld });
  expect([recording.isWhole, recording.firstTick, recording.endTick]).toEqual([true, 40, TICK]);
  expect(recording.head).toMatchObject({ game: "mixed", room: "a", began: 1_000_000 - 15 * 50, engine: "Server 1" });
  expect(verify(game, recording)).toMatchObject({ ticks: 15, divergence: undefined, fault: undefined });
  const again = rerun(game, recording);
  if (typeof again === "string") throw new Error(again);
  expect(again.hash.toString(16).padStart(8, "0")).toBe(report.hashes.server);
  expect(again.differences).toEqual(report.differences);
  expect(again.frames.map((frame) => (frame as { tick: number }).tick)).toEqual([
    45, 46, 47, 48, 49, 50, 51, 52, 53, 54,
  ]);
});

it.each([
  ["of the first world of all", 0, 0, 1],
  ["of a keyframe", 40, 20, 40],
])("%s has a frame to be looked at", (_what, tick, first, end) => {
  const recording = opened(recordingOf(reported(tick), { now: 0 }));
  expect([recording.firstTick, recording.endTick, recording.report?.tick]).toEqual([first, end, tick]);
  expect(verify(game, recording)).toMatchObject({ divergence: undefined, fault: undefined });
  expect(typeof rerun(game, recording)).toBe("object");
});

it("keeps numbers that JSON has not, as text", () => {
  const differences = [-0, Number.NaN, Number.POSITIVE_INFINITY].map((a) => ({ path: "x", a, b: 0 }));
  const told = opened(recordingOf({ ...report, differences }, { now: 0 })).report!;
  expect(told.differences.map(({ a }) => a)).toEqual(["-0", "NaN", "Infinity"]);
});

describe("a report chunk", () => {
  const { clientWorld: _none, ...facts } = opened(file).report!;
  const bytesOf = (value: object): Uint8Array => {
    const out = new ByteWriter();
    out.string(JSON.stringify(value));
    out.uvarint(0);
    return out.view();
  };

  it.each<[string, Uint8Array]>([
    ["with nothing in it", bytesOf({})],
    ["without engines", bytesOf({ ...facts, engines: undefined })],
    ["with a tick that is none", bytesOf({ ...facts, tick: -1 })],
    ["whose differences have no path", bytesOf({ ...facts, differences: [{ a: 1, b: 2 }] })],
    ["whose verdict is no text", bytesOf({ ...facts, verdict: { toString: "x" } })],
    ["that is cut off", bytesOf(facts).subarray(0, -1)],
    ["with more behind it", Uint8Array.of(...bytesOf(facts), 0)],
    ["of no JSON", Uint8Array.of(1, 123, 0, 0)],
    ["of nothing", new Uint8Array(0)],
  ])("%s is refused: the recording is good up to there", (_what, bytes) => {
    expect(readReport(bytes)).toBeUndefined();
    const recording = opened(withChunk(writeChunk({ kind: "report", tick: TICK, frames: 0, bytes }).slice()));
    expect(recording.report).toBeUndefined();
    expect(recording.fault).toBe("Up to tick 1 it can be played: after that its desync report is malformed.");
  });

  it("of a kind that this program does not know is passed over", () => {
    const out = new ByteWriter();
    out.uint8(77);
    for (const value of [0, 0, 3, 3]) out.uint32(value);
    const body = Uint8Array.of(1, 2, 3);
    out.uint32(hashBytes(body, hashBytes(out.view())));
    out.raw(body);
    const recording = opened(withChunk(out.view()));
    expect([recording.fault, recording.isWhole, recording.endTick]).toEqual([undefined, true, 1]);
  });
});

/** A recording of one frame, and this chunk before its index. */
function withChunk(chunk: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  out.raw(beginningOf(headOf(game)));
  const place = { at: out.length, tick: 0, frames: 1 };
  const { snapshot, bodies } = reported(0).rerun;
  const rosters = [{ tick: 0, what: [] }];
  out.raw(blockBytes({ tick: 0, frames: 1, keyframe: snapshot, bodies, rosters, marks: [] }));
  out.raw(chunk);
  out.raw(endingOf([place], out.length));
  return out.view();
}

it("no recording without a report runs again", () => {
  const recording = Recording.open(withChunk(new Uint8Array(0)));
  expect(rerun(game, recording as Recording)).toBe("There is no desync report in this recording.");
});
