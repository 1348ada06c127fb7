/** The problems of a player in a real browser: a sentence and a button, and a server that comes back. */
import { ColyseusSDK } from "@colyseus/sdk";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { RulesError } from "../../shared/engine/game/rules-error.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { throwing } from "../kit/games/broken-games.ts";
import { ServedPage } from "../kit/servers/served-page.ts";
import { startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";

const served = new ServedPage((page) => startServer({ games: [...games, throwing(20)], page }));

const problemOf = async (tab: Page): Promise<string> => {
  const dialog = tab.locator("dialog[open]");
  await dialog.waitFor();
  return dialog.innerText();
};

describe.each(BROWSERS)("%s", (name) => {
  it.for([
    ["?game=chess", /no game called “chess”[\s\S]*Play arena/],
    ["?game=tag&room=nowhere", /That room is over[\s\S]*Start a new room/],
    ["?bots=many", /“bots=many” cannot be used[\s\S]*Play without it/],
  ] as const)("%s", async ([search, text], { skip }) => {
    const tab = await served.open(search, name, skip);
    expect(await problemOf(tab)).toMatch(text);
    await tab.context().close();
  });

  it("a full room says so and offers another", async ({ skip }) => {
    const sdk = new ColyseusSDK(served.server.url);
    const rooms = [await sdk.create("tag")];
    const { roomId } = rooms[0]!;
    for (let i = 1; i < 8; i++) rooms.push(await sdk.joinById(roomId));
    const tab = await served.open(`?game=tag&room=${roomId}`, name, skip);
    expect(await problemOf(tab)).toMatch(/This room is full[\s\S]*Play in another room/);
    await tab.getByRole("button", { name: "Play in another room" }).click();
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    await tab.context().close();
    await Promise.all(rooms.map((room) => room.leave()));
  });

  it.for([
    ["the rules'", new RulesError("tag", "step", new Error("sabotage")), /The rules of tag failed at tick \d+/],
    ["the server's", new Error("sabotage"), /fault of the server at tick \d+ [\s\S]*no fault of the game's rules/i],
  ] as const)("a room that ends by a fault tells its player whose it is: %s", async ([, fault, sentence], { skip }) => {
    const tab = await served.open("?game=tag&bots=2", name, skip);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    const roomId = await tab.evaluate(() => window.phalanx.session!.room.roomId);
    const { match } = served.server.room(roomId);
    const closeTick = match.closeTick.bind(match);
    let left = 5;
    match.closeTick = (now) => {
      if (left-- === 0) throw fault;
      return closeTick(now);
    };
    const problem = await problemOf(tab);
    expect(problem).toMatch(/This room has ended/);
    expect(problem).toMatch(sentence);
    await tab.context().close();
  });

  it("plays with the keyboard, and the player's own move is seen before the server has confirmed it", async ({
    skip,
  }) => {
    const tab = await served.open("?game=tag&bots=2&lag=300", name, skip);
    await tab.waitForFunction(() => window.phalanx?.ready === true);
    const positions = () =>
      tab.evaluate(() => {
        const { client } = window.phalanx.session!;
        const at = (state: unknown) => (state as { runners: Map<number, { x: number }> }).runners.get(client.seat!)!.x;
        return { predicted: at(client.state), confirmed: at(client.confirmed.state) };
      });
    // Whoever is "it" stands still for a second.
    await until("time passes", () =>
      served.server.app.registry.reports().some((room) => room.game === "tag" && room.tick > 60),
    );
    const before = await positions();
    const [key, way] = before.predicted > 400 ? ["ArrowLeft", -1] : ["ArrowRight", 1];
    await tab.keyboard.down(key as string);
    await tab.waitForFunction(
      ([from, sign]) => {
        const { client } = window.phalanx.session!;
        const at = (state: unknown) => (state as { runners: Map<number, { x: number }> }).runners.get(client.seat!)!.x;
        return (at(client.state) - from!) * sign! > 0 && at(client.confirmed.state) === from;
      },
      [before.confirmed, way as number],
      { polling: 10 },
    );
    await tab.keyboard.up(key as string);
    await tab.context().close();
  });
});
