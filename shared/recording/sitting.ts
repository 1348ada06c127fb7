/** A sitting: who sits where and wants what, as a standing of the match says; and what happened between two of them. */
import type { Seat } from "../engine/game/game.ts";
import type { SavedStanding } from "../referee/saved-match.ts";
import type { Mark, MarkKind, Roster, SeatRow } from "./roster.ts";

interface Sitter extends SeatRow {
  readonly id: string;
  readonly wantsPause: boolean;
}

/** Ascending by seat. */
export type Sitting = readonly Sitter[];

export function sittingOf({ seats, pause }: Pick<SavedStanding, "seats" | "pause">): Sitting {
  return seats.flatMap(({ seat, holder, isAway }) =>
    holder === undefined ? [] : { ...holder, seat, isAway, wantsPause: pause.wishes.includes(seat) },
  );
}

export const rosterOf = (sitting: Sitting): Roster =>
  sitting.map(({ seat, kind, name, isAway }) => ({ seat, kind, name, isAway }));

/** Everything that can be told by comparing them, ascending by seat. */
export function marksBetween(before: Sitting, after: Sitting): Mark[] {
  const marks: Mark[] = [];
  const at = (sitting: Sitting, seat: Seat): Sitter | undefined => sitting.find((one) => one.seat === seat);
  const seats = [...new Set([...before, ...after].map(({ seat }) => seat))].sort((a, b) => a - b);
  for (const seat of seats) {
    const [was, is] = [at(before, seat), at(after, seat)];
    const note = (kind: MarkKind, text: string): void => void marks.push({ kind, seat, text });
    const isSame = was?.id === is?.id;
    if (was !== undefined && !isSame) note("leave", was.name);
    if (is !== undefined && !isSame) note("join", is.name);
    if (is !== undefined && is.isAway !== (isSame && was?.isAway === true))
      note(is.isAway ? "drop" : "return", is.name);
    if (is !== undefined && is.wantsPause !== (isSame && was?.wantsPause === true))
      note(is.wantsPause ? "pause" : "go-on", is.name);
  }
  return marks;
}
