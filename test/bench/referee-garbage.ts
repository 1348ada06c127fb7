/** The garbage of a tick of the referee: with bots, without them, and of the rules alone. */
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import type { Input } from "../../shared/games/arena/schema.ts";
import { garbageOf } from "./garbage.ts";
import { type Row, Samples } from "./row.ts";
import { type ArenaMatch, watchedMatch } from "./watchers.ts";

const WATCHERS = 8;
const SEED = 7;
/** Few enough that the young generation of V8 (1 MB at first) holds what they leave. */
const TICKS = 10;
const WARM_UP_RUNS = 200;
const RUNS = 60;

type ArenaWorld = ArenaMatch["world"];
type Frames = readonly Frame<Input>[];

/** Empty when the collector cannot be run on demand. */
export function garbageRows(seats: number): Row[] {
  if (globalThis.gc === undefined) return [];
  const wishes = { seed: SEED, bots: seats, count: WATCHERS };
  const bots = watchedMatch(arena, wishes).match;
  // The same match again, but its seats are players whose inputs are put in force: those of the bots.
  const played = watchedMatch(arena, { ...wishes, bots: 0 }).match;
  for (let seat = 0; seat < seats; seat++) played.takeSeat({ kind: "player", id: `player:${seat}`, name: "player" });
  const rules = new Simulation(arena, SEED);
  const frames = Array.from({ length: TICKS }, () => createFrame(arena));

  const samples = new Samples<"bots" | "played" | "rules">();
  for (let run = -WARM_UP_RUNS; run < RUNS; run++) {
    const withBots = measure(run, () => closeAndNote(bots, frames));
    const withPlayers = measure(run, () => playNoted(played, frames));
    const alone = measure(run, () => stepNoted(rules, frames));
    if (withBots !== undefined) samples.add("bots", withBots);
    if (withPlayers !== undefined) samples.add("played", withPlayers);
    if (alone !== undefined) samples.add("rules", alone);
  }
  if (bots.world.hash() !== played.world.hash() || bots.world.hash() !== rules.hash())
    throw new Error("three worlds of the same inputs differ");
  const row = (name: "bots" | "played" | "rules", title: string, about: string): Row => ({
    name: `${seats} bots ${title}`,
    unit: "B",
    ours: samples.spread(name),
    about,
  });
  return [
    row(
      "bots",
      "garbage per tick",
      `heap bytes allocated by closeTick, in runs of ${TICKS} ticks between two collections`,
    ),
    row("played", "- without the bots", "the same match once more, its inputs put in force by InputIntake.hold"),
    row(
      "rules",
      "- Simulation.step alone",
      "the same frames stepped and nothing else: mostly what the game's rules allocate",
    ),
  ];
}

/** Bytes per tick of one run; undefined while it only warms up, and when the collector came in between. */
function measure(run: number, work: () => void): number | undefined {
  if (run < 0) {
    work();
    return undefined;
  }
  const bytes = garbageOf(1, work);
  return bytes === undefined ? undefined : bytes / TICKS;
}

function closeAndNote(match: ArenaMatch, frames: Frames): void {
  const { world } = match;
  const { seats } = world;
  for (const frame of frames) {
    frame.tick = world.tick;
    frame.joins.length = 0;
    match.closeTick();
    for (let seat = 0; seat < seats.count; seat++) {
      if (frame.tick === 0 && seats.isHeld(seat)) frame.joins.push(seat);
      seats.codec.copy(seats.input(seat), frame.inputs[seat]!);
    }
  }
}

function playNoted(match: ArenaMatch, frames: Frames): void {
  const { world } = match;
  for (const { inputs } of frames) {
    for (let seat = 0; seat < world.seats.count; seat++) match.intake.hold(seat, inputs[seat]!);
    match.closeTick();
  }
}

function stepNoted(world: ArenaWorld, frames: Frames): void {
  for (const frame of frames) world.step(frame);
}
