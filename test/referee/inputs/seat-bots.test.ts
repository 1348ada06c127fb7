/** The room's bots: as many as are wanted, gone when players come, each with random numbers of its own. */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { SeatBots } from "../../../shared/referee/inputs/seat-bots.ts";
import { Seats } from "../../../shared/referee/inputs/seats.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { frozen, greedyBot } from "../../kit/games/broken-games.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { vocabularyGame } from "../../kit/games/vocabulary-game.ts";

const FILE = "test/referee/inputs/seat-bots.test.ts";

const game = mixedGame(4);
const codec = inputCodecOf(game.input);
const botsOf = (target: number, seed = 1) => new SeatBots(game, codec, target, seed);
const player = (id: string) => ({ kind: "player", id, name: id }) as const;
const kinds = (seats: Seats): string =>
  Array.from({ length: seats.count }, (_, seat) => seats.holder(seat)?.kind[0] ?? "-").join("");

describe("seat bots", () => {
  it("fill the table up to the wanted number, counting players", () => {
    const seats = new Seats(4);
    seats.take(player("a"));
    botsOf(3).balance(seats);
    expect(kinds(seats)).toBe("pbb-");
  });

  it("go, the highest first, when players come, and come back when players go", () => {
    const [seats, bots] = [new Seats(4), botsOf(3)];
    bots.balance(seats);
    expect(kinds(seats)).toBe("bbb-");
    seats.take(player("a"));
    bots.balance(seats);
    expect(kinds(seats)).toBe("bb-p");
    seats.free(3);
    bots.balance(seats);
    expect(kinds(seats)).toBe("bbb-");
  });

  it("have an id and a name that no bot had before", () => {
    const [seats, bots] = [new Seats(2), botsOf(1)];
    const ids = new Set<string>();
    for (let i = 0; i < 5; i++) {
      bots.balance(seats);
      ids.add(`${seats.holder(0)!.id} ${seats.holder(0)!.name}`);
      seats.free(0);
    }
    expect([...ids]).toEqual(Array.from({ length: 5 }, (_, i) => `bot:${i + 1} Bot ${i + 1}`));
  });

  it("are none when none are wanted, and none in a game that has no bot", () => {
    const seats = new Seats(4);
    botsOf(0).balance(seats);
    const mute = frozen();
    new SeatBots(mute, inputCodecOf(mute.input), 4, 1).balance(seats);
    expect(kinds(seats)).toBe("----");
  });

  it("start their streams again in every tick, with other numbers", () => {
    const drawing = vocabularyGame();
    const codec = inputCodecOf(drawing.input);
    const [often, seldom] = [new SeatBots(drawing, codec, 1, 7), new SeatBots(drawing, codec, 1, 7)];
    const { state } = new Simulation(drawing, 1);
    const turns = Array.from({ length: 60 }, (_, tick) => often.play(0, state, tick).turn);
    expect(new Set(turns).size).toBe(3);
    for (let tick = 0; tick < 60; tick += 7) expect(seldom.play(0, state, tick).turn).toBe(turns[tick]);
  });

  it("never drive a player out, and hold the table at the wanted number as far as it has seats", () => {
    everySeed(FILE, (random) => {
      const target = random.int(0, 4);
      const [seats, bots] = [new Seats(4), botsOf(target)];
      const here = new Set<string>();
      for (let i = 0; i < 60; i++) {
        if (random.chance(0.5)) {
          if (seats.take(player(`p${i}`)) !== undefined) here.add(`p${i}`);
        } else if (here.size > 0) {
          const gone = random.pick([...here]);
          seats.free(seats.seatOf(gone)!);
          here.delete(gone);
        }
        bots.balance(seats);
        expect(seats.held("player")).toBe(here.size);
        expect(seats.held()).toBe(Math.max(target, here.size));
      }
    });
  });
});

describe("what a bot wants", () => {
  const world = new Simulation(game, 1);
  const wishes = (bots: ReturnType<typeof botsOf>, seat: number): boolean[] =>
    Array.from({ length: 100 }, (_, tick) => bots.play(seat, world.state, tick).fires);

  it("comes from random numbers of its own seat, the same for the same seed, and not from the world's", () => {
    const before = world.hash();
    expect(wishes(botsOf(2), 0)).toEqual(wishes(botsOf(2), 0));
    expect(wishes(botsOf(2), 0)).not.toEqual(wishes(botsOf(2), 1));
    expect(wishes(botsOf(2, 1), 0)).not.toEqual(wishes(botsOf(2, 99), 0));
    expect(world.hash()).toBe(before);
  });

  it("must fit its declaration", () => {
    const greedy = greedyBot();
    const bots = new SeatBots(greedy, inputCodecOf(greedy.input, "greedy-bot.input"), 1, 1);
    expect(() => bots.play(0, new Simulation(greedy, 1).state, 0)).toThrow(/^greedy-bot\.input\.dx: 300 /);
  });
});
