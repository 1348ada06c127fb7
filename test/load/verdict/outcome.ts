/** The outcomes of a run: exit codes, conditions, interruptions, and what kept it from its end. */
import type { AtFault } from "./at-fault.ts";
import type { Unit } from "./metrics.ts";

export const EXIT_CODES = { passed: 0, failed: 99, inconclusive: 3, aborted: 1, interrupted: 130 } as const;
export type Outcome = keyof typeof EXIT_CODES;

/** One condition of a run. */
export interface Check {
  readonly metric: string;
  readonly text: string;
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly isMet: boolean;
}

/** How a run ended that did not come to its end. */
export interface Ending {
  /** Why it could not go on; undefined: it could. */
  readonly aborted: { readonly atFault: AtFault; readonly sentence: string } | undefined;
  /** What stopped it, such as "Ctrl-C"; undefined: nothing. */
  readonly interrupted: Interrupt | undefined;
  /** Processes that played bots and are gone, in words. */
  readonly deaths: readonly { readonly how: string; readonly atFault: AtFault }[];
  /** Whether nobody listened at its address at some moment of the run. */
  readonly wasServerDown: boolean;
}

/** Signals that ask for an end; who asks by one gets the figures until then. */
export const INTERRUPTS = { SIGINT: "Ctrl-C", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP" } as const;
export type Interrupt = (typeof INTERRUPTS)[keyof typeof INTERRUPTS];
/** As shells count them: 128 and the number of the signal. */
export const INTERRUPT_CODES: Readonly<Record<Interrupt, number>> = { "Ctrl-C": 130, SIGTERM: 143, SIGHUP: 129 };
