/**
 * The contenders of a comparison: our server, and floors that do no game work. Each runs in a process of its own. Each
 * runs in a process of its own.
 */

/** How a contender is spoken to. */
export type LineJudge = "tcp" | "websocket" | "colyseus" | "phalanx";

/** How often a client speaks: an input after every frame, or as the clients of real bots do. */
export type Manner = "every frame" | "as bots";

interface Nature {
  readonly speech: LineJudge;
  readonly manner: Manner;
}

export const NATURES = {
  "c relay": { speech: "tcp", manner: "every frame" },
  "net relay": { speech: "tcp", manner: "every frame" },
  "ws relay": { speech: "websocket", manner: "every frame" },
  "colyseus broadcast": { speech: "colyseus", manner: "every frame" },
  "colyseus patches": { speech: "colyseus", manner: "every frame" },
  "phalanx arena": { speech: "phalanx", manner: "as bots" },
  "phalanx empty": { speech: "phalanx", manner: "as bots" },
  "phalanx arena, talkative": { speech: "phalanx", manner: "every frame" },
  "phalanx empty, talkative": { speech: "phalanx", manner: "every frame" },
  "phalanx entities": { speech: "phalanx", manner: "as bots" },
} as const satisfies Record<string, Nature>;

export type Contender = keyof typeof NATURES;
export const CONTENDERS = Object.keys(NATURES) as readonly Contender[];
/** What is compared when nobody says otherwise. */
export const COMPARED = CONTENDERS.filter((name) => name !== "phalanx entities");

/** How many, how fast, how long; the same for every contender of a run. */
export interface Load {
  readonly rooms: number;
  readonly perRoom: number;
  /** Ticks a second. */
  readonly tickRate: number;
  /** Where the game has as many as one likes. */
  readonly entities: number;
  /** Where clients speak after frames: after every so many. */
  readonly inputEvery: number;
  readonly warmSeconds: number;
  readonly seconds: number;
}

/** Bytes of an input where it means nothing: a turn, who says it, and padding. */
export const INPUT_BYTES = 8;

/** Asked of a server process: what it has used so far. */
export interface Usage {
  /** Microseconds of CPU, user and system. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  /** Heap in use after a collection, where it can be asked for; garbage included otherwise. */
  readonly heapBytes: number;
}
