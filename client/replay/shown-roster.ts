/** The roster of a recording, as the page shows rosters. */
import type { Roster as Recorded } from "../../shared/recording/roster.ts";
import { type Roster, rosterEntry } from "../match/roster.ts";

export const shownRoster = (roster: Recorded): Roster =>
  new Map(
    roster.map(({ seat, name, kind, isAway }) => [
      seat,
      rosterEntry({ name, kind, isAway, isAwaited: false, wantsPause: false }),
    ]),
  );
