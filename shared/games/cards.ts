/** Cards: a game of eights for two to four, in turns, with commands alone. Hidden hands come later: lockstep keeps no secrets. */
import { defineGame, type Frozen, type Plain, type Random, type Seat, schema, t } from "../engine/index.ts";

const TICK_RATE = 10;
const TURN_TICKS = 20 * TICK_RATE;
const THINK_TICKS = 1 * TICK_RATE;
const HAND = 5;
const SUITS = 4;
/** Seven to ace. A card is `suit * RANKS + rank`; an eight fits on everything, and whoever plays it says which suit follows. */
const RANKS = 8;
const EIGHT = 1;

const Hand = schema({ cards: t.array("uint8"), wins: t.uint16() }, "CardsHand");
/** The last card of `deck` is drawn, the last of `pile` is played on; `suit` is the one to follow. */
const State = schema(
  {
    hands: t.map(Hand),
    deck: t.array("uint8"),
    pile: t.array("uint8"),
    suit: t.uint8(),
    turn: t.uint8(),
    turnEndsAt: t.uint32(),
  },
  "CardsState",
);
type World = Plain<typeof State>;

const suitOf = (card: number): number => Math.floor(card / RANKS);
const rankOf = (card: number): number => card % RANKS;
const allCards = (): number[] => Array.from({ length: SUITS * RANKS }, (_, card) => card);

function fits({ pile, suit }: Frozen<World>, card: number): boolean {
  return suitOf(card) === suit || rankOf(card) === EIGHT || rankOf(card) === rankOf(pile.at(-1)!);
}

/** From the deck; when that is empty, the pile below its top is shuffled. Nothing when every card is in a hand. */
function draw(state: World, seat: Seat, random: Random): void {
  if (state.deck.length === 0) state.deck = random.shuffle(state.pile.splice(0, state.pile.length - 1));
  const hand = state.hands.get(seat);
  if (hand !== undefined && state.deck.length > 0) hand.cards.push(state.deck.pop()!);
}

function deal(state: World, random: Random): void {
  state.deck = random.shuffle(allCards());
  state.pile = [state.deck.pop()!];
  state.suit = suitOf(state.pile[0]!);
  for (const [seat, hand] of state.hands) {
    hand.cards = [];
    for (let i = 0; i < HAND; i++) draw(state, seat, random);
  }
}

function endTurn(state: World, tick: number): void {
  const seats = [...state.hands.keys()].sort((a, b) => a - b);
  state.turn = seats.find((seat) => seat > state.turn) ?? seats[0] ?? 0;
  state.turnEndsAt = tick + TURN_TICKS;
}

export const cards = defineGame({
  name: "cards",
  tickRate: TICK_RATE,
  seats: { min: 2, max: 4 },
  state: State,
  commands: {
    play: {
      fields: schema({ card: t.uint8(), suit: t.uint8() }, "CardsPlay"),
      accepts(state, seat, { card, suit }) {
        if (state.turn !== seat) return "it is not your turn";
        if (!state.hands.get(seat)?.cards.includes(card)) return "you do not hold this card";
        return (fits(state, card) && suit < SUITS) || "this card does not fit";
      },
      apply(state, seat, { card, suit }, { tick, random }) {
        const hand = state.hands.get(seat)!;
        hand.cards.splice(hand.cards.indexOf(card), 1);
        state.pile.push(card);
        state.suit = rankOf(card) === EIGHT ? suit : suitOf(card);
        endTurn(state, tick);
        if (hand.cards.length > 0) return;
        hand.wins += 1;
        deal(state, random);
      },
    },
    draw: {
      accepts: (state, seat) => state.turn === seat || "it is not your turn",
      apply(state, seat, _, { tick, random }) {
        draw(state, seat, random);
        endTurn(state, tick);
      },
    },
  },
  setup({ random }) {
    const deck = random.shuffle(allCards());
    const pile = [deck.pop()!];
    return { hands: new Map(), deck, pile, suit: suitOf(pile[0]!), turn: 0, turnEndsAt: TURN_TICKS };
  },
  join(state, seat, { random }) {
    state.hands.set(seat, { cards: [], wins: 0 });
    for (let i = 0; i < HAND; i++) draw(state, seat, random);
  },
  leave(state, seat, { tick }) {
    state.deck.unshift(...(state.hands.get(seat)?.cards ?? []));
    state.hands.delete(seat);
    if (state.turn === seat) endTurn(state, tick);
  },
  /** Whoever sleeps draws. */
  step(state, { tick, random }) {
    if (tick < state.turnEndsAt) return;
    draw(state, state.turn, random);
    endTurn(state, tick);
  },
  bot(state, seat, { tick, random, give }) {
    const hand = state.hands.get(seat);
    if (hand === undefined || state.turn !== seat || tick !== state.turnEndsAt - TURN_TICKS + THINK_TICKS) return;
    const fitting = hand.cards.filter((card) => fits(state, card));
    const card = fitting.find((one) => rankOf(one) !== EIGHT) ?? fitting[0];
    if (card === undefined) give("draw");
    else give("play", { card, suit: suitOf(random.pick(hand.cards)) });
  },
});
