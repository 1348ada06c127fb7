/** The match of a room, with the options that the room was created with, and the journal that it is written to. */
import { randomInt } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Game } from "../../shared/engine/game/game.ts";
import type { RulesError } from "../../shared/engine/game/rules-error.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import type { Resumable } from "../../shared/referee/journalled-match.ts";
import { Match } from "../../shared/referee/match.ts";
import type { HostOptions } from "../../shared/referee/match-options.ts";
import { JOURNAL_VERSION, type LeftMatch } from "../journal/journal.ts";
import { packForColyseus } from "./client-peer.ts";
import type { JoinOptions } from "./join-options.ts";
import { RoomNotes } from "./room-notes.ts";
import { type RoomOptions, roomOptionsOf } from "./room-options.ts";
import type { RoomServices } from "./room-services.ts";

const MOST_SEED = 2 ** 32;

/** The referee's platform, as reports name it. */
export const ENGINE = `Node.js ${process.versions.node}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`;

/** The room as the journal knows it from its head. */
interface JournalledRoom {
  readonly roomId: string;
  readonly game: { readonly name: string };
}

/** What the room writes down besides its match; with the journal for both, where this process keeps one. */
export function openRoomNotes(
  { roomId, game: { name } }: JournalledRoom,
  chosen: RoomOptions,
  { journals, logic }: RoomServices,
  left: LeftMatch | undefined,
): RoomNotes {
  const { spectatorDelay: historySeconds } = chosen;
  const head = {
    version: JOURNAL_VERSION,
    roomId,
    game: name,
    logic: logic[name],
    historySeconds,
    options: roomOptionsOf(chosen),
  };
  const notes = new RoomNotes(left?.notes);
  notes.journal = journals.current?.open(head, () => notes.whole());
  return notes;
}

interface RoomMatchOptions extends Pick<HostOptions, "journal" | "recording"> {
  readonly onReport: (report: DesyncReport) => void;
  /** What another process left of it; undefined: it begins. */
  readonly resumable: Resumable | undefined;
}

/** @throws Error when what was left does not fit the game; RulesError when its rules throw. */
export function createRoomMatch<I, S>(
  game: Game<I, S>,
  { bots, away, mode, stallTimeout, pause }: JoinOptions,
  { logic, registry, advice }: RoomServices,
  { onReport, journal, recording, resumable }: RoomMatchOptions,
): Match<I, S> {
  const host: HostOptions = {
    pack: packForColyseus,
    engine: ENGINE,
    logic: logic[game.name],
    guard: registry.guard,
    onReport,
    journal,
    recording,
    onInputFault: (error) => {
      const { cause, command } = error as RulesError;
      const [kind, mend] =
        command === undefined
          ? ["the rules threw on an input of a player", "the input is not accepted; mend the rules"]
          : ["the rules threw on a command of a player", "the command is refused; mend the rules"];
      advice.give(kind, String(cause), { game: game.name, command, err: cause }, mend);
    },
  };
  if (resumable === undefined) {
    const strict = mode === "strict" ? { strictSeconds: stallTimeout } : {};
    return new Match(game, { ...host, seed: randomInt(MOST_SEED), bots, away, pause, ...strict });
  }
  const { saved, standingTick } = resumable;
  const match = Match.resume(game, saved, { ...host, now: performance.now(), standingTick });
  if (typeof match === "string") throw new Error(match);
  return match;
}
