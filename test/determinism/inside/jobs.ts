/** The jobs for an engine and its answers; both travel as JSON text. */
import type { Difference } from "../../../shared/engine/codec/codec.ts";

export const INPUTS_PER_BLOCK = 10_000;

export interface MatchPlan {
  readonly game: string;
  readonly seed: number;
  readonly ticks: number;
}

export interface Match extends MatchPlan {
  /** The file of its recording (`.phx`), in hex. */
  readonly recording: string;
}

export interface Hashes {
  /** One after the other in hex: of the world that `setup` made, then of the world after each tick. */
  readonly hashes: string;
  /** Why it ended before its last tick: what the rules threw, and in which tick. */
  readonly stopped?: string;
}

/** That something happened in a match, without which equal hashes prove nothing. */
export interface Evidence {
  /** Most seats held at one time. */
  readonly held: number;
  /** Seats that wanted anything but the neutral input. */
  readonly acted: number;
  readonly leaves: number;
  /** Different states (the tick and the random sequence not counted). */
  readonly states: number;
}

/** One field that the rules wrote in the traced tick. */
export interface Write {
  readonly path: string;
  readonly value: string;
  /** Source file and line, in engines that follow source maps. */
  readonly line?: string;
}

export interface Trace {
  /** Of the world after the tick, in hex. */
  readonly snapshot: string;
  readonly writes: readonly Write[];
}

/** The engines are named as people read them. */
export interface DifferentStep {
  readonly match: Match;
  /** That of the world that the step made. */
  readonly tick: number;
  readonly reference: string;
  readonly engine: string;
  /** The other engine's world after the step, in hex. */
  readonly snapshot: string;
}

/** One question and its answer for each kind of job. */
export interface Jobs {
  /** The names of the games and of the functions in the bundle, and how many seats must be held in each game. */
  shelf: {
    question: null;
    answer: { readonly games: readonly { name: string; minSeats: number }[]; readonly functions: readonly string[] };
  };
  /** Makes a match up. */
  record: { question: MatchPlan; answer: Hashes & { readonly match: Match; readonly evidence: Evidence } };
  /** Steps a recorded match. */
  replay: { question: Match; answer: Hashes };
  /** Replays up to a tick and tells what that one writes; without a tick, the world that `setup` made. */
  trace: { question: { readonly match: Match; readonly tick?: number }; answer: Trace };
  /** Where two snapshots of a game differ; values are shown as text. */
  diff: { question: { readonly game: string; readonly a: string; readonly b: string }; answer: readonly Difference[] };
  /** The recording of the step that came out otherwise on another engine, as of a desync there: a file in hex. */
  report: { question: DifferentStep; answer: string };
  /** Hashes of the results of a function, one for each block of inputs, in hex. */
  math: { question: { readonly name: string; readonly blocks: number }; answer: string };
  /** The inputs and results of one block, such as `sin(0.5) = 0.479...`. */
  block: { question: { readonly name: string; readonly block: number }; answer: readonly string[] };
}

export type Kind = keyof Jobs;
export type Handlers = { readonly [K in Kind]: (question: Jobs[K]["question"]) => Jobs[K]["answer"] };

/** What an engine prints: the answer, or what was thrown. */
export type Reply<K extends Kind> = { readonly answer: Jobs[K]["answer"] } | { readonly thrown: string };
