/** One session on the screen: advance, draw, and tell, as often as the display shows a picture. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { Roster } from "../net/session.ts";
import { INK } from "../views/palette.ts";
import { createView } from "../views/registry.ts";
import { drawStick } from "../views/stick-art.ts";
import type { Board, Scene } from "../views/view.ts";
import type { AnySession } from "./any-session.ts";
import type { Hand } from "./hand.ts";
import type { HashRecord } from "./hash-record.ts";
import type { Panels } from "./panels.ts";
import type { Pointer } from "./pointer.ts";
import type { Stage } from "./stage.ts";
import { STICK_RADIUS } from "./stick.ts";

/** A hidden page is not drawn, but its world goes on: browsers allow it about one step a second. */
const HIDDEN_STEP_MS = 250;
const PANEL_INTERVAL_MS = 100;

export interface MatchLoopOptions {
  readonly game: AnyGame;
  readonly session: AnySession;
  readonly stage: Stage;
  readonly panels: Panels;
  readonly hand: Hand;
  readonly pointer: Pointer;
  readonly hashes: HashRecord;
  /** The hand is a bot's: it does not aim for the player. */
  readonly isAuto: boolean;
}

export class MatchLoop {
  readonly view;
  readonly #options: MatchLoopOptions;
  readonly #onVisibility = () => this.#schedule();
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

  /** True once a world with an own seat has been drawn. */
  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    this.#isRunning = true;
    document.addEventListener("visibilitychange", this.#onVisibility);
    this.#schedule();
  }

  stop(): void {
    this.#isRunning = false;
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#schedule();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#request);
    clearInterval(this.#timer);
    if (!this.#isRunning) return;
    if (document.hidden) this.#timer = setInterval(() => this.#advance(performance.now()), HIDDEN_STEP_MS);
    else this.#request = requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    const now = performance.now();
    if (!this.#advance(now)) return;
    this.#request = requestAnimationFrame(() => this.#frame());
    this.#draw(now);
  }

  /** False when the session has ended with it: the rules failed, and there is no world to go on with. */
  #advance(now: number): boolean {
    const { session, hashes } = this.#options;
    session.advance(now);
    if (!this.#isRunning) return false;
    const { client } = session;
    if (client.isSynced) hashes.record(client.confirmedTick, () => client.confirmed.hash());
    return true;
  }

  #draw(now: number): void {
    const { session, stage, panels, pointer } = this.#options;
    const { client } = session;
    const elapsed = Math.min(250, now - this.#lastDraw);
    this.#lastDraw = now;
    const { brush, screen } = stage.begin(INK.page, panels.net.isOpen);
    const arePanelsDue = now >= this.#nextPanels;
    if (arePanelsDue) {
      this.#nextPanels = now + PANEL_INTERVAL_MS;
      this.#roster = session.roster();
    }
    if (client.isSynced && client.predictedTick > 0) {
      const scene = this.#scene(now, elapsed);
      this.view.draw(scene, brush, screen);
      panels.news.add(this.view.takeNews?.() ?? [], this.#roster);
      for (const stick of [pointer.move, pointer.act])
        if (stick.isHeld) drawStick(brush, stick.origin, stick.thumb, STICK_RADIUS);
      this.#isReady ||= client.seat !== undefined;
      if (arePanelsDue) panels.show(session, this.#waiting(this.view.board(scene)), this.#roster, now);
    } else if (arePanelsDue) {
      panels.wait("Fetching the world");
    }
    panels.net.count(session, now);
  }

  #scene(now: number, elapsed: number): Scene<unknown> {
    const { game, session, hand, isAuto } = this.#options;
    const { client } = session;
    return {
      ...{ game, now, elapsed },
      state: client.state,
      previous: client.previousState,
      confirmed: client.confirmed.state,
      confirmedTick: client.confirmedTick,
      tick: client.predictedTick,
      alpha: client.alpha,
      seat: client.seat,
      roster: this.#roster,
      aim: isAuto ? undefined : hand.aim(this.view),
    };
  }

  #waiting(board: Board): Board {
    if (this.#options.session.phase !== "waiting") return board;
    const { min } = this.#options.game.seats;
    const missing = min - this.#roster.size;
    const detail = `${missing} more needed. Copy the invite link, or open it in a second window.`;
    return { ...board, callout: { title: "Waiting for players", detail } };
  }
}
