/** The services that the rooms of a process share. */

import type { Advice } from "../base/advice.ts";
import type { Faults } from "../base/faults.ts";
import type { TickScheduler } from "../clock/tick-scheduler.ts";
import type { Tickets } from "../identity/tickets.ts";
import type { Tokens } from "../identity/tokens.ts";
import type { Journal } from "../journal/journal.ts";
import type { LeftRooms } from "../journal/left-rooms.ts";
import type { DesyncFiles } from "../observe/desync-files.ts";
import type { RoomRegistry } from "../observe/room-registry.ts";
import type { Recordings } from "../recordings/recordings.ts";
import type { Connections } from "../socket/connections.ts";
import type { ChatServices } from "./chat-service.ts";

export interface RoomServices {
  /** Where the process keeps its open rooms. */
  readonly registry: RoomRegistry;
  /** Wakes them when their ticks are due. */
  readonly scheduler: TickScheduler;
  readonly connections: Connections;
  readonly reports: DesyncFiles;
  /** Where their matches are recorded. */
  readonly recordings: Recordings;
  /** The logic hashes of the games that are known, by name. */
  readonly logic: Readonly<Record<string, string>>;
  readonly tokens: Tokens;
  /** Signs the ways back to their seats. */
  readonly tickets: Tickets;
  readonly chat: ChatServices;
  /** Where the matches of rooms that are opened from now on are written down while they are played; undefined: nowhere. */
  readonly journals: { current: Journal | undefined };
  /** What another process left behind. */
  readonly left: LeftRooms;
  /** How long a match that goes on here stands still until its players are back, in milliseconds. */
  readonly returnMs: number;
  /** The most that may be open at a time. */
  readonly mostRooms: number;
  readonly advice: Advice;
  /** Counts and tells what the rooms contain. */
  readonly faults: Faults;
}
