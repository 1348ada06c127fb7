/** The flags of `npm run bench:server`. */
import { parseArgs } from "node:util";
import { COMPARED, CONTENDERS, type Contender, type Load } from "./loads/contender.ts";

export const SECTIONS = ["compare", "capacity", "pairs", "curves", "memory"] as const;
export type Section = (typeof SECTIONS)[number];

export const HELP = `npm run bench:server -- [SECTION] [flags]

  compare          (default) every contender at one load, in turns: CPU, bytes, punctuality, latency, memory
  capacity         how many clients one core holds in time
  pairs            a Colyseus room's load beside --times 1.5 as much of ours, in turns: who holds it, and by how much CPU
  curves           what our cost grows with: rooms, players, tick rate, entities
  memory           what an idle room and a client weigh

  --rooms 125      rooms, and --per-room 8 clients in each
  --rate 20        ticks a second
  --every 1        a client sends an input after every so many frames; those of "phalanx" speak as the clients of real
                   bots do, where they are not "talkative"
  --seconds 5      measured time of one repetition, after --warm 8
  --reps 3         repetitions; contenders take turns
  --only 'NAME;...' of ${COMPARED.join("; ")}
  --json FILE      write every repetition as JSON too
  --svg FILE       draw the curves
  --profile DIR    write a CPU profile of each server; the figures are then too high
`;

export interface Options {
  readonly section: Section;
  readonly load: Load;
  readonly repetitions: number;
  /** How many times the clients of the floor ours has, in pairs. */
  readonly times: number;
  readonly contenders: readonly Contender[];
  readonly json: string | undefined;
  readonly svg: string | undefined;
  readonly profile: string | undefined;
}

const text = (value: string) => ({ type: "string", default: value }) as const;

/** @throws Error with a sentence about the flag that is wrong; "help" when it is asked for. */
export function readOptions(args: readonly string[]): Options | "help" {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rooms: text("125"),
      "per-room": text("8"),
      rate: text("20"),
      every: text("1"),
      seconds: text("5"),
      warm: text("8"),
      reps: text("3"),
      times: text("1.5"),
      only: text(COMPARED.join(";")),
      json: { type: "string" },
      svg: { type: "string" },
      profile: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const positive = (name: "rooms" | "per-room" | "rate" | "every" | "seconds" | "warm" | "reps" | "times"): number => {
    const value = Number(values[name]);
    if (value > 0) return value;
    throw new Error(`--${name} must be a number above 0; --help lists the flags.`);
  };
  const section = (positionals[0] ?? "compare") as Section;
  if (!SECTIONS.includes(section))
    throw new Error(`There is no section "${section}"; there are ${SECTIONS.join(", ")}.`);
  const contenders = values.only.split(";").map((name) => name.trim() as Contender);
  const unknown = contenders.find((name) => !CONTENDERS.includes(name));
  if (unknown !== undefined) throw new Error(`There is no contender "${unknown}"; there are ${CONTENDERS.join("; ")}.`);
  return {
    section,
    load: {
      rooms: positive("rooms"),
      perRoom: positive("per-room"),
      tickRate: positive("rate"),
      entities: 10,
      inputEvery: positive("every"),
      seconds: positive("seconds"),
      warmSeconds: positive("warm"),
    },
    repetitions: positive("reps"),
    times: positive("times"),
    contenders,
    json: values.json,
    svg: values.svg,
    profile: values.profile,
  };
}
