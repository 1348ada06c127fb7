/** A window's stay without a server (`?offline=1`): the referee runs in this page, and its code is fetched only here. */
import type { LocalMatch } from "../../../client/local/local-match.ts";
import type { MatchSource } from "../../../client/match/match-source.ts";
import { type ActionKind, type Problem, problemOfEnd } from "../address/problem.ts";
import type { PageOptions } from "../address/url-params.ts";
import type { SampledInput } from "../input/input-mapper.ts";
import type { MatchLoop } from "../loop/match-loop.ts";
import { toast } from "../panels/news-list.ts";
import type { ProblemDialog } from "./problem-dialog.ts";
import { givenBeginning, reloadOnTheWay } from "./recorded-beginning.ts";
import { visitorName } from "./visitor.ts";

const MOST_SEED = 2 ** 32;

/** The page was opened, and a part of it could not be fetched any more. */
const INCOMPLETE: Problem = {
  title: "A part of this page is missing",
  sentence: "What is needed to play without a server could not be loaded.",
  actions: [{ label: "Reload the page", does: "reload" }],
};

/** A world of a recording that is of another build, say. */
const notOn = (game: string, error: unknown): Problem => ({
  title: "This match cannot be played on",
  sentence: error instanceof Error ? error.message : String(error),
  actions: [{ label: "Play a new match", href: `?${new URLSearchParams({ game, offline: "1" })}` }],
});

function newsOf({ seat, names }: NonNullable<ReturnType<typeof givenBeginning>>): string {
  const name = names.find(([other]) => other === seat)?.[1];
  return name === undefined
    ? "You go on with a recorded match."
    : `You go on with a recorded match, in ${name}'s seat.`;
}

export interface OfflinePlayOptions {
  readonly pageOptions: PageOptions;
  readonly sample: () => SampledInput;
  readonly dialog: ProblemDialog;
  /** Starts to play; what it returns is stopped when the match ends. */
  readonly play: (source: MatchSource<unknown>) => MatchLoop;
}

export class OfflinePlay {
  readonly #options: OfflinePlayOptions;

  constructor(options: OfflinePlayOptions) {
    this.#options = options;
  }

  begin(): void {
    if (givenBeginning(this.#options.pageOptions.game.name) !== undefined) reloadOnTheWay();
    void this.#begin();
  }

  /** What the player chose in the dialog. */
  act(kind: ActionKind): void {
    if (kind === "reload") location.reload();
    else void this.#begin();
  }

  async #begin(): Promise<void> {
    const { pageOptions, sample, dialog, play } = this.#options;
    const { game, bots, name = visitorName(), roomOptions } = pageOptions;
    const local = await import("../../../client/local/local-match.ts").catch(() => undefined);
    if (local === undefined) {
      dialog.show(INCOMPLETE);
      return;
    }
    const seed = Math.floor(Math.random() * MOST_SEED);
    const from = givenBeginning(game.name);
    let source: LocalMatch<unknown, unknown>;
    try {
      source = new local.LocalMatch<unknown, unknown>(game, {
        ...{ sample, name, bots, seed, from },
        watch: roomOptions.watch,
      });
    } catch (error) {
      if (from === undefined) throw error;
      dialog.show(notOn(game.name, error));
      return;
    }
    dialog.close();
    if (from !== undefined) toast(newsOf(from));
    const loop = play(source);
    source.on("end", (end) => {
      loop.stop();
      dialog.show(problemOfEnd(end));
    });
  }
}
