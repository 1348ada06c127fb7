/** The standing of a match: all that it knows besides the world and its past, as it is saved and taken over (R6). */
import type { Seat } from "../engine/game/game.ts";
import type { Plain } from "../engine/layout/plain.ts";
import type { Frame } from "../engine/sim/frame.ts";
import type { SeatInputs } from "../engine/sim/seat-inputs.ts";
import { type EmptyHistory, replay } from "./history/replay.ts";
import type { CommandIntake } from "./inputs/command-intake.ts";
import type { InputIntake } from "./inputs/input-intake.ts";
import type { Pause } from "./inputs/pause.ts";
import type { SeatBots } from "./inputs/seat-bots.ts";
import type { Seats } from "./inputs/seats.ts";
import type { StrictWait } from "./inputs/strict-wait.ts";
import type { PlayOptions, ResumeOptions } from "./match-options.ts";
import type { SavedMatch, SavedStanding } from "./saved-match.ts";
import type { Presence } from "./sessions/presence.ts";

export interface Standing {
  readonly options: PlayOptions;
  readonly seats: Seats;
  readonly bots: Pick<SeatBots<never, never>, "save" | "load">;
  readonly intake: Pick<InputIntake<never>, "save" | "load" | "recall">;
  readonly commands: CommandIntake;
  readonly pause: Pause;
  readonly strict: StrictWait | undefined;
  readonly presence: Presence;
  /** Who tells clients that ticks stand still. */
  readonly halting: { isHalted: boolean };
}

/** As it is at `openTick` and `now`, in milliseconds. */
export function saveStanding(
  { options, seats, bots, intake, commands, pause, strict, presence, halting }: Standing,
  { isPaused, openTick, now }: { readonly isPaused: boolean; readonly openTick: number; readonly now: number },
): SavedStanding {
  return {
    options,
    seats: seats.save(),
    bots: bots.save(),
    inputs: intake.save(openTick),
    commands: commands.save(),
    pause: pause.save(now),
    isPaused,
    ...(strict === undefined ? {} : { wait: strict.save(now) }),
    isHalted: halting.isHalted,
    grudges: presence.save(),
  };
}

/** What is wrong with it for this game, in a sentence. @param now milliseconds. */
function loadStanding(
  { seats, bots, intake, commands, pause, strict, presence, halting }: Standing,
  saved: SavedStanding,
  {
    game,
    now,
  }: { readonly game: { readonly name: string; readonly seats: { readonly max: number } }; readonly now: number },
): string | undefined {
  seats.load(saved.seats);
  if (!bots.load(saved.bots)) return `the random streams are not those of ${game.seats.max} seats`;
  if (!intake.load(saved.inputs)) return `the inputs cannot be read with this declaration of ${game.name}`;
  const isOpen = (seat: Seat): boolean => seats.holder(seat)?.kind === "player";
  if (!commands.load(saved.commands, isOpen))
    return `the commands cannot be read with this declaration of ${game.name}`;
  pause.load(saved.pause, now);
  if (saved.wait !== undefined) strict?.load(saved.wait, now);
  halting.isHalted = saved.isHalted;
  presence.load(saved.grudges);
  return undefined;
}

/** What of a frame changes the standing. */
type FollowingFrame = Pick<Frame<never>, "tick" | "leaves" | "joins" | "commands">;

/** A copy: frames are used again. */
const followingFrame = ({ tick, leaves, joins, commands }: FollowingFrame): FollowingFrame => ({
  ...{ tick, leaves: [...leaves], joins: [...joins], commands: [...commands] },
});

/** Brings a standing that was loaded to the present by the frames that were closed since it was saved. */
function followFrames<I>(
  { seats, intake, commands }: Standing,
  frames: readonly FollowingFrame[],
  world: Pick<SeatInputs<I>, "isHeld" | "input">,
): void {
  for (const frame of frames) {
    seats.follow(frame.leaves, frame.joins);
    commands.follow(frame);
  }
  if (frames.length === 0) return;
  for (let seat = 0; seat < seats.count; seat++)
    if (world.isHeld(seat)) (intake as Pick<InputIntake<Plain<I>>, "recall">).recall(seat, world.input(seat));
}

/** Makes the past again, and takes over the standing. What is wrong with what was saved, in a sentence. @throws RulesError when the game's rules throw. */
export function loadMatch<I, S>(
  standing: Standing,
  past: EmptyHistory<I, S>,
  saved: SavedMatch,
  { now = 0, standingTick = Number.POSITIVE_INFINITY }: Pick<ResumeOptions, "now" | "standingTick">,
): string | undefined {
  const { game, seats } = past.world;
  const since: FollowingFrame[] = [];
  const note = (frame: Frame<Plain<I>>): void => {
    if (frame.tick >= standingTick) since.push(followingFrame(frame));
  };
  const fault = replay(past, saved.history, note) ?? loadStanding(standing, saved, { game, now });
  if (fault === undefined) followFrames(standing, since, seats);
  return fault;
}
