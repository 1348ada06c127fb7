/** The round trip that is shown: not known before the first answer, that of the last one, and never less than what is being waited. */
import { expect, it } from "vitest";
import { RoundTrip } from "../../../shared/engine/lockstep/round-trip.ts";

it("is not known before the first answer", () => {
  const trip = new RoundTrip();
  trip.asked(100);
  expect([trip.at(5000), trip.spreadMs]).toEqual([undefined, 0]);
});

it("is that of the last answer, however short others were", () => {
  const trip = new RoundTrip();
  for (const [sent, took] of [
    [1000, 4],
    [2000, 404],
  ] as const) {
    trip.asked(sent);
    trip.answered(sent, sent + took);
  }
  expect([trip.at(2404), trip.spreadMs]).toEqual([404, 400]);
});

it("grows while an answer is waited for, from the oldest one that is owed", () => {
  const trip = new RoundTrip();
  trip.asked(1000.7);
  trip.answered(1000, 1020);
  trip.asked(2000);
  expect([trip.at(2010), trip.at(2300)]).toEqual([20, 300]);
  trip.asked(3000);
  expect(trip.at(3100)).toBe(1100);
  trip.answered(2000, 3200);
  expect(trip.at(3200)).toBe(1200);
});

it("that nobody answered any more is forgotten with the answer to a later one", () => {
  const trip = new RoundTrip();
  trip.asked(0);
  trip.answered(0, 10);
  trip.asked(1000);
  trip.answered(9000, 9010);
  expect(trip.at(9500)).toBe(10);
});

it("spreads over the last four answers", () => {
  const trip = new RoundTrip();
  for (const took of [500, 20, 30, 25, 40]) trip.answered(0, took);
  expect(trip.spreadMs).toBe(20);
});
