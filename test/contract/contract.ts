/** The contract every game on the shelf keeps; each check returns what is wrong, or undefined. */
import { findInfinite } from "../../guards/infinite.ts";
import { faultSentence } from "../../guards/sync-sentence.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import { throwViolation } from "../../guards/traps/violation.ts";
import { watchGame } from "../../guards/traps/watch-game.ts";
import { ByteReader, ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { commandsOf } from "../../shared/engine/game/command-table.ts";
import type { AnyGame, Seat } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import type { Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { diffWorlds } from "../../shared/engine/sim/state-diff.ts";
import { SyncTest } from "../../shared/engine/sim/sync-test.ts";
import { Driver } from "./driver.ts";

type World = Simulation<unknown, unknown>;
/** Does what belongs to a tick; what it throws is told with the tick. */
function at<Result>(tick: number, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new Error(`tick ${tick}: ${(error as Error).message}`, { cause: error });
  }
}

/** Makes a step. What `accepts` throws is a refusal in a room, and a mistake here; so is what the guards have found in it. */
function step(world: World, frame: Frame<Plain<unknown>>): void {
  at(frame.tick, () => world.step(frame));
  tellFault(world.game, frame);
}

function tellFault(game: AnyGame, { tick, commands }: Frame<Plain<unknown>>): void {
  const faulty = commands.find(({ fault }) => fault !== undefined);
  if (faulty === undefined) return;
  const { message } = faulty.fault as Error;
  const { name } = commandsOf(game)[faulty.kind]!;
  throw new Error(`tick ${tick}: ${game.name}.commands.${name}.accepts: ${message}`, { cause: faulty.fault });
}

/** Plays a bot match inside the run-time guard, which knows what rules must not call or write to. */
export function checkRules(game: AnyGame, ticks: number, seed: number): string | undefined {
  const uninstall = installTraps();
  try {
    const watched = watchGame(game, throwViolation);
    const world: World = new Simulation(watched, seed);
    const driver = new Driver(watched, seed, game.bot !== undefined);
    for (let i = 0; i < ticks; i++)
      step(
        world,
        at(i, () => driver.next(world)),
      );
    const infinite = findInfinite(world.codec.layout, world.state, game.name);
    return infinite && `${infinite} is infinite: was something divided by 0?`;
  } finally {
    uninstall();
  }
}

/** Steps, rolls back and steps again at every tick, also through snapshot bytes. */
export function checkSync(game: AnyGame, ticks: number, seed: number): string | undefined {
  const test = new SyncTest<unknown, unknown>(game, seed);
  const driver = new Driver(game, seed);
  for (let i = 0; i < ticks; i++) {
    const frame = at(i, () => driver.next(test.world));
    const fault = at(i, () => test.step(frame));
    tellFault(game, frame);
    if (fault !== undefined) return faultSentence(game.name, fault);
  }
  return undefined;
}

/** Restores every snapshot of a run and compares bytes and hashes; a world that does not change proves nothing. */
export function checkSnapshots(game: AnyGame, ticks: number, seed: number): string | undefined {
  const world: World = new Simulation(game, seed);
  const other: World = new Simulation(game, seed + 1);
  const driver = new Driver(game, seed);
  const states = new Set<number>();
  const bytes = new ByteWriter();
  for (let i = 0; i < ticks; i++) {
    const snapshot = world.snapshot();
    if (!other.restore(snapshot)) return `the snapshot of tick ${i} cannot be read back`;
    if (other.hash() !== world.hash()) return `the snapshot of tick ${i} comes back as another world`;
    if (!equal(other.snapshot(), snapshot)) return `the snapshot of tick ${i} comes back as other bytes`;
    world.codec.encode(world.state as never, bytes.reset());
    states.add(hashBytes(bytes.view()));
    step(
      world,
      at(i, () => driver.next(world)),
    );
  }
  return states.size < 2 ? `the state never changed in ${ticks} ticks: nothing was tested` : undefined;
}

/** Lets the bots play on every seat: each must act, and none cheat. A game without a bot is played at random. */
export function checkBots(game: AnyGame, ticks: number, seed: number): string | undefined {
  const world: World = new Simulation(game, seed);
  const driver = new Driver(game, seed, game.bot !== undefined);
  const codec = inputCodecOf<unknown>(game.input, `${game.name}.input`);
  const acted = new Set<Seat>();
  let given = 0;
  let accepted = 0;
  let last = "";
  for (let i = 0; i < ticks; i++) {
    const frame = at(i, () => driver.next(world));
    for (const [seat, input] of frame.inputs.entries()) {
      if (game.accepts !== undefined && !game.accepts(input)) return `tick ${i}: the bot of seat ${seat} cheats`;
      if (!codec.equals(input as never, codec.create())) acted.add(seat);
    }
    for (const { seat } of frame.commands) acted.add(seat);
    step(world, frame);
    given += frame.commands.length;
    for (const { kind, refusal } of frame.commands) {
      if (refusal === undefined) accepted++;
      else last = `${commandsOf(game)[kind]!.name}: ${refusal}`;
    }
  }
  if (game.bot !== undefined && given > 0 && accepted === 0)
    return `the bots gave ${given} commands, and the rules accepted none; the last was refused: ${last}`;
  return game.bot !== undefined && acted.size < game.seats.max
    ? `the bots of only ${acted.size} seats ever did anything`
    : undefined;
}

/**
 * Steps the game as it stands beside the same game as the page is built, with the same frames. A build renames
 * functions and classes and drops what it takes for unused: rules that look at such things differ only there.
 */
export function checkBuild(game: AnyGame, built: AnyGame, ticks: number, seed: number): string | undefined {
  const { input, state } = game; // a build has an engine of its own, whose schemas are strangers here
  const commands = game.commands && withFieldsOf(game, built);
  const world: World = new Simulation(game, seed);
  const other: World = new Simulation({ ...built, input, state, ...(commands && { commands }) } as AnyGame, seed);
  const driver = new Driver(game, seed);
  for (let i = 0; i <= ticks; i++) {
    if (other.hash() !== world.hash()) return buildSentence(world, other);
    const frame = driver.next(world);
    at(i, () => world.step(frame));
    try {
      other.step(frame);
    } catch (error) {
      return `tick ${i}: the rules throw as the page is built, and not as they stand: ${(error as Error).message}`;
    }
  }
  return undefined;
}

/** The rules of the built commands, with the schemas of those that stand. */
const withFieldsOf = ({ commands }: AnyGame, built: AnyGame): AnyGame["commands"] =>
  Object.fromEntries(
    Object.entries(commands!).map(([name, { fields }]) => {
      const { fields: _stranger, ...rules } = built.commands![name]!;
      return [name, { ...rules, ...(fields && { fields }) }];
    }),
  );

function buildSentence(world: World, other: World): string {
  const when = world.tick === 0 ? "setup makes" : `tick ${world.tick - 1} comes to`;
  const fields = diffWorlds(world, other).map(({ path, a, b }) => `${path}: ${a} as it stands, ${b} as built`);
  return [
    `${when} another world when the rules are built as the page is.`,
    ...fields,
    "A build renames functions and classes, and drops what nobody uses: their names and text mean nothing.",
  ].join("\n");
}

/** Whether arbitrary bytes, cut snapshots and flipped bits are refused or read, but never throw. */
export function checkHostileSnapshots(game: AnyGame, seed: number): string | undefined {
  const world: World = new Simulation(game, seed);
  const driver = new Driver(game, seed);
  for (let i = 0; i < 100; i++) world.step(driver.next(world));
  const good = world.snapshot();
  const random = new WorldRandom(seed);
  for (let i = 0; i < 2000; i++) {
    const bytes = good.slice(0, random.chance(0.5) ? good.length : random.int(0, good.length));
    if (bytes.length > 0) bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
    const other: World = new Simulation(game, 0);
    if (!other.restore(bytes)) continue;
    const out = new ByteWriter();
    other.encode(out);
    if (!equal(out.view(), bytes)) return `case ${i}: was read, but is written back as other bytes`;
    if (new ByteReader(bytes).remaining !== bytes.length) return "the reader changed its input";
  }
  return undefined;
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
