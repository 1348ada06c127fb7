/**
 * The registry of views: which view draws which game. A game without its own view gets the table, so that a new game is
 * at once visible.
 */
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { ArenaView } from "../../views/arena/arena-view.ts";
import { SkirmishView } from "../../views/skirmish/skirmish-view.ts";
import { TableView } from "../../views/table-view.ts";
import { TagView } from "../../views/tag-view.ts";
import type { View } from "../../views/view.ts";

// biome-ignore lint/suspicious/noExplicitAny: each view knows the state of its own game; the page does not
export type AnyView = View<any>;

// A view for a new game is one import and one line here.
const VIEWS: Readonly<Record<string, () => AnyView>> = {
  arena: () => new ArenaView(),
  tag: () => new TagView(),
  skirmish: () => new SkirmishView(),
};

/** A fresh view for a match of this game. */
export function createView(game: AnyGame): AnyView {
  const create = Object.hasOwn(VIEWS, game.name) ? VIEWS[game.name] : undefined;
  return create === undefined ? new TableView(game) : create();
}
