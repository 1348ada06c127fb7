/** The JSON of a recording: written piece by piece, because a whole match is more than one wants to have in memory. */
import type { Replayer } from "../../shared/recording/replayer.ts";

export interface JsonOptions {
  readonly from: number;
  /** The tick after the last frame. */
  readonly to: number;
  /** With the world at every tick, after its frame. */
  readonly worlds: boolean;
}

/** Maps as lists of pairs: their order is part of the world. */
const plain = (_key: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);

/** Writes `{ head, ticks: [...] }`. A sentence when it ends early; what was written is then no whole JSON. */
export function writeJson(
  replayer: Replayer<unknown, unknown>,
  { from, to, worlds }: JsonOptions,
  write: (text: string) => void,
): string | undefined {
  const { recording } = replayer;
  const fault = replayer.seek(from);
  if (fault !== undefined) return fault;
  write(`{"head":${JSON.stringify(recording.head)},"ticks":[`);
  let seats: unknown;
  for (let tick = from; tick < to; tick++) {
    const found = replayer.step();
    if (found?.kind === "fault") return found.sentence;
    if (found?.kind === "end") break;
    const { frame, world, roster, hash } = replayer;
    const block = recording.block(recording.blockAt(frame.tick)!);
    const marks = typeof block === "string" ? [] : block.marks.filter((mark) => mark.tick === frame.tick);
    const inputs = Object.fromEntries(
      frame.inputs.flatMap((input, seat) => (world.seats.isHeld(seat) ? [[seat, input]] : [])),
    );
    const row = {
      tick: frame.tick,
      leaves: frame.leaves,
      joins: frame.joins,
      inputs,
      ...(frame.commands.length === 0 ? {} : { commands: frame.commands }),
      ...(roster === seats ? {} : { seats: roster }),
      ...(marks.length === 0 ? {} : { marks: marks.map(({ what }) => what) }),
      hash,
      ...(worlds ? { world: world.state } : {}),
    };
    seats = roster;
    write(`${tick === from ? "" : ","}\n${JSON.stringify(row, plain)}`);
  }
  write("\n]}\n");
  return undefined;
}
