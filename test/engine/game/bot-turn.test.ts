/** The turn of a bot: what it gives is checked in the tick that it is given in. */
import { expect, it } from "vitest";
import { BotTurn } from "../../../shared/engine/game/bot-turn.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { ledger } from "../../kit/games/ledger-game.ts";

it("a command that there is not is refused with those that there are", () => {
  const names = Object.keys(ledger.commands!).join(", ");
  const { give } = new BotTurn(ledger, new WorldRandom(1));
  expect(() => give("nothing")).toThrow(`ledger.commands: there is no "nothing"; the game has ${names}`);
  const { give: without } = new BotTurn({ name: "still" }, new WorldRandom(1));
  expect(() => without("nothing")).toThrow('still.commands: there is no "nothing"; the game has no commands');
});

it("what a bot returned is its input, and nothing only where there is none", () => {
  const { input, ...rest } = ledger;
  const [held, alone] = [new BotTurn(ledger, new WorldRandom(1)), new BotTurn(rest, new WorldRandom(1))];
  expect(input).toBeDefined();
  expect(held.inputOf({ dx: 1 })).toEqual({ dx: 1 });
  expect(held.inputOf(undefined), "a script that forgot its return is told that, and not of a field").toBeUndefined();
  expect(alone.inputOf(undefined)).toEqual({});
});
