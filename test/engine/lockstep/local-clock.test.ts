/**
 * The local clock's place in tick time: ahead by what an input needs, but not by what one slow spell made of it; and
 * its pings.
 */
import { describe, expect, it } from "vitest";
import { LocalClock } from "../../../shared/engine/lockstep/local-clock.ts";

const RATE = 20;
const TICK_MS = 1000 / RATE;

const clockOf = (): LocalClock => new LocalClock({ tickRate: RATE, inputDelay: 0 });

/** How far ahead of the server, in ticks, a clock comes to stand whose pings took these times (ms). */
function leadAfter(...roundTrips: readonly number[]): number {
  const clock = clockOf();
  let now = 1000;
  for (const roundTrip of roundTrips) {
    now += 500;
    clock.pong(now - roundTrip, now, (now - roundTrip / 2) / TICK_MS);
  }
  return clock.advance(now, 0) - now / TICK_MS;
}

it("an even line is led by one way, less the tick that a frame waits anyway", () => {
  expect(leadAfter(100, 100, 100, 100)).toBeCloseTo(1 - 0.5);
});

it("the longest way there is planned for, whatever the ways back took", () => {
  const even = leadAfter(100, 100, 100, 100);
  expect(leadAfter(100, 180, 100, 100) - even).toBeCloseTo(40 / TICK_MS);
  const clock = clockOf();
  for (const back of [50, 50, 300, 900]) {
    const sent = 1000 + back;
    clock.pong(sent, sent + 50 + back, (sent + 50) / TICK_MS);
  }
  expect(clock.advance(3000, 0) - 3000 / TICK_MS).toBeCloseTo(even);
});

it("a line, or a page, that takes seconds is planned for by half a second and no more", () => {
  expect(leadAfter(100, 3000, 3000, 3000)).toBeCloseTo(RATE / 2 - 1);
});

describe("pings", () => {
  /** Asks every millisecond whether a ping is due; the answers come after so long, while `isAnswered`. */
  function pingsOf(clock: LocalClock, untilMs: number, roundTrip: number, isAnswered: (sent: number) => boolean) {
    const sent: number[] = [];
    const answers: number[] = [];
    for (let now = 0; now < untilMs; now++) {
      if (answers[0] !== undefined && now === answers[0] + roundTrip) {
        const at = answers.shift()!;
        clock.pong(at, now, (at + roundTrip / 2) / TICK_MS);
      }
      if (clock.takePing(now) === undefined) continue;
      sent.push(now);
      if (isAnswered(now)) answers.push(now);
    }
    return sent;
  }

  it("come twice a second until eight were answered, and then once a second", () => {
    const sent = pingsOf(clockOf(), 10_000, 100, () => true);
    expect(sent).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 5000, 6000, 7000, 8000, 9000]);
  });

  it("that nobody answered do not count as known: the line is asked twice a second as long", () => {
    const sent = pingsOf(clockOf(), 8000, 100, (at) => at >= 2000);
    expect(sent).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 5500, 6000, 7000]);
  });

  it("are not made up for after a standstill: one, and the next in its time", () => {
    const clock = clockOf();
    expect([0, 60_000, 60_001, 60_499, 60_500].map((now) => clock.takePing(now))).toEqual([
      0,
      60_000,
      undefined,
      undefined,
      60_500,
    ]);
  });

  it("wait for an input to ride on, and go alone where none comes or the line is not known", () => {
    const clock = clockOf();
    expect(clock.takeLonePing(0)).toBe(0);
    expect(
      [499, 500].map((now) => clock.takeLonePing(now)),
      "nobody has answered yet",
    ).toEqual([undefined, 500]);
    clock.pong(500, 560, 10);
    expect(
      [1000, 1299].map((now) => clock.takeLonePing(now)),
      "time to, but an input may come",
    ).toEqual([undefined, undefined]);
    expect(clock.takePing(1299)).toBe(1299);
    expect([1300, 2098, 2099].map((now) => clock.takeLonePing(now))).toEqual([undefined, undefined, 2099]);
  });

  it("echo a clock of 32 bits", () => {
    expect(clockOf().takePing(2 ** 32 + 7.9)).toBe(7);
  });

  it("tell the round trip and where the server is, from the first answer on", () => {
    const clock = clockOf();
    expect([clock.isReady, clock.roundTripMs, clock.jitterMs]).toEqual([false, 0, 0]);
    // The server began its tick 0 at -5000; this answer took 30 ms there and 30 ms back.
    clock.pong(1000, 1060, (1030 + 5000) / TICK_MS);
    expect([clock.isReady, clock.roundTripMs, clock.jitterMs]).toEqual([true, 60, 0]);
    expect(clock.watch(2000), "behind what has come by the way and one tick").toBeCloseTo(
      (2000 + 5000 - 30) / TICK_MS - 1,
      9,
    );
    expect(clock.position).toBeCloseTo((2000 + 5000 - 30) / TICK_MS - 1, 9);
    clock.pong(2000, 2100, (2050 + 5000) / TICK_MS);
    expect([clock.roundTripMs, clock.jitterMs], "the quickest counts").toEqual([60, 0]);
    clock.pong(2500, 2600, (2550 + 5000) / TICK_MS);
    expect([clock.roundTripMs, clock.jitterMs], "and what nine of ten stay within").toEqual([60, 40]);
  });

  it("of before a standstill of the server tell nothing any more but the round trip", () => {
    const clock = clockOf();
    clock.pong(0, 60, 130);
    clock.advance(1000, 0);
    // The server says that it is at 140, which takes 30 ms. Nine ticks less than expected: no pace makes up for that.
    clock.resume(1000, 140);
    expect(clock.roundTripMs).toBe(60);
    expect(clock.advance(1000, 0), "the way here, and the way there").toBeCloseTo(
      140 + 30 / TICK_MS + 30 / TICK_MS - 0.5,
    );
  });
});
