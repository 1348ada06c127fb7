/** Section: what the guards cost a tick: nothing in production, and a part of the tick in a development room. */
import { DevGuard } from "../../guards/dev-guard.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import { throwViolation } from "../../guards/traps/violation.ts";
import { watchGame } from "../../guards/traps/watch-game.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import type { MakeGuard } from "../../shared/referee/match-guard.ts";
import type { MatchOptions } from "../../shared/referee/match-options.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";
import { floorOf, type Row, Samples, type Section } from "./row.ts";

const BOTS = 8;
const WARM_UP_TICKS = 2000;
const REPETITIONS = 15;
const TICKS = 200;

const match = (guard?: MakeGuard) => {
  const options: MatchOptions = { seed: 7, bots: BOTS, pack: (_type, payload) => payload, guard };
  return matchInMemory(arena, options);
};

/** Microseconds per tick. */
function ticksOf({ closeTick }: { closeTick: () => void }, ticks: number): number {
  const start = performance.now();
  for (let i = 0; i < ticks; i++) closeTick();
  return ((performance.now() - start) * 1000) / ticks;
}

const ticking = (one: ReturnType<typeof match>) => ({ closeTick: () => one.closeTick() });

const watchOnly: MakeGuard = (game) => ({
  game: watchGame(game, throwViolation),
  step: (world, frame) => world.step(frame),
});
const everything: MakeGuard = (game) =>
  new DevGuard(game, {
    warn(sentence) {
      throw new Error(sentence);
    },
    now: () => 0, // no clock: a tick that the machine interrupts must be checked like any other
  });

export function measureGuards(): Section {
  const samples = new Samples<"before" | "off" | "after" | "watched" | "everything">();
  const plain = ticking(match());
  ticksOf(plain, WARM_UP_TICKS);
  for (let i = 0; i < REPETITIONS; i++) samples.add("before", ticksOf(plain, TICKS));

  const uninstall = installTraps();
  const [watched, guarded] = [ticking(match(watchOnly)), ticking(match(everything))];
  for (const one of [watched, guarded]) ticksOf(one, WARM_UP_TICKS);
  for (let i = 0; i < REPETITIONS; i++) {
    samples.add("off", ticksOf(plain, TICKS));
    samples.add("watched", ticksOf(watched, TICKS));
    samples.add("everything", ticksOf(guarded, TICKS));
  }
  uninstall();
  for (let i = 0; i < REPETITIONS; i++) samples.add("after", ticksOf(plain, TICKS));

  const row = (name: string, key: "off" | "after" | "watched" | "everything", about: string): Row => {
    const floor = key === "after" ? "before" : "off";
    const floorName = key === "after" ? "the same before any trap was set" : "the same match without guards, in turns";
    return {
      name,
      unit: "us",
      ours: samples.spread(key),
      floor: floorOf(floorName, samples.of(floor), samples.of(key)),
      about,
    };
  };
  const times = samples.median("watched") / samples.median("off");
  return {
    title: `guards: arena, ${BOTS} bots, Match.closeTick`,
    rows: [
      row("off, traps come and gone", "after", "production has no guard and sets no trap: one comparison a tick"),
      {
        ...row("rules watched", "watched", "traps set, rules run by watchGame: inputs read-only, bots compared"),
        aim: { text: "under 2 x", isMet: times < 2 },
      },
      row(
        "development room",
        "everything",
        "that, and the sync test: every tick is stepped three or four times, and compared",
      ),
    ],
  };
}
