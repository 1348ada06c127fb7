/** The wait for players whose referee has ended (R17): ticks stand still until they are back, have given up, or the time is up. */
import { beforeEach, describe, expect, it } from "vitest";
import { Match } from "../../../shared/referee/match.ts";
import { ledger } from "../../kit/games/ledger-game.ts";
import { matchInMemory } from "../../kit/memory/delivery.ts";
import { packInMemory } from "../../kit/memory/table.ts";

const MOST_MS = 6000;

describe("a match that goes on elsewhere", () => {
  let match: ReturnType<typeof resumed>;
  beforeEach(() => {
    match = resumed();
  });

  function resumed() {
    const first = matchInMemory(ledger, { seed: 1, bots: 0, pack: packInMemory });
    for (const id of ["ada", "bob", "gone"]) first.takeSeat({ kind: "player", id, name: id });
    first.dropSeat("gone");
    for (let i = 0; i < 5; i++) first.closeTick();
    const next = Match.resume(ledger, first.save(), { pack: packInMemory });
    if (typeof next === "string") throw new Error(next);
    next.expectReturns(MOST_MS);
    return next;
  }

  const tick = (now: number): string => {
    const closed = match.closeTick(now);
    match.outbox.clear();
    match.finishTick(now);
    match.outbox.clear();
    return closed;
  };

  it("stands still until all are back who were there, and shows whom it waits for", () => {
    expect([tick(100), tick(2000)]).toEqual(["waiting", "waiting"]);
    expect(match.awaited(2000), "not who was away before").toEqual([0, 1]);
    expect(match.sessions.isHalted).toBe(true);
    match.returnSeat("ada");
    expect(tick(2100)).toBe("waiting");
    match.returnSeat("bob");
    expect(tick(2200)).toBe("closed");
    expect(match.world.tick).toBe(6);
    expect(match.sessions.isHalted).toBe(false);
  });

  it("goes on without who has given up their seat", () => {
    match.returnSeat("ada");
    expect(tick(100)).toBe("waiting");
    match.freeSeat("bob");
    expect(tick(200)).toBe("closed");
  });

  it("goes on when the time is up, which begins with the first tick that is due, and waits no second time", () => {
    expect(tick(50_000)).toBe("waiting");
    expect(tick(50_000 + MOST_MS - 1)).toBe("waiting");
    expect(tick(50_000 + MOST_MS)).toBe("closed");
    expect(tick(50_000 + MOST_MS + 50)).toBe("closed");
  });
});
