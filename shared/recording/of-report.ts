/** The recording of a desync: the referee's world and frames up to the tick that differed, a mark there, and the report. */
import { ByteWriter } from "../engine/bytes/bytes.ts";
import type { DesyncReport } from "../referee/desync/desync-report.ts";
import { type Deflate, writeChunk } from "./chunk.ts";
import { writeReport } from "./recorded-report.ts";
import { beginningOf, blockBytes, endingOf } from "./recording-bytes.ts";
import { FORMAT, type RecordingHead } from "./recording-head.ts";

export interface Found {
  /** The room it was found in; left out: in none. */
  readonly room?: string;
  /** Unix milliseconds. */
  readonly now: number;
}

const MS_PER_SECOND = 1000;

/** @param deflate left out: in JavaScript. */
export function recordingOf({ rerun, ...report }: DesyncReport, { room, now }: Found, deflate?: Deflate): Uint8Array {
  const { game, tickRate, protocol, tick, client, culprit, differences, engines, logic } = report;
  const { snapshot, firstTick, frames, bodies, clientWorld } = rerun;
  const head: RecordingHead = {
    ...{ format: FORMAT, game, tickRate, protocol, engine: engines.server },
    began: Math.max(0, now - Math.round((frames * MS_PER_SECOND) / tickRate)),
    ...(logic.server === undefined ? {} : { logic: logic.server }),
    ...(room === undefined ? {} : { room }),
  };
  const text = `${culprit}: ${differences.map(({ path }) => path).join(", ")}`;
  const out = new ByteWriter();
  out.raw(beginningOf(head));
  const place = { at: out.length, tick: firstTick, frames };
  const block = {
    ...{ tick: firstTick, frames, keyframe: snapshot, bodies },
    rosters: [{ tick: firstTick, what: [] }],
    marks: [{ tick, what: { kind: "desync", seat: client.seat, text } as const }],
  };
  out.raw(blockBytes(block, deflate));
  const bytes = writeReport({ ...report, clientWorld });
  out.raw(writeChunk({ kind: "report", tick, frames: 0, bytes }, deflate));
  out.raw(endingOf([place], out.length));
  return out.view();
}
