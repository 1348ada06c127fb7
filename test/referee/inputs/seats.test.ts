/** The seats: the lowest free one first, players before bots, and what the next frame is told of it (R4). */
import { beforeEach, describe, expect, it } from "vitest";
import { type SeatOwner, Seats } from "../../../shared/referee/inputs/seats.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/referee/inputs/seats.test.ts";

const player = (id: string): SeatOwner => ({ kind: "player", id, name: id });
const bot = (id: string): SeatOwner => ({ kind: "bot", id, name: id });

let seats: Seats;
beforeEach(() => {
  seats = new Seats(4);
});

function drain(): { leaves: number[]; joins: number[]; any: boolean } {
  const [leaves, joins] = [[99], [99]];
  const any = seats.drainInto(leaves, joins);
  return { leaves, joins, any };
}

describe("taking a seat", () => {
  it("gives the lowest free one", () => {
    expect(["a", "b", "c"].map((id) => seats.take(player(id)))).toEqual([0, 1, 2]);
    seats.free(1);
    expect([seats.take(player("d")), seats.take(bot("e"))]).toEqual([1, 3]);
  });

  it("and nobody is away from one that is free", () => {
    seats.take(player("a"));
    seats.setAway(0, true);
    seats.free(0);
    expect(seats.isAway(0)).toBe(false);
  });

  it("at a full table gives a player the seat of the highest bot, and a bot none", () => {
    for (const holder of [bot("x"), player("a"), bot("y"), player("b")]) seats.take(holder);
    expect(seats.take(bot("z"))).toBeUndefined();
    expect([seats.take(player("c")), seats.seatOf("y")]).toEqual([2, undefined]);
    expect(seats.take(player("d"))).toBe(0);
    expect(seats.take(player("e"))).toBeUndefined();
    expect([seats.held(), seats.held("player"), seats.held("bot")]).toEqual([4, 4, 0]);
  });

  it("tells whether a bot holds it, as long as it does", () => {
    for (const holder of [bot("x"), player("a"), bot("y")]) seats.take(holder);
    const bots = () => [0, 1, 2, 3].map((seat) => seats.isBot(seat));
    expect(bots()).toEqual([true, false, true, false]);
    seats.free(0);
    expect(bots()).toEqual([false, false, true, false]);
    for (const id of ["b", "c", "d"]) seats.take(player(id));
    expect(bots(), "a player took it over").toEqual([false, false, false, false]);
    expect([0, 1, 2, 3].map((seat) => seats.isHeld(seat))).toEqual([true, true, true, true]);
  });

  it("is found by whose it is, also where the id is empty", () => {
    seats.take(player("a"));
    expect([seats.seatOf("a"), seats.seatOf("b"), seats.seatOf("")]).toEqual([0, undefined, undefined]);
    expect([seats.holder(0)?.name, seats.holder(1), seats.holder(99)]).toEqual(["a", undefined, undefined]);
  });
});

describe("the next frame is told (R4)", () => {
  it("of seats taken and given up, ascending, once", () => {
    for (const id of ["a", "b", "c"]) seats.take(player(id));
    expect(drain()).toEqual({ leaves: [], joins: [0, 1, 2], any: true });
    expect(drain()).toEqual({ leaves: [], joins: [], any: false });
    seats.free(2);
    seats.free(0);
    expect(drain()).toEqual({ leaves: [0, 2], joins: [], any: true });
  });

  it("of nothing when a player came and went in between", () => {
    seats.take(player("a"));
    seats.free(0);
    expect(drain().any).toBe(false);
  });

  it("of a leave and a join when a seat went to another player in between", () => {
    seats.take(player("a"));
    seats.take(bot("x"));
    drain();
    seats.free(0);
    seats.take(player("b"));
    expect(drain()).toEqual({ leaves: [0], joins: [0], any: true });
  });

  it("of nothing when the same holder is back on the same seat", () => {
    seats.take(player("a"));
    drain();
    seats.free(0);
    seats.take(player("a"));
    expect(drain().any).toBe(false);
  });

  it("exactly what turns the seats of the last frame into those of now, whatever happened", () => {
    everySeed(FILE, (random) => {
      seats = new Seats(random.int(1, 64));
      const inFrame = new Map<number, string>();
      let created = 0;
      for (let i = 0; i < 50; i++) {
        for (let acts = random.int(0, 4); acts > 0; acts--) {
          if (random.chance(0.6)) seats.take(random.chance(0.5) ? player(`p${created++}`) : bot(`b${created++}`));
          else seats.free(random.int(0, seats.count - 1));
        }
        const { leaves, joins } = drain();
        for (const list of [leaves, joins]) expect(list).toEqual([...new Set(list)].sort((a, b) => a - b));
        for (const seat of leaves) expect(inFrame.delete(seat), `seat ${seat} was held`).toBe(true);
        for (const seat of joins) {
          expect(inFrame.has(seat), `seat ${seat} was free`).toBe(false);
          inFrame.set(seat, seats.holder(seat)!.id);
        }
        const now = Array.from({ length: seats.count }, (_, seat) => seats.holder(seat)?.id);
        expect(now.map((_id, seat) => inFrame.get(seat))).toEqual(now);
      }
    });
  });
});
