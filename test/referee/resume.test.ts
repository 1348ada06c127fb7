/** A match from a snapshot (R6): its referee is thrown away and made anew from what was saved, and nobody can tell. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { Match } from "../../shared/referee/match.ts";
import { delivering, matchInMemory } from "../kit/memory/delivery.ts";
import { game, otherRules, TICK_RATE } from "../kit/memory/happenings.ts";
import { fromJson, SAVED_FIELDS, toJson, without } from "../kit/memory/lost-field.ts";
import { forgetMatches } from "../kit/memory/played-matches.ts";
import { Noticed, ResumedPlay } from "../kit/memory/resumed-play.ts";
import { packInMemory, Refused } from "../kit/memory/table.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const FILE = "test/referee/resume.test.ts";
/** A field that nobody misses in so many matches is not needed. */
const SABOTAGED = 60;
/** The matches in which somebody noticed when this was written, tried before all others. */
const TELLING = [1, 2, 3, 5, 28, 32];
const TRIED = [...new Set([...TELLING, ...Array.from({ length: SABOTAGED }, (_, i) => i + 1)])];

interface Play {
  /** With one referee. */
  readonly once: ResumedPlay;
  /** What was saved by each of several, as JSON. */
  readonly saves: readonly string[];
}

/** Played when first asked for. */
const plays = new Map<number, Play>();

/** Plays a match with one referee, and with several, and demands that nobody can tell. */
function played(seed: number): Play {
  const known = plays.get(seed);
  if (known !== undefined) return known;
  const once = new ResumedPlay(seed);
  const saves: string[] = [];
  const pass = (text: string) => fromJson(saves[saves.push(text) - 1]!);
  const again = new ResumedPlay(seed, (saved) => pass(toJson(saved)), once.log);
  expect(again.log.length, `run again: ${rerun(FILE, seed)}`).toBe(once.log.length);
  const play = { once, saves };
  plays.set(seed, play);
  return play;
}

describe("a match whose referee is thrown away", () => {
  it.each(seeds(200, 15))("seed %i: every frame, hash, seat, pause and message is as if it had stayed", (seed) => {
    const { once, saves } = played(seed);
    expect(saves.length).toBeGreaterThan(0);
    // A line for each of its 220 ticks, and what was heard and seen.
    expect(once.log.length).toBeGreaterThan(300);
  });
});

describe.each(SAVED_FIELDS)("without %s", (field) => {
  // One that goes on with something else than was saved is recorded as it was played.
  afterEach(forgetMatches);

  it("somebody can tell", () => {
    let tried = 0;
    for (const seed of TRIED) {
      const { once, saves } = played(seed);
      if (saves.every((text) => toJson(without(fromJson(text), field)) === text)) continue;
      tried++;
      try {
        new ResumedPlay(seed, (saved) => without(saved, field), once.log);
      } catch (error) {
        if (error instanceof Noticed || error instanceof Refused) return;
        throw error;
      }
    }
    expect.unreachable(`nobody noticed in ${tried} matches in which it was there`);
  });
});

afterAll(() => {
  if (plays.size < 15) return;
  const happened = new Set([...plays.values()].flatMap(({ once }) => [...once.counts.keys()]));
  for (const what of ["passage, closed", "passage, paused", "passage, waiting", "shown wait", "minutes of pause"])
    expect(happened, "what went on while the referee was thrown away").toContain(what);
  for (const what of [
    "drop",
    "leave",
    "plane",
    "say late",
    "hold",
    "spectator",
    "delayed spectator",
    "memory",
    "rules",
  ])
    expect(happened, "what happened to players").toContain(what);
});

describe("Match.resume", () => {
  const open = () => matchInMemory(game, { seed: 7, bots: 3, pack: packInMemory });
  const play = (match: ReturnType<typeof open>, ticks: number): ReturnType<typeof open> => {
    for (let i = 0; i < ticks; i++) match.closeTick();
    return match;
  };
  const resume = (saved: ReturnType<Match<never, never>["save"]>, of = game) => {
    const match = Match.resume(of, saved, { pack: packInMemory });
    if (typeof match === "string") throw new Refused(match);
    return delivering(match);
  };

  it("sets nothing up, and steps nothing but the frames since the snapshot", () => {
    const saved = play(open(), 25).save();
    const steps: number[] = [];
    const setup = () => expect.unreachable("a world was set up");
    const watched = {
      ...game,
      setup,
      step: ((state, context) => {
        steps.push(context.tick);
        game.step(state, context);
      }) satisfies typeof game.step,
    };
    expect(resume(saved, watched).world.tick).toBe(25);
    expect(steps).toEqual(Array.from({ length: 25 }, (_, tick) => tick));
  });

  it("of a match that is older than what is remembered goes on like it, and remembers a minute", () => {
    const match = play(open(), 200 * TICK_RATE);
    const resumed = resume(fromJson(toJson(match.save())));
    const memory = ({ keyframes, hashes, world }: typeof match) => [
      keyframes.framesBetween(world.tick - 50 * TICK_RATE, world.tick),
      keyframes.worldAt(world.tick - 45 * TICK_RATE)?.hash(),
      hashes.trail.digest(world.tick, 50 * TICK_RATE),
      world.hash(),
    ];
    expect(memory(match)[2]).toBeDefined();
    expect(memory(resumed)).toEqual(memory(match));
    expect(memory(play(resumed, 100))).toEqual(memory(play(match, 100)));
  });

  it("leaves what was saved as it was, and can be done again from it", () => {
    const match = play(open(), 33);
    const saved = match.save();
    const before = toJson(saved);
    const hashes = [match, resume(saved), resume(saved)].map((one) => play(one, 50).world.hash());
    expect(new Set(hashes).size).toBe(1);
    expect(toJson(saved)).toBe(before);
  });

  it("says what does not fit", () => {
    const saved = play(open(), 25).save();
    const told = (part: Partial<typeof saved>, of = game) =>
      Match.resume(of, { ...saved, ...part }, { pack: packInMemory });
    const { history, bots } = saved;
    const cut = { ...history, frames: history.frames.subarray(0, -1) };
    const other = { ...history, snapshot: history.snapshot.subarray(1) };
    expect(told({ history: other })).toMatch(/^the snapshot cannot be read with this declaration of mixed: /);
    expect(told({ history: cut })).toMatch(/^the frame of tick \d+ cannot be read with this declaration of mixed$/);
    expect(told({}, otherRules)).toMatch(/^the rules of mixed give another world at tick \d+ than they did: /);
    expect(told({ bots: { ...bots, randoms: bots.randoms.subarray(16) } })).toMatch(/^the random streams are not/);
    const waiting = [{ seat: 0, current: Uint8Array.of(255), holdsUntil: 30, waiting: [] }];
    expect(told({ inputs: waiting })).toMatch(/^the inputs cannot be read with this declaration of mixed$/);
  });
});
