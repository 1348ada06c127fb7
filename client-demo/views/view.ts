/** A view: it draws one game from read-only worlds and says what the page should show around the field (R11). */

import type { Roster } from "../../client/match/roster.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { CommandOutcome } from "../../shared/engine/protocol/command-outcome.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** When a draw happens. */
export interface Moment {
  /** Ticks stepped by the world that is drawn. */
  readonly tick: number;
  /** How far from the world of the tick before (0) to that world (1). */
  readonly alpha: number;
  /** Milliseconds of a monotonic clock, and since the last draw. */
  readonly now: number;
  readonly elapsed: number;
}

/** Everything a view may look at. `S` is the game's frozen state. */
export interface Scene<S> extends Moment {
  readonly game: AnyGame;
  readonly state: S;
  /** The world one tick before `state`. */
  readonly previous: S;
  /** The last world that will never be rolled back, and its tick: what news is told from. */
  readonly confirmed: S;
  readonly confirmedTick: number;
  /** The local seat; undefined for a client without one. */
  readonly seat: number | undefined;
  readonly roster: Roster;
  /** Where the local player points now, in radians clockwise from the right; undefined when it does not point. */
  readonly aim: number | undefined;
}

/** What there is to draw on, in CSS pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Space at the edges that the page needs for itself. */
  readonly insets: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  /** The player prefers reduced motion: no particles, no shaking, no sliding camera. */
  readonly isCalm: boolean;
}

export interface BoardRow {
  readonly seat: number;
  readonly score: number;
  /** Out of the fight for now, or otherwise not to be reckoned with. */
  readonly isOut?: boolean;
  /** One short word or sign, such as "it". */
  readonly mark?: string;
}

/** What the page shows around the field. */
export interface Board {
  /** Best first; left out for a game without scores: the page then lists the roster. */
  readonly rows?: readonly BoardRow[];
  /** What a point is called, such as "kills". */
  readonly unit?: string;
  readonly heading?: string;
  /** Seconds left. */
  readonly secondsLeft?: number;
  /** A few whole steps, such as health; `value` of `of`. */
  readonly gauge?: { readonly label: string; readonly value: number; readonly of: number };
  /** A message in the middle of the screen. */
  readonly callout?: { readonly title: string; readonly detail: string };
}

/** One line for the news at the side: seats are shown by name and colour. */
export type NewsItem = readonly (string | { readonly seat: number })[];

/** What a view that gives commands itself is handed. */
export interface Desk {
  /** Where pointers and keys are heard. */
  readonly canvas: HTMLCanvasElement;
  /** Where its buttons go. */
  readonly foot: HTMLElement;
  /** Gives a command of the game for the local player; see `MatchSource.give`. */
  give(name: string, fields?: unknown): Promise<CommandOutcome>;
}

export interface View<S> {
  /** Takes the player's pointers and keys, and gives commands: the page then offers none itself. Returns what ends it. */
  attach?(desk: Desk): () => void;
  draw(scene: Scene<S>, brush: CanvasRenderingContext2D, screen: Screen): void;
  board(scene: Scene<S>): Board;
  /** What happened since the last call; empties it. */
  takeNews?(): readonly NewsItem[];
  /** Where on the screen the local figure was drawn last: a pointer aims from there. */
  readonly focus: Point | undefined;
  /** From the screen to the coordinates of the game's state. */
  toWorld(point: Point): Point;
}

/** What stands at a seat's figure: the name, and whether its player is away. */
export function labelOf(roster: Roster, seat: number): string {
  return roster.get(seat)?.label ?? nameOf(roster, seat);
}

/** The name to show for a seat. */
export function nameOf(roster: Roster, seat: number): string {
  return roster.get(seat)?.name ?? `Seat ${seat + 1}`;
}
