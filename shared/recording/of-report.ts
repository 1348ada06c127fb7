/** The recording of a desync report: the referee's world and frames up to the tick that differed, to be looked at like any other. */
import { fromBase64 } from "../engine/bytes/base64.ts";
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import type { DesyncReport } from "../referee/desync/desync-report.ts";
import { beginningOf, blockBytes, endingOf } from "./recording-bytes.ts";
import { FORMAT } from "./recording-head.ts";

/**
 * @param tickRate of the game, which is not in a report.
 * @param began Unix milliseconds.
 * @returns undefined where there is nothing to step, and where it is no report.
 */
export function recordingOf(report: Partial<DesyncReport>, tickRate: number, began: number): Uint8Array | undefined {
  const { game, protocol, tick, client, culprit, differences, rerun, engines, logic } = report;
  if (game === undefined || tick === undefined || rerun === undefined || !(typeof rerun.snapshot === "string"))
    return undefined;
  const keyframe = fromBase64(rerun.snapshot);
  // What a snapshot begins with.
  const first = new ByteReader(keyframe).uvarint();
  const frames = tick - first;
  if (!(frames > 0)) return undefined;
  const text = `${culprit}: ${(differences ?? []).map(({ path }) => path).join(", ")}`;
  const out = new ByteWriter();
  out.raw(
    beginningOf({
      ...{ format: FORMAT, game, tickRate, began, protocol: protocol ?? 0, engine: engines?.server ?? "unknown" },
      ...(logic?.server === undefined ? {} : { logic: logic.server }),
    }),
  );
  const place = { at: out.length, tick: first, frames };
  out.raw(
    blockBytes({
      ...{ tick: first, frames, keyframe, bodies: fromBase64(rerun.frames) },
      rosters: [{ tick: first, what: [] }],
      marks: [{ tick, what: { kind: "desync", seat: client?.seat, text } }],
    }),
  );
  out.raw(endingOf([place], out.length));
  return out.view();
}
