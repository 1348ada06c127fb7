/** A window's stay without a server (`?offline=1`): the referee runs in this page, and its code is fetched only here. */
import type { MatchSource } from "../../../client/match/match-source.ts";
import { type ActionKind, type Problem, problemOfEnd } from "../address/problem.ts";
import type { PageOptions } from "../address/url-params.ts";
import type { SampledInput } from "../input/input-mapper.ts";
import type { MatchLoop } from "../loop/match-loop.ts";
import type { ProblemDialog } from "./problem-dialog.ts";
import { visitorName } from "./visitor.ts";

const MOST_SEED = 2 ** 32;

/** The page was opened, and a part of it could not be fetched any more. */
const INCOMPLETE: Problem = {
  title: "A part of this page is missing",
  sentence: "What is needed to play without a server could not be loaded.",
  actions: [{ label: "Reload the page", does: "reload" }],
};

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
    void this.#begin();
  }

  /** What the player chose in the dialog. */
  act(kind: ActionKind): void {
    if (kind === "reload") location.reload();
    else this.begin();
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
    const source = new local.LocalMatch<unknown, unknown>(game, {
      ...{ sample, name, bots, seed },
      watch: roomOptions.watch,
    });
    dialog.close();
    const loop = play(source);
    source.on("end", (end) => {
      loop.stop();
      dialog.show(problemOfEnd(end));
    });
  }
}
