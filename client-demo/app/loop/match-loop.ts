/** The match loop: advances, draws and reports one match, as often as the display refreshes. */

import type { MatchSource } from "../../../client/match/match-source.ts";
import type { Picture } from "../../../client/match/picture.ts";
import type { Roster } from "../../../client/match/roster.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { INK } from "../../ui/palette.ts";
import { drawStick } from "../../views/stick-art.ts";
import type { Scene } from "../../views/view.ts";
import type { PageOptions } from "../address/url-params.ts";
import { CommandBar } from "../commands/command-bar.ts";
import type { InputMapper } from "../input/input-mapper.ts";
import type { Pointer } from "../input/pointer.ts";
import { STICK_RADIUS } from "../input/stick.ts";
import type { HashRecord } from "../match/hash-record.ts";
import { calloutOf, fetching } from "../panels/callout.ts";
import type { Panels } from "../panels/panels.ts";
import type { PauseButton } from "../panels/pause-button.ts";
import type { Stage } from "./stage.ts";
import { createView } from "./view-registry.ts";

/** A hidden page is not drawn, but its world goes on: browsers allow it about one step a second. */
const HIDDEN_STEP_MS = 250;
const PANEL_INTERVAL_MS = 100;

export interface MatchLoopOptions {
  readonly game: AnyGame;
  readonly source: MatchSource<unknown>;
  readonly stage: Stage;
  readonly panels: Panels;
  readonly hand: InputMapper;
  readonly pointer: Pointer;
  readonly pause: PauseButton;
  readonly hashes: HashRecord;
  readonly pageOptions: PageOptions;
}

export class MatchLoop {
  readonly view;
  readonly #options: MatchLoopOptions;
  readonly #onVisibility = () => this.#schedule();
  readonly #onNetwork = () => this.#options.source.hurry();
  readonly #onPageHide = () => this.#options.source.sleep();
  readonly #onPageShow = () => this.#options.source.wake();
  #detach: (() => void) | undefined;
  #isRunning = false;
  #isReady = false;
  #request = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastDraw = 0;
  #nextPanels = 0;
  #roster: Roster = new Map();

  constructor(options: MatchLoopOptions) {
    this.#options = options;
    this.view = createView(options.game);
  }

  /** True once a world has been drawn, with a local seat unless this page only watches. */
  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    this.#isRunning = true;
    const { game, source, stage, pointer } = this.#options;
    const give = (name: string, fields?: unknown) => source.give(name, fields);
    this.#detach = this.view.attach?.({ canvas: stage.canvas, foot: stage.foot, give });
    const pointed = () => (pointer.at === undefined ? undefined : this.view.toWorld(pointer.at));
    new CommandBar(game, this.view.attach === undefined, { give, pointed });
    document.addEventListener("visibilitychange", this.#onVisibility);
    window.addEventListener("online", this.#onNetwork);
    window.addEventListener("pagehide", this.#onPageHide);
    window.addEventListener("pageshow", this.#onPageShow);
    this.#schedule();
  }

  stop(): void {
    this.#isRunning = false;
    this.#detach?.();
    document.removeEventListener("visibilitychange", this.#onVisibility);
    window.removeEventListener("online", this.#onNetwork);
    window.removeEventListener("pagehide", this.#onPageHide);
    window.removeEventListener("pageshow", this.#onPageShow);
    this.#schedule();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#request);
    clearInterval(this.#timer);
    this.#options.source.isHidden = document.hidden;
    if (!this.#isRunning) return;
    if (!document.hidden) this.#options.source.hurry();
    if (document.hidden) this.#timer = setInterval(() => this.#advance(performance.now()), HIDDEN_STEP_MS);
    else this.#request = requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    const now = performance.now();
    if (!this.#advance(now)) return;
    this.#request = requestAnimationFrame(() => this.#frame());
    this.#draw(now);
  }

  /** False when the match has ended with it: the rules failed, and there is no world to go on with. */
  #advance(now: number): boolean {
    const { source, hashes } = this.#options;
    source.advance(now);
    if (!this.#isRunning) return false;
    const { confirmed } = source;
    if (confirmed !== undefined) hashes.record(confirmed);
    return true;
  }

  #draw(now: number): void {
    const { source, stage, panels, pointer } = this.#options;
    const elapsed = Math.min(250, now - this.#lastDraw);
    this.#lastDraw = now;
    const { brush, screen } = stage.begin(INK.page, panels.net.isOpen);
    const arePanelsDue = now >= this.#nextPanels;
    if (arePanelsDue) {
      this.#nextPanels = now + PANEL_INTERVAL_MS;
      this.#roster = source.roster();
    }
    const picture = source.picture(now);
    if (picture !== undefined) {
      const scene = this.#scene(picture, now, elapsed);
      this.view.draw(scene, brush, screen);
      panels.news.add(this.view.takeNews?.() ?? [], this.#roster);
      for (const stick of [pointer.move, pointer.act])
        if (stick.isHeld) drawStick(brush, stick.origin, stick.thumb, STICK_RADIUS);
      const { game, pageOptions, pause } = this.#options;
      this.#isReady ||= source.seat !== undefined || pageOptions.roomOptions.watch === true;
      if (arePanelsDue) {
        const callout = calloutOf({ game, source, roster: this.#roster });
        const board = this.view.board(scene);
        pause.show(this.#roster, source.phase);
        panels.show(source, callout === undefined ? board : { ...board, callout }, this.#roster, now);
      }
    } else if (arePanelsDue) {
      panels.wait(fetching(source.figures.joinProgress));
    }
    panels.net.count(source, now);
  }

  #scene(picture: Picture<unknown>, now: number, elapsed: number): Scene<unknown> {
    const { game, source, hand, pageOptions } = this.#options;
    return {
      ...picture,
      ...{ game, now, elapsed },
      seat: source.seat,
      roster: this.#roster,
      // A bot's hand does not aim for the player.
      aim: pageOptions.isAuto ? undefined : hand.aim(this.view),
    };
  }
}
