/** Keys and fingers whose end the browser does not tell of: nobody walks on, no stick is dead, no half-written line is sent. */
import { matchMaker } from "@colyseus/core";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";

/** What an event is made with. */
type Given = Readonly<Record<string, string | number | boolean>>;

const served = new ServedPage((page) => startServer({ games, page }));

describe.each(BROWSERS)("%s", (name) => {
  let tab: Page;
  /** What the server has heard last from the only player: where it wants to go. */
  let heard: { dx: number; dy: number };

  beforeEach(async ({ skip }) => {
    // A room to which nobody comes while the browser starts is gone.
    await served.browser(name, skip as (why: string) => never);
    const { roomId } = await matchMaker.createRoom("tag", { bots: 0 });
    heard = { dx: 0, dy: 0 };
    const { intake } = served.server.room(roomId).match;
    const accept = intake.accept.bind(intake);
    intake.accept = (seat, tick, openTick, input) => {
      heard = { ...(input as unknown as typeof heard) };
      return accept(seat, tick, openTick, input);
    };
    tab = await served.open(`?game=tag&room=${roomId}`, name, skip as (why: string) => never);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
  });
  afterEach(() => tab?.context().close());

  const hears = (dx: number, dy: number): Promise<void> => expect.poll(() => heard).toEqual({ dx, dy });

  /** A key event as some browser makes it; `keyCode` cannot be given to a constructor. */
  const key = (type: "keydown" | "keyup", init: Given, on = "body") =>
    tab.locator(on).evaluate(
      (target, { type, init: { keyCode, ...rest } }) => {
        const event = new KeyboardEvent(type, { bubbles: true, cancelable: true, ...rest });
        if (keyCode !== undefined) Object.defineProperty(event, "keyCode", { value: keyCode });
        target.dispatchEvent(event);
      },
      { type, init },
    );

  const finger = (type: string, init: Given) =>
    tab.locator("#field").evaluate(
      (field, { type, init }) => {
        const usual = { bubbles: true, cancelable: true, pointerType: "touch", buttons: 1, isPrimary: true };
        field.dispatchEvent(new PointerEvent(type, { ...usual, ...init }));
      },
      { type, init },
    );

  /** Puts a finger down and pushes to the right. */
  const push = async (pointerId: number, isPrimary = true) => {
    await finger("pointerdown", { pointerId, isPrimary, clientX: 150, clientY: 400 });
    await finger("pointermove", { pointerId, isPrimary, clientX: 200, clientY: 400 });
  };

  it("a key that is let go while Command is down, of which macOS tells nothing", async () => {
    await key("keydown", { code: "KeyD", key: "d" });
    await hears(1, 0);
    await key("keydown", { code: "MetaLeft", key: "Meta", metaKey: true });
    await hears(0, 0);
    // Pressed before, let go now, told never; and one that only belongs to a shortcut.
    await key("keydown", { code: "KeyS", key: "s", metaKey: true });
    await key("keyup", { code: "MetaLeft", key: "Meta" });
    await key("keydown", { code: "KeyA", key: "a" });
    await hears(-1, 0);
    await key("keyup", { code: "KeyA", key: "a" });
    await hears(0, 0);
  });

  it("a key that is held when the window, the page or the focus goes", async () => {
    for (const leave of [
      () => tab.evaluate(() => window.dispatchEvent(new Event("blur"))),
      () => tab.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
      () => tab.evaluate(() => document.dispatchEvent(new Event("fullscreenchange"))),
      () => tab.keyboard.press("Alt"),
      () => tab.keyboard.press("Enter"),
    ]) {
      // Alt, in Firefox, gives the keys to the window's menu.
      await tab.bringToFront();
      await tab.keyboard.down("d");
      await hears(1, 0);
      await leave();
      await hears(0, 0);
      await tab.keyboard.up("d");
    }
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe("chat-text");
  });

  it("a shortcut of the browser is no key of the page", async () => {
    const isOpen = await tab.locator("#net").isVisible();
    for (const modifier of ["ctrlKey", "metaKey", "altKey"])
      for (const [code, text] of [
        ["KeyH", "h"],
        ["KeyP", "p"],
        ["Enter", "Enter"],
      ] as const)
        await key("keydown", { code, key: text, [modifier]: true });
    expect(await tab.locator("#net").isVisible()).toBe(isOpen);
    expect(await tab.locator("#pause").getAttribute("aria-pressed")).toBe("false");
    expect(await tab.locator("#chat").isVisible()).toBe(false);
  });

  it("a finger that is lifted without a word, or with any other than pointerup", async () => {
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      await push(5);
      await hears(1, 0);
      await finger(end, { pointerId: 5 });
      await hears(0, 0);
    }
    await push(6);
    await hears(1, 0);
    await tab.evaluate(() => window.dispatchEvent(new Event("blur")));
    await hears(0, 0);
    // Nothing at all is said of 7; 8 is the first finger on the glass again.
    await push(7);
    await hears(1, 0);
    await finger("pointerdown", { pointerId: 8, clientX: 150, clientY: 400 });
    await hears(0, 0);
    await finger("pointermove", { pointerId: 8, clientX: 100, clientY: 400 });
    await hears(-1, 0);
    // A palm beside it takes the stick for as long as it lies there.
    await push(9, false);
    await hears(1, 0);
    await finger("pointerup", { pointerId: 9, isPrimary: false });
    await hears(0, 0);
    await finger("pointermove", { pointerId: 8, clientX: 90, clientY: 400 });
    await finger("pointermove", { pointerId: 8, clientX: 150, clientY: 400 });
    await hears(1, 0);
  });

  it("the Enter and the Escape that an input method uses for itself", async () => {
    await tab.keyboard.press("Enter");
    await tab.locator("#chat-text").fill("にほん");
    const text = () => tab.locator("#chat-text").inputValue();
    // Safari ends the composition first; others say that it is one.
    await key("keydown", { code: "Enter", key: "Enter", keyCode: 229 }, "#chat-text");
    await key("keydown", { code: "Enter", key: "Enter", isComposing: true }, "#chat-text");
    await key("keydown", { code: "Escape", key: "Escape", keyCode: 229 }, "#chat-text");
    expect(await text()).toBe("にほん");
    expect(await tab.locator("#chat").isVisible()).toBe(true);
    await tab.keyboard.press("Enter");
    await expect.poll(() => tab.locator("#chat-lines .said").allInnerTexts()).toEqual(["にほん"]);
    expect(await text()).toBe("");
  });
});
