/** The thumbnails of a recording: its keyframes as the game's own view draws them, each when it is first looked at. */
import { shownRoster } from "../../../client/replay/shown-roster.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import type { Recording } from "../../../shared/recording/recording.ts";
import { INK } from "../../ui/palette.ts";
import type { Scene, Screen } from "../../views/view.ts";
import { createView } from "../loop/view-registry.ts";

/** In CSS pixels of the page; what is drawn in it is drawn for a screen that is so many times as large. */
const WIDTH = 160;
const HEIGHT = 100;
const SMALLER = 4;
/** Of the whole recording: a few. They are kept, so it costs a megabyte and a half at the most. */
const MOST = 24;

const SCREEN: Screen = {
  ...{ width: WIDTH * SMALLER, height: HEIGHT * SMALLER, isCalm: true },
  insets: { top: 0, right: 0, bottom: 0, left: 0 },
};

export class Thumbnails {
  readonly #game: AnyGame;
  readonly #recording: Recording;
  readonly #made = new Map<number, HTMLCanvasElement>();

  constructor(game: AnyGame, recording: Recording) {
    this.#game = game;
    this.#recording = recording;
  }

  /** The one of a place; undefined where the world cannot be read or drawn. */
  at(tick: number): HTMLCanvasElement | undefined {
    const { firstTick, endTick } = this.#recording;
    const part = (endTick - firstTick) / MOST;
    // The keyframe before the middle of the part that the place is in.
    const middle = firstTick + (Math.min(MOST - 1, Math.floor((tick - firstTick) / part)) + 0.5) * part;
    const index = this.#recording.blocks.findLastIndex((block) => block.tick <= middle);
    const made = this.#made.get(index);
    if (made !== undefined) return made;
    const canvas = this.#draw(Math.max(0, index));
    if (canvas !== undefined) this.#made.set(index, canvas);
    return canvas;
  }

  #draw(index: number): HTMLCanvasElement | undefined {
    const block = this.#recording.block(index);
    const world = typeof block === "string" ? undefined : Simulation.from(this.#game, block.keyframe);
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const brush = canvas.getContext("2d", { alpha: false });
    if (typeof block === "string" || world === undefined || brush === null) return undefined;
    const { state, tick } = world;
    const scene: Scene<unknown> = {
      ...{ game: this.#game, state, previous: state, confirmed: state },
      ...{ tick, confirmedTick: tick, alpha: 1, now: performance.now(), elapsed: 0 },
      ...{ seat: undefined, roster: shownRoster(block.rosters[0]!.what), aim: undefined },
    };
    brush.scale(1 / SMALLER, 1 / SMALLER);
    brush.fillStyle = INK.page;
    brush.fillRect(0, 0, SCREEN.width, SCREEN.height);
    createView(this.#game).draw(scene, brush, SCREEN);
    return canvas;
  }
}
