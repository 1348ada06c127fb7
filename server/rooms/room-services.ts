/** What the rooms of a process share. */
import type { DesyncFiles } from "../desync-files.ts";
import type { Advice } from "../front/advice.ts";
import type { Connections } from "../front/connections.ts";
import type { Tokens } from "../front/tokens.ts";
import type { ChatServices } from "./chat-door.ts";
import type { Metronome } from "./metronome.ts";
import type { Tickets } from "./returns/tickets.ts";
import type { RoomDesk } from "./room-desk.ts";

export interface RoomServices {
  /** Where the process keeps its open rooms. */
  readonly desk: RoomDesk;
  /** Wakes them when their ticks are due. */
  readonly metronome: Metronome;
  readonly connections: Connections;
  readonly reports: DesyncFiles;
  /** The logic hashes of the games that are known, by name. */
  readonly logic: Readonly<Record<string, string>>;
  readonly tokens: Tokens;
  /** Signs the ways back to their seats. */
  readonly tickets: Tickets;
  readonly chat: ChatServices;
  /** So many may be open at a time. */
  readonly mostRooms: number;
  readonly advice: Advice;
}
