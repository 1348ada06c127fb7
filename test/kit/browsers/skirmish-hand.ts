/** A hand on the page of skirmish: a mouse, or a finger, that does what a plan says with buttons, boxes, taps and the small map. */
import type { CDPSession, Page } from "playwright-core";
import { Kind } from "../../../shared/games/skirmish/kinds.ts";
import { FIELD, type Point } from "../../../shared/games/skirmish/map.ts";
import type { Deed } from "../games/skirmish-plan.ts";
import type { BrowserName } from "./browser.ts";

/** The size of its window; and of the small map in the corner with its distance from there. */
const LOOKS = {
  mouse: { viewport: { width: 1280, height: 860 }, map: { width: 210, gap: 12, inset: 16 } },
  touch: { viewport: { width: 390, height: 844 }, map: { width: 120, gap: 8, inset: 0 } },
} as const;
const LABELS: Readonly<Record<number, string>> = {
  [Kind.worker]: "Worker",
  [Kind.soldier]: "Soldier",
  [Kind.archer]: "Archer",
  [Kind.barracks]: "Barracks",
};
/** Pixels that a building, or a thumb, needs around it. */
const ROOM = 36;

export type HandKind = keyof typeof LOOKS;

/** What a browser context is opened with for this hand. Firefox's driver knows no screen that can be touched. */
export const contextFor = (hand: HandKind, browser: BrowserName) => ({
  viewport: LOOKS[hand].viewport,
  hasTouch: hand === "touch" && browser === "chromium",
});

export class SkirmishHand {
  readonly #tab: Page;
  readonly #kind: HandKind;
  /** Where fingers are real; undefined: what a finger would cause is told to the page's field. */
  readonly #fingers: CDPSession | undefined;
  /** From the screen to the state: a place, and how much a pixel is. */
  #origin: Point = { x: 0, y: 0 };
  #unit = 1;
  /** Between the page's bars, less the room around. */
  #free = { left: 0, top: 0, right: 0, bottom: 0 };

  private constructor(tab: Page, kind: HandKind, fingers: CDPSession | undefined) {
    this.#tab = tab;
    this.#kind = kind;
    this.#fingers = fingers;
  }

  static async on(tab: Page, kind: HandKind, browser: BrowserName): Promise<SkirmishHand> {
    const isReal = kind === "touch" && browser === "chromium";
    const hand = new SkirmishHand(tab, kind, isReal ? await tab.context().newCDPSession(tab) : undefined);
    await hand.look();
    return hand;
  }

  /** Where everything is on the screen now. */
  async look(): Promise<void> {
    const { origin, far, bar, foot } = await this.#tab.evaluate(() => ({
      origin: window.phalanx.toWorld({ x: 0, y: 0 })!,
      far: window.phalanx.toWorld({ x: 100, y: 0 })!,
      bar: document.querySelector("#bar")!.getBoundingClientRect().bottom,
      foot: document.querySelector("#foot")!.getBoundingClientRect().top,
    }));
    this.#origin = origin;
    this.#unit = (far.x - origin.x) / 100;
    const { width } = LOOKS[this.#kind].viewport;
    this.#free = { left: ROOM, top: bar + ROOM, right: width - ROOM, bottom: foot - ROOM };
  }

  toScreen({ x, y }: Point): Point {
    return { x: (x - this.#origin.x) / this.#unit, y: (y - this.#origin.y) / this.#unit };
  }

  /** Whether it can point at this place of the state: bars and the small map cover the rest. */
  isInReach(place: Point): boolean {
    const { x, y } = this.toScreen(place);
    const { left, top, right, bottom } = this.#free;
    const map = this.#map();
    const isOnMap = x > map.left - ROOM && y > map.top - ROOM;
    return x > left && x < right && y > top && y < bottom && !isOnMap;
  }

  async do(deed: Deed): Promise<void> {
    if (deed.do === "train") for (let i = 0; i < deed.times; i++) await this.press(LABELS[deed.kind]!);
    else if (deed.do === "build") {
      await this.press(LABELS[deed.kind]!);
      await this.tap(this.toScreen(deed.at));
    } else {
      await this.press(deed.do === "gather" ? "Idle" : "Army");
      await this.order(deed.at);
    }
  }

  /** A button of the page. */
  async press(label: string): Promise<void> {
    const button = this.#tab.locator(".orders button", { hasText: label });
    if (this.#fingers === undefined) await button.click();
    else await button.tap();
  }

  /** Sends who is chosen to a place of the state, by the small map when it is out of reach. */
  async order(place: Point): Promise<void> {
    const isNear = this.isInReach(place);
    if (this.#kind === "mouse") {
      const { x, y } = isNear ? this.toScreen(place) : this.#onMap(place);
      await this.#tab.mouse.click(x, y, { button: "right" });
      return;
    }
    if (!isNear) await this.lookAt(place);
    await this.tap(this.toScreen(place));
    if (!isNear) await this.goHome();
  }

  async tap(at: Point): Promise<void> {
    if (this.#kind === "mouse") await this.#tab.mouse.click(at.x, at.y);
    else if (this.#fingers !== undefined) await this.#tab.touchscreen.tap(at.x, at.y);
    else await this.#told(["pointerdown", at], ["pointerup", at]);
  }

  async box(from: Point, to: Point): Promise<void> {
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    if (this.#kind === "mouse") {
      await this.#tab.mouse.move(from.x, from.y);
      await this.#tab.mouse.down();
      for (const { x, y } of [middle, to]) await this.#tab.mouse.move(x, y);
      await this.#tab.mouse.up();
    } else if (this.#fingers !== undefined) {
      await this.#touch("touchStart", from);
      for (const at of [middle, to]) await this.#touch("touchMove", at);
      await this.#touch("touchEnd");
    } else await this.#told(["pointerdown", from], ["pointermove", middle], ["pointermove", to], ["pointerup", to]);
  }

  /** Moves what the screen shows, by the small map. */
  async lookAt(place: Point): Promise<void> {
    await this.tap(this.#onMap(place));
    await this.#drawn();
  }

  async goHome(): Promise<void> {
    await this.press("Home");
    await this.#drawn();
  }

  async #drawn(): Promise<void> {
    await this.#tab.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
    );
    await this.look();
  }

  #onMap({ x, y }: Point): Point {
    const { left, top, width, height } = this.#map();
    return { x: left + (x / FIELD.width) * width, y: top + (y / FIELD.height) * height };
  }

  #map(): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
    const { viewport, map } = LOOKS[this.#kind];
    const height = (map.width * FIELD.height) / FIELD.width;
    const foot = this.#free.bottom + ROOM;
    return {
      left: viewport.width - map.inset - map.gap - map.width,
      top: foot - map.gap - height,
      width: map.width,
      height,
    };
  }

  async #touch(type: "touchStart" | "touchMove" | "touchEnd", at?: Point): Promise<void> {
    await this.#fingers!.send("Input.dispatchTouchEvent", { type, touchPoints: at === undefined ? [] : [{ ...at }] });
  }

  async #told(...events: readonly (readonly [type: string, at: Point])[]): Promise<void> {
    await this.#tab.locator("#field").evaluate((field, events) => {
      for (const [type, { x, y }] of events) {
        const usual = { bubbles: true, cancelable: true, pointerType: "touch", isPrimary: true, pointerId: 7 };
        field.dispatchEvent(new PointerEvent(type, { ...usual, clientX: x, clientY: y }));
      }
    }, events);
  }
}
