/** A recording as a match source: every world that it shows, whichever way it came there, is the one that was played. */
import { describe, expect, it } from "vitest";
import { ReplayMatch } from "../../../client/replay/replay-match.ts";
import { defineGame } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import type { Recording } from "../../../shared/recording/recording.ts";
import { opened } from "../../kit/memory/memory-recording.ts";
import { recordMatch } from "../../kit/memory/recorded.ts";

const SECONDS = 40;
const DRAW_MS = 16;

const open = (game: AnyGame, recording: Recording): ReplayMatch<unknown, unknown> => {
  const match = ReplayMatch.open<unknown, unknown>(game, recording);
  if (typeof match === "string") throw new Error(match);
  return match;
};

/** Draws for so many milliseconds; calls `look` after each. */
function draw(match: ReplayMatch<unknown, unknown>, forMs: number, look: () => void = () => {}): void {
  for (let now = 1000; now <= 1000 + forMs; now += DRAW_MS) {
    match.advance(now);
    look();
  }
}

describe.each(games as readonly AnyGame[])("a recording of $name", (game) => {
  const ticks = SECONDS * game.tickRate;
  const { recording: memory, hashes } = recordMatch(game, 7, ticks);
  const recording = opened(memory.end());
  const expectWorld = (match: ReplayMatch<unknown, unknown>, tick: number): void => {
    const picture = match.picture();
    expect([match.tick, picture.tick, picture.confirmedTick]).toEqual([tick, tick, tick]);
    expect([match.confirmed.tick, match.confirmed.hash(), match.isTrue]).toEqual([tick, hashes[tick], true]);
  };

  it.each([0.25, 1, 16])("plays at %s times its speed, and every world is the one that was played", (speed) => {
    const match = open(game, recording);
    match.speed = speed;
    let place = 0;
    draw(match, 2000, () => {
      const { tick, alpha } = match.picture();
      expect(match.confirmed.hash()).toBe(hashes[tick]);
      // What is drawn goes on evenly, and never back.
      expect(tick - 1 + alpha).toBeGreaterThanOrEqual(Math.min(place, tick));
      place = tick - 1 + alpha;
    });
    const wanted = 2 * speed * game.tickRate;
    expect(Math.abs(match.tick - wanted), `${match.tick} ticks of ${wanted}`).toBeLessThanOrEqual(1 + wanted / 50);
    expect(match.figures.stats).toMatchObject({ hashMismatches: 0, isDiverged: false });
  });

  it("goes anywhere, and steps forth and back from there", () => {
    const match = open(game, recording);
    for (const tick of [ticks / 2, 30 * game.tickRate, 3, ticks, 0]) {
      match.seek(tick);
      expectWorld(match, tick);
      match.stepBy(1);
      expectWorld(match, Math.min(ticks, tick + 1));
      match.stepBy(-1);
      expectWorld(match, Math.min(ticks, tick + 1) - 1);
      expect(match.isPlaying).toBe(false);
    }
    match.seek(-5);
    expectWorld(match, 0);
    match.seek(ticks + 5);
    expectWorld(match, ticks);
  });

  it("draws between the world and the one before, also after it went somewhere", () => {
    const [played, sought] = [open(game, recording), open(game, recording)];
    draw(played, 3000);
    played.pause();
    sought.seek(played.tick);
    expect(sought.picture()).toEqual(played.picture());
    expect(sought.picture().alpha).toBe(1);
  });

  it("stands still at its end, and begins anew when it is played then", () => {
    const match = open(game, recording);
    match.seek(ticks - 2);
    draw(match, 1000);
    expectWorld(match, ticks);
    expect([match.isPlaying, match.fault]).toEqual([false, undefined]);
    match.play();
    expectWorld(match, 0);
    expect(match.isPlaying).toBe(true);
  });

  it("knows who sat where, and looks over a seat while somebody holds it", () => {
    const match = open(game, recording);
    match.seek(ticks / 10 + 2);
    const [seat] = [...match.roster()].find(([, { name }]) => name === "Ada")!;
    expect(match.seat).toBeUndefined();
    match.followed = seat;
    expect(match.seat).toBe(seat);
    match.seek(ticks / 5 + 2);
    expect(match.roster().get(seat)).toMatchObject({ name: "Ada", label: "Ada (away)", isAway: true });
    match.seek(0);
    expect(match.seat).toBe(match.roster().has(seat) ? seat : undefined);
  });

  it("plays a file that was cut off up to there", () => {
    const file = memory.file;
    const cut = opened(file.subarray(0, recording.blocks[1]!.end - 1));
    expect(cut.fault).toMatch(/^Up to tick \d+ it can be played: /);
    const match = open(game, cut);
    match.seek(ticks);
    expectWorld(match, 30 * game.tickRate);
  });
});

it("rules that throw are told of in a sentence, at the tick before", () => {
  const game = games.find(({ name }) => name === "tag") as AnyGame;
  const { recording } = recordMatch(game, 7, 100);
  const broken = defineGame({
    ...game,
    step(state: never, context: never) {
      if ((context as { tick: number }).tick === 50) throw new Error("no tick 50 today");
      game.step(state, context);
    },
  } as never) as AnyGame;
  const match = open(broken, opened(recording.end()));
  draw(match, 10_000);
  expect([match.tick, match.isPlaying]).toEqual([50, false]);
  expect(match.fault).toMatch(/The rules threw at tick 50: .*no tick 50 today/);
  match.seek(20);
  expect([match.tick, match.fault]).toEqual([20, undefined]);
});

it("frames that were not recorded are passed over, forth and back", () => {
  const game = games[0] as AnyGame;
  const file = recordMatch(game, 7, 70 * game.tickRate).recording.end();
  const [first, second, third] = opened(file).blocks;
  const halves = [file.subarray(0, first!.end), file.subarray(second!.end, third!.end)];
  const match = open(game, opened(Uint8Array.from(halves.flatMap((half) => [...half]))));
  const [end, begin] = [first!.tick + first!.frames, third!.tick];
  match.seek(end - 1);
  match.stepBy(1);
  expect(match.tick).toBe(end);
  match.stepBy(1);
  expect(match.tick).toBe(begin);
  match.stepBy(-1);
  expect(match.tick).toBe(end);
  match.play();
  draw(match, 500);
  expect(match.tick).toBeGreaterThan(begin);
  expect(match.fault).toBeUndefined();
});
