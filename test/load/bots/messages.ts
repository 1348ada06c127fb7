/** The messages between this command and the processes that play its bots. */
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import type { Stage } from "../options/values.ts";
import type { AtFault, Trouble } from "../verdict/at-fault.ts";
import type { Measured } from "./recorder.ts";

/** What the bots of one process are to do. */
export interface CrewPlan {
  readonly game: string;
  readonly url: string;
  readonly plane: Plane;
  /** A network as people write it; undefined: the real one as it is. */
  readonly network: string | undefined;
  readonly play: PlayName;
  /** A file with the function that plays instead. */
  readonly script: string | undefined;
  /** What each bot shows to a server that wants tokens. */
  readonly token: string | undefined;
  readonly tokenSecret: string | undefined;
  readonly tokenAudience: string;
  readonly tokenScript: string | undefined;
  readonly seed: number;
  readonly perRoom: number;
  readonly stages: readonly Stage[];
  readonly rampSeconds: number;
  /** Shares of the bots a minute. */
  readonly churn: number;
  readonly kill: number;
  /** The logic hash of this machine's game. */
  readonly logic: string | undefined;
  /** Which process this is, of how many: room r is played by process r modulo that number. */
  readonly worker: number;
  readonly workers: number;
}

export const PLAY_NAMES = ["bot", "idle", "random"] as const;
export type PlayName = (typeof PLAY_NAMES)[number];

export type ToWorker =
  | { readonly kind: "plan"; readonly plan: CrewPlan }
  /** `epochMs`: when second 0 begins, in milliseconds since 1970. */
  | { readonly kind: "go"; readonly epochMs: number }
  /** No more churn and kills: who is away comes back. */
  | { readonly kind: "settle" }
  /** Everybody leaves. */
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "wrong"; readonly sentence: string }
  | { readonly kind: "interval"; readonly interval: Interval }
  | { readonly kind: "settled" }
  /** Something was thrown that nobody caught: the process ends. */
  | { readonly kind: "dying"; readonly how: string; readonly atFault: AtFault };

/** What happened in a process in one second. */
export interface Interval {
  readonly second: number;
  readonly measured: Measured;
  /** How many bots there should be, are, and are in step. */
  readonly wanted: number;
  readonly inStep: number;
  /** Frames by lateness (`LATENESS_STEPS`), of each room. */
  readonly rooms: Readonly<Record<string, readonly number[]>>;
  readonly happenings: readonly Happening[];
}

/** Something to be told one by one. `at` in seconds of the run. */
export type Happening =
  | {
      readonly kind: "join" | "rejoin";
      readonly at: number;
      readonly bot: number;
      readonly room: string;
      readonly ms: number;
    }
  | { readonly kind: "desync"; readonly at: number; readonly bot: number; readonly room: string; readonly tick: number }
  | ({ readonly kind: "refused" | "lost" | "threw"; readonly at: number; readonly bot: number } & Trouble);

/** Upper ends of the classes of lateness in milliseconds; the last class is what is later. */
export const LATENESS_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500] as const;
