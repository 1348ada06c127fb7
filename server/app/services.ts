/** The services that the rooms of a process share, made from its settings: for this server, and for rooms in another one. */
import type { ChatOptions } from "../../shared/chat/filter.ts";
import { Advice } from "../base/advice.ts";
import { Faults } from "../base/faults.ts";
import { Readiness } from "../base/readiness.ts";
import { TickScheduler } from "../clock/tick-scheduler.ts";
import { logicHashes } from "../config/logic-hash.ts";
import type { Settings } from "../config/settings.ts";
import { Tickets } from "../identity/tickets.ts";
import { Tokens } from "../identity/tokens.ts";
import { LeftRooms } from "../journal/left-rooms.ts";
import { DesyncFiles } from "../observe/desync-files.ts";
import { RoomRegistry } from "../observe/room-registry.ts";
import { Recordings } from "../recordings/recordings.ts";
import type { RoomServices } from "../rooms/room-services.ts";
import { Connections } from "../socket/connections.ts";
import type { WorkerLink } from "../workers/worker-link.ts";

export interface ServicesOptions {
  /** What the server's own code has to say about what players write. */
  readonly chat?: ChatOptions;
  /** Where faults are counted; left out: in the log alone. */
  readonly readiness?: Readiness;
  /** Where several processes share the port. */
  readonly workers?: WorkerLink | undefined;
}

/** @throws SettingError when a key cannot be read. */
export function createServices(
  settings: Settings,
  { chat = {}, readiness = new Readiness(), workers }: ServicesOptions = {},
): RoomServices {
  const advice = new Advice();
  const tokens = new Tokens(settings, (why) =>
    advice.give(
      "a token was refused",
      why,
      { why },
      "compare TOKEN_AUDIENCE and the key that is set with what signs the tokens",
    ),
  );
  return {
    registry: new RoomRegistry(workers),
    connections: new Connections(),
    scheduler: new TickScheduler(),
    reports: new DesyncFiles(settings.REPORTS === "none" ? undefined : settings.REPORTS),
    recordings: new Recordings(settings.REPLAYS, {
      days: settings.REPLAYS_DAYS,
      megabytes: settings.REPLAYS_MB,
      hasChat: settings.REPLAYS_CHAT === "on",
    }),
    logic: logicHashes(),
    tokens,
    tickets: new Tickets(workers?.secretFor("seats")),
    journals: { current: undefined },
    left: new LeftRooms(),
    returnMs: settings.RETURN_SECONDS * 1000,
    chat: {
      ...chat,
      isOn: settings.CHAT === "on",
      length: settings.CHAT_LENGTH,
      linesPerMinute: settings.CHAT_PER_MINUTE,
    },
    mostRooms: settings.ROOMS,
    advice,
    faults: new Faults(readiness),
  };
}
