/** Cards' rules: turns, what fits on what, eights, and who wins. */
import { expect, it } from "vitest";
import { cards } from "../../shared/games/cards.ts";
import { Played } from "../kit/games/played.ts";

const SEVEN = 0;
const EIGHT = 1;
const card = (suit: number, rank: number): number => suit * 8 + rank;

/** Two players with these hands; on the pile lies the seven of the first suit. */
function table(first: number[], second: number[]) {
  const played = new Played(cards);
  played.join(0, 1);
  const { state } = played;
  state.hands.get(0)!.cards = [...first];
  state.hands.get(1)!.cards = [...second];
  state.pile = [card(0, SEVEN)];
  state.suit = 0;
  return { played, state };
}

it("is played in turns, with cards that fit", () => {
  const { played, state } = table([card(0, 3), card(1, 3), card(2, 5)], [card(1, 3), card(1, 4)]);
  expect(played.give(1, "play", { card: card(1, 3), suit: 0 })).toBe("it is not your turn");
  expect(played.give(1, "draw")).toBe("it is not your turn");
  expect(played.give(0, "play", { card: card(3, 3), suit: 0 })).toBe("you do not hold this card");
  expect(played.give(0, "play", { card: card(2, 5), suit: 0 })).toBe("this card does not fit");
  expect(played.give(0, "play", { card: card(0, 3), suit: 0 })).toBeUndefined();
  expect([state.turn, state.pile.at(-1)]).toEqual([1, card(0, 3)]);
  expect(played.give(1, "play", { card: card(1, 3), suit: 0 })).toBeUndefined();
  expect(state.suit).toBe(1);
});

it("lets an eight follow everything and say what follows it", () => {
  const { played, state } = table([card(2, EIGHT), card(2, 5)], [card(3, 5), card(0, 5)]);
  expect(played.give(0, "play", { card: card(2, EIGHT), suit: 4 })).toBe("this card does not fit");
  expect(played.give(0, "play", { card: card(2, EIGHT), suit: 3 })).toBeUndefined();
  expect(state.suit).toBe(3);
  expect(played.give(1, "play", { card: card(0, 5), suit: 0 })).toBe("this card does not fit");
  expect(played.give(1, "play", { card: card(3, 5), suit: 0 })).toBeUndefined();
});

it("is won by whoever has no cards left; then all are dealt anew", () => {
  const { played, state } = table([card(0, 3)], [card(1, 3)]);
  expect(played.give(0, "play", { card: card(0, 3), suit: 0 })).toBeUndefined();
  expect([...state.hands.values()].map((hand) => [hand.wins, hand.cards.length])).toEqual([
    [1, 5],
    [0, 5],
  ]);
});

it("goes on without whoever sleeps or leaves, and loses no card", () => {
  const { played, state } = table([card(0, 3), card(1, 2)], [card(1, 3)]);
  const count = (): number =>
    state.deck.length +
    state.pile.length +
    [...state.hands.values()].reduce((sum, { cards: all }) => sum + all.length, 0);
  const before = count();
  played.run(20 * cards.tickRate);
  expect([state.turn, state.hands.get(0)!.cards.length, count()]).toEqual([1, 3, before]);
  played.leave(1);
  expect([state.turn, count()]).toEqual([0, before]);
  for (let i = 0; i < 100; i++) expect(played.give(0, "draw")).toBeUndefined();
  expect(count()).toBe(before);
  expect(state.deck).toEqual([]);
});

it("is won by bots now and then, who are never refused", () => {
  const played = new Played(cards);
  played.join(0, 1, 2, 3);
  played.playBots(0, 1, 2, 3);
  played.run(5000);
  expect([...played.state.hands.values()].reduce((sum, { wins }) => sum + wins, 0)).toBeGreaterThan(3);
  expect(played.botRefusals).toEqual([]);
});
