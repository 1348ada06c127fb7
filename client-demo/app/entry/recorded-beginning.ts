/**
 * The recorded beginning of a match: a world of a recording, handed over to the page that goes on with it in the state of its
 * history entry. A reload keeps that, back leads to the recording, and no server sees it.
 */
import type { LocalMatchOptions } from "../../../client/local/local-match.ts";

type Beginning = NonNullable<LocalMatchOptions<unknown>["from"]>;

interface Kept {
  readonly kind: "recorded-beginning";
  readonly game: string;
  readonly beginning: Beginning;
}

/** Leaves this page for one that goes on with a world, without a server. A sentence when the browser does not take it. */
export function playOn(game: string, beginning: Beginning): string | undefined {
  const kept: Kept = { kind: "recorded-beginning", game, beginning };
  try {
    history.pushState(kept, "", `?${new URLSearchParams({ game, offline: "1" })}`);
  } catch {
    return "This browser does not hand over a world as large as this one.";
  }
  location.reload();
  return undefined;
}

/** What this page was given to go on with; undefined when it was opened in any other way. */
export function givenBeginning(game: string): Beginning | undefined {
  const kept = history.state as Partial<Kept> | null;
  if (kept?.kind !== "recorded-beginning" || kept.game !== game) return undefined;
  return kept.beginning;
}

/** Back and forth between a recording and what was played on from it are two pages, and no browser knows. */
export function reloadOnTheWay(): void {
  window.addEventListener("popstate", () => location.reload());
}
