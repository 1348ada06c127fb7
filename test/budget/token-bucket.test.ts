/** The budget of a client's messages: a burst, then a rate, and after too much debt no more (R13, R14). */
import { describe, expect, it } from "vitest";
import { MessageBudget } from "../../shared/budget/token-bucket.ts";

type Verdict = ReturnType<MessageBudget["spend"]>;

const spendMany = (budget: MessageBudget, count: number, now: number): Verdict[] =>
  Array.from({ length: count }, () => budget.spend(now));
const count = (verdicts: readonly Verdict[], verdict: Verdict): number =>
  verdicts.filter((other) => other === verdict).length;

describe("a message budget", () => {
  it("takes a burst of 480, refuses 1,999, and calls the next one a flood, and all after it", () => {
    const budget = new MessageBudget();
    expect(new Set(spendMany(budget, 480, 0))).toEqual(new Set(["taken"]));
    expect(new Set(spendMany(budget, 1999, 0))).toEqual(new Set(["refused"]));
    expect(spendMany(budget, 2, 0)).toEqual(["flood", "flood"]);
  });

  it("refills with 240 a second, up to the burst", () => {
    const budget = new MessageBudget();
    spendMany(budget, 480, 0);
    expect(count(spendMany(budget, 300, 1000), "taken")).toBe(240);
    const rested = spendMany(budget, 600, 1_000_000);
    expect(count(rested, "taken")).toBe(480);
  });

  it("lets a player at the highest tick rate, with pings and hashes, talk for ever", () => {
    const budget = new MessageBudget();
    let refused = 0;
    for (let now = 0; now < 60_000; now += 1000 / 120) if (budget.spend(now) !== "taken") refused++;
    expect(refused).toBe(0);
  });

  it("makes one who never stops pay for refused messages too", () => {
    const budget = new MessageBudget();
    let firstFlood: number | undefined;
    for (let now = 0; now < 10_000 && firstFlood === undefined; now += 1)
      if (budget.spend(now) === "flood") firstFlood = now;
    // 1,000 a second are 760 a second too many: 2,480 of them are used up after 3.3 seconds.
    expect(firstFlood).toBeGreaterThan(3200);
    expect(firstFlood).toBeLessThan(3300);
  });

  it("gives nothing for a clock that goes backwards", () => {
    const budget = new MessageBudget();
    spendMany(budget, 480, 1000);
    expect([budget.spend(0), budget.spend(0)]).toEqual(["refused", "refused"]);
  });
});
