/** What is compared: our server, and floors that do no game work. Each runs in a process of its own. */

export const CONTENDERS = [
  "net relay",
  "ws relay",
  "colyseus broadcast",
  "colyseus patches",
  "phalanx arena",
  "phalanx empty",
] as const;
export type Contender = (typeof CONTENDERS)[number];

/** How a contender is spoken to. */
export type Speech = "tcp" | "websocket" | "colyseus" | "phalanx";

export const SPEECH: Readonly<Record<Contender, Speech>> = {
  "net relay": "tcp",
  "ws relay": "websocket",
  "colyseus broadcast": "colyseus",
  "colyseus patches": "colyseus",
  "phalanx arena": "phalanx",
  "phalanx empty": "phalanx",
};

/** How many, how fast, how long; the same for every contender of a run. */
export interface Load {
  readonly rooms: number;
  readonly perRoom: number;
  /** Ticks a second. */
  readonly tickRate: number;
  /** A client sends an input after every so many frames. */
  readonly inputEvery: number;
  readonly warmSeconds: number;
  readonly seconds: number;
}

/** Bytes of an input where it means nothing. */
export const INPUT_BYTES = 8;

/** Asked of a server process: what it has used so far. */
export interface Usage {
  /** Microseconds of CPU, user and system. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}
