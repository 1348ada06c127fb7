/** The whole Phalanx server, for a given shelf of games: room classes, transport, HTTP routes. */
import { defineRoom, type RegisteredHandler, type ServerOptions } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import type { ChatOptions } from "../../shared/chat/filter.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { CLOSE_CODES, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { MONITOR_ROOM } from "../../shared/monitor/feed.ts";
import { Alone } from "../base/everyone.ts";
import { Readiness } from "../base/readiness.ts";
import { prepareGlobals } from "../colyseus/globals.ts";
import { queueMatchmaking } from "../colyseus/matchmaking-queue.ts";
import { socketServerOf, turnAway } from "../colyseus/transport.ts";
import type { Settings } from "../config/settings.ts";
import { Front } from "../edge/front.ts";
import { OperatorAuth } from "../identity/operator-auth.ts";
import { monitorRoom } from "../monitor/monitor-room.ts";
import { WholeServer } from "../monitor/whole-server.ts";
import type { DesyncFiles } from "../observe/desync-files.ts";
import type { RoomRegistry } from "../observe/room-registry.ts";
import { type BuiltPage, readPage } from "../page/built-page.ts";
import type { Recordings } from "../recordings/recordings.ts";
import { lockstepRoom } from "../rooms/room-type.ts";
import { hardenedSocket } from "../socket/hardened-socket.ts";
import type { WorkerLink } from "../workers/worker-link.ts";
import { Continuity } from "./continuity.ts";
import { addRoutes } from "./routes.ts";
import { createServices } from "./services.ts";

/** A client has no reason to cut a message of at most some kilobytes into more. */
const MOST_FRAGMENTS = 256;

export interface AppOptions {
  /** The shelf; the first game is the default one. */
  readonly games: readonly AnyGame[];
  /** Folder of the built page. */
  readonly page?: string;
  /** What the server's own code has to say about what players write. */
  readonly chat?: ChatOptions;
  readonly settings: Settings;
  /** Where several processes share the port. */
  readonly workers?: WorkerLink | undefined;
}

export interface App {
  readonly registry: RoomRegistry;
  readonly reports: DesyncFiles;
  readonly recordings: Recordings;
  /** One room type per game, named like it: for `defineServer({ rooms })`. */
  readonly rooms: Record<string, RegisteredHandler>;
  readonly readiness: Readiness;
  /** A client that was given its seat here has come to it in another process. */
  readonly arrived: (session: string) => void;
  /** Who may see the monitor; `npm run dev` opens it. */
  readonly operators: OperatorAuth;
  /** What is served as the page; when nobody sets it, what is in the folder when the server begins to listen. */
  page: BuiltPage | undefined;
  readonly transport: WebSocketTransport;
  readonly express: NonNullable<ServerOptions["express"]>;
  readonly continuity: Continuity;
}

/**
 * Builds the parts for Colyseus's `defineServer`.
 *
 * @throws Error when two games have one name. @throws SettingError when a file of the settings cannot be used.
 */
export function createApp({ games, page, chat, settings, workers }: AppOptions): App {
  prepareGlobals();
  const readiness = new Readiness();
  const services = createServices(settings, { readiness, workers, ...(chat === undefined ? {} : { chat }) });
  const { registry, connections, reports, recordings, tokens, tickets, advice, left } = services;
  const operators = new OperatorAuth(settings, tokens, workers?.secretFor("monitor"));
  const front = new Front(settings, readiness, { tokens, operators, advice }, workers);
  queueMatchmaking((...seat) => front.reserved(...seat));
  const whole = new WholeServer(workers ?? new Alone(), { registry, connections, readiness });
  const rooms: Record<string, RegisteredHandler> = { [MONITOR_ROOM]: defineRoom(monitorRoom(operators, whole)) };
  for (const game of games) {
    if (rooms[game.name] !== undefined) throw new Error(`two rooms are called "${game.name}"`);
    rooms[game.name] = defineRoom(lockstepRoom(game, services));
  }
  const transport = new WebSocketTransport({
    server: front.server,
    maxPayload: settings.MESSAGE_BYTES,
    maxFragments: MOST_FRAGMENTS,
    // One message a turn of the event loop for each connection: however many come at once, ticks are not late.
    allowSynchronousEvents: false,
    // Whatever a client offers: there is none of ours.
    handleProtocols: () => false,
    WebSocket: hardenedSocket(settings),
    // Ours tell the round trip too, and find a dead peer in under eight seconds: socket/connections.ts.
    pingInterval: 0,
  });
  connections.watch(socketServerOf(transport));
  turnAway(socketServerOf(transport), (room) => {
    const why = left.whyEnded(room);
    return why && { code: CLOSE_CODES[why.name].code, reason: closeReason(why.name, why.detail) };
  });
  const names = games.map((game) => game.name);
  const made: App = {
    arrived: (session) => front.arrived(session),
    registry,
    reports,
    recordings,
    rooms,
    readiness,
    operators,
    transport,
    page: undefined,
    continuity: new Continuity(settings, services, readiness),
    express: (app) => {
      const served = page === undefined ? {} : { page: made.page ?? readPage(page) };
      const common = { operators, server: whole, readiness, recordings, tickets, games: names };
      addRoutes(app, { ...common, roomList: settings.ROOM_LIST, ...served });
    },
  };
  return made;
}
