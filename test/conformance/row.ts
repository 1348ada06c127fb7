/** A row of the abuse suite: what is done to the server, why, and how it must end. */
import type { Step } from "../kit/wire/raw-connection.ts";
import type { Target } from "../kit/wire/target.ts";

interface Any {
  readonly name: string;
  /** The section of the standard, or the weakness it is about. */
  readonly why: string;
  /** How it must end: "400", "101", "close 1002", "cut", "open"; "|" between several ends that are all right. */
  readonly end: string;
  /** Takes seconds: left out of the short version. */
  readonly isSlow?: boolean;
}

/** Raw bytes on a new TCP connection; the end is the list of statuses that come back, or "cut" when none does. */
export interface HttpRow extends Any {
  readonly kind: "http";
  readonly send: readonly Step[] | ((target: Target) => readonly Step[]);
  /** The own address on the loopback network: limits per address, and who is a proxy. */
  readonly from?: string;
}

/** Bytes on a WebSocket that is open: in a room and acknowledged, in a room and not, or in none. */
export interface FramesRow extends Any {
  readonly kind: "frames";
  readonly seat: "joined" | "unacknowledged" | "none";
  readonly plane?: "lockstep" | "stream";
  readonly send: readonly Step[];
}

/** Anything that takes more than one connection. */
export interface FlowRow extends Any {
  readonly kind: "flow";
  readonly run: (target: Target) => Promise<string>;
}

export type Row = HttpRow | FramesRow | FlowRow;

export const flow = (why: string, name: string, end: string, run: FlowRow["run"]): FlowRow => ({
  kind: "flow",
  why,
  name,
  end,
  run,
});
