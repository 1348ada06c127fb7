/** The hand on the field: drag to choose, tap or right click to order, two fingers or keys to move the lens, and the bar's buttons. */
import { isFighter } from "../../../shared/games/skirmish/kinds.ts";
import { CELL } from "../../../shared/games/skirmish/map.ts";
import type { FrozenState } from "../../../shared/games/skirmish/schema.ts";
import type { Desk, Point } from "../view.ts";
import { Fingers } from "./fingers.ts";
import type { Lens } from "./lens.ts";
import type { Minimap } from "./minimap.ts";
import { OrderBar, type Wish } from "./order-bar.ts";
import { Orders } from "./orders.ts";
import { type Box, isIdleWorker, Selection, unitAt, unitsIn } from "./selection.ts";
import type { UnitMotion } from "./unit-motion.ts";

/** In cells: a finger is thicker than a mouse. */
const SLACK = { mouse: 0.35, touch: 0.8 } as const;
const PAN_KEYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
  KeyA: { x: 1, y: 0 },
  KeyD: { x: -1, y: 0 },
  KeyW: { x: 0, y: 1 },
  KeyS: { x: 0, y: -1 },
};
/** Pixels a millisecond. */
const PAN_SPEED = 0.9;
const TAKES_KEYS = "input, textarea, select, dialog, button";
const DOUBLE_MS = 320;

/** What the hand sees of the picture. */
export interface Look {
  readonly state: FrozenState;
  readonly seat: number | undefined;
}

export class Hand {
  readonly selection = new Selection();
  readonly #lens: Lens;
  readonly #minimap: Minimap;
  readonly #motion: UnitMotion;
  readonly #fingers: Fingers;
  readonly #bar: OrderBar;
  readonly #orders: Orders;
  readonly #keys = new Set<string>();
  readonly #over = new AbortController();
  #look: Look | undefined;
  /** Of the last draw, in milliseconds. */
  #now = 0;
  #mode: Wish | undefined;
  #lastTap: { readonly kind: number; readonly at: number } | undefined;
  /** Where the last order pointed to, until somebody has drawn it. */
  #mark: Point | undefined;

  constructor({ canvas, foot, give }: Desk, lens: Lens, minimap: Minimap, motion: UnitMotion) {
    this.#lens = lens;
    this.#minimap = minimap;
    this.#motion = motion;
    const over = this.#over.signal;
    this.#bar = new OrderBar(foot, (wish) => this.#do(wish), over);
    this.#orders = new Orders(give, this.selection, (reason) => this.#bar.say(reason, this.#now));
    this.#fingers = new Fingers(canvas, over, {
      isOnMap: (at) => this.#minimap.fieldAt(at) !== undefined,
      onMap: (at) => this.#lookAt(at),
      onTap: (tap) => this.#tap(tap.at, tap.isTouch, tap.isAdded),
      onOrder: (at) => this.#order(this.#minimap.fieldAt(at) ?? this.#lens.toField(at)),
      onBox: (box, isAdded) => this.#choose(box, isAdded),
      onPan: (dx, dy) => this.#lens.pan(dx, dy),
      onZoom: (at, factor) => this.#lens.zoom(at, factor),
    });
    window.addEventListener("keydown", (event) => this.#press(event), { signal: over });
    window.addEventListener("keyup", ({ code }) => this.#keys.delete(code), { signal: over });
    window.addEventListener("blur", () => this.#keys.clear(), { signal: over });
  }

  /** Takes its buttons away and listens no more. */
  letGo(): void {
    this.#over.abort();
  }

  /** The box that is being drawn, on the screen. */
  get box(): Box | undefined {
    return this.#fingers.box;
  }

  /** The building that is about to be placed, and where. */
  get ghost(): { readonly kind: number; readonly at: Point } | undefined {
    const { at } = this.#fingers;
    if (this.#mode?.do !== "place" || at === undefined) return undefined;
    return { kind: this.#mode.kind, at: this.#lens.toField(at) };
  }

  takeMark(): Point | undefined {
    const mark = this.#mark;
    this.#mark = undefined;
    return mark;
  }

  /** Before every draw. */
  see(look: Look, elapsed: number, now: number): void {
    this.#look = look;
    this.#now = now;
    this.selection.prune(look.state, look.seat);
    for (const code of this.#keys) {
      const { x, y } = PAN_KEYS[code]!;
      this.#lens.pan(x * PAN_SPEED * elapsed, y * PAN_SPEED * elapsed);
    }
    this.#bar.show({ ...look, mode: this.#mode, chosen: this.selection.chosen, now });
  }

  #lookAt(at: Point): void {
    const field = this.#minimap.fieldAt(at);
    if (field !== undefined) this.#lens.lookAt(field);
  }

  #press(event: KeyboardEvent): void {
    const { code, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || this.#look?.seat === undefined) return;
    if (target instanceof Element && target.closest(TAKES_KEYS) !== null) return;
    if (code === "Escape") {
      this.#mode = undefined;
      this.selection.choose([], false);
    }
    if (PAN_KEYS[code] !== undefined) this.#keys.add(code);
    const wish = event.repeat ? undefined : this.#bar.wishOf(code);
    if (wish !== undefined) this.#do(wish);
    if (code === "Space" || code.startsWith("Arrow")) event.preventDefault();
  }

  #do(wish: Wish): void {
    const look = this.#look;
    if (look?.seat === undefined) return;
    const { state, seat } = look;
    if (wish.do === "train") this.#orders.train(state, seat, wish.kind);
    else if (wish.do === "stop") this.#orders.stop(state);
    else if (wish.do === "army") this.#chooseAll(({ kind }) => isFighter(kind));
    else if (wish.do === "idle") this.#chooseAll(isIdleWorker);
    else if (wish.do === "home") this.goHome(look);
    else {
      const isOff =
        this.#mode?.do === wish.do && ("kind" in wish ? "kind" in this.#mode && this.#mode.kind === wish.kind : true);
      this.#mode = isOff ? undefined : wish;
    }
  }

  goHome({ state, seat }: Look): void {
    for (const id of state.yards.keys()) {
      const unit = state.units[id]!;
      if (unit.owner !== seat) continue;
      this.#lens.lookAt({ x: unit.x / CELL, y: unit.y / CELL });
      return;
    }
  }

  #chooseAll(fits: Parameters<Selection["ids"]>[1] & {}): void {
    const { state, seat } = this.#look!;
    const all = [...state.units.keys()].filter((id) => state.units[id]!.owner === seat && fits(state.units[id]!));
    this.selection.choose(all, false);
  }

  #choose(box: Box, isAdded: boolean): void {
    if (this.#look?.seat === undefined) return;
    const from = this.#lens.toField({ x: box.left, y: box.top });
    const to = this.#lens.toField({ x: box.right, y: box.bottom });
    const field = { left: from.x, top: from.y, right: to.x, bottom: to.y };
    this.selection.choose(unitsIn(this.#look.state, this.#motion, this.#look.seat, field), isAdded);
  }

  /** An own unit is chosen, all of its kind in sight by a second tap; a finger elsewhere orders, a mouse lets go. */
  #tap(at: Point, isTouch: boolean, isAdded: boolean): void {
    if (this.#look?.seat === undefined) return;
    const { state, seat } = this.#look;
    const field = this.#lens.toField(at);
    if (this.#mode?.do === "place") {
      this.#orders.build(state, seat, this.#mode.kind, field);
      this.#mode = undefined;
      return;
    }
    const slack = Math.max(SLACK[isTouch ? "touch" : "mouse"], (isTouch ? 16 : 6) / this.#lens.scale);
    const id = unitAt(state, this.#motion, field, slack, ({ owner }) => owner === seat);
    if (id === undefined) {
      if (isTouch || this.#mode?.do === "march") this.#order(field);
      else if (!isAdded) this.selection.choose([], false);
      return;
    }
    const { kind } = state.units[id]!;
    const now = this.#now;
    const isDouble = this.#lastTap?.kind === kind && now - this.#lastTap.at < DOUBLE_MS;
    this.#lastTap = { kind, at: now };
    if (!isDouble) this.selection.choose([id], isAdded);
    else {
      const alike = unitsIn(state, this.#motion, seat, this.#lens.window).filter(
        (one) => state.units[one]!.kind === kind,
      );
      this.selection.choose(alike.length > 0 ? alike : [id], isAdded);
    }
  }

  #order(field: Point): void {
    if (this.#look?.seat === undefined) return;
    if (this.#mode?.do === "place") {
      this.#mode = undefined;
      return;
    }
    const isMarch = this.#mode?.do === "march";
    this.#mode = undefined;
    if (this.#orders.send(this.#look.state, field, isMarch)) this.#mark = field;
  }
}
