/** A window's stay with a recording (`?replay`): nothing is played, and the code for it is fetched only here. */
import type { ReplayMatch } from "../../../client/replay/replay-match.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Problem } from "../address/problem.ts";
import type { MatchLoop } from "../loop/match-loop.ts";
import type { ProblemDialog } from "./problem-dialog.ts";
import { playOn, reloadOnTheWay } from "./recorded-beginning.ts";

/** The page was opened, and a part of it could not be fetched any more. */
const INCOMPLETE: Problem = {
  title: "A part of this page is missing",
  sentence: "What is needed to show a recording could not be loaded.",
  actions: [{ label: "Reload the page", does: "reload" }],
};

export interface ReplayVisitOptions {
  /** The address of the file; empty for one that is chosen in the page. */
  readonly url: string;
  readonly games: readonly AnyGame[];
  readonly dialog: ProblemDialog;
  /** Begins to draw; what it returns is stopped when another recording takes its place. */
  readonly play: (match: ReplayMatch<unknown, unknown>) => MatchLoop;
}

export class ReplayVisit {
  readonly #options: ReplayVisitOptions;
  #loop: MatchLoop | undefined;

  constructor(options: ReplayVisitOptions) {
    this.#options = options;
  }

  begin(): void {
    reloadOnTheWay();
    void this.#begin();
  }

  /** What the visitor chose in the dialog. */
  act(): void {
    location.reload();
  }

  async #begin(): Promise<void> {
    const { url, games, dialog, play } = this.#options;
    const replay = await import("../replay/replay-page.ts").catch(() => undefined);
    if (replay === undefined) {
      dialog.show(INCOMPLETE);
      return;
    }
    const page = new replay.ReplayPage({
      games,
      play: (match) => {
        this.#loop?.stop();
        this.#loop = play(match);
      },
      playOn: (match) => playOn(match.game.name, match.beginning()),
    });
    if (url !== "") page.openUrl(url);
  }
}
