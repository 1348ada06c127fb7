/** The room for operators who watch the server: figures are pushed to them once a second, without being asked for. */
import { type AuthContext, type Client, ClientState, Room, type RoomException, ServerError } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { MOST_ROOMS, type Push, type RoomPush, type RoomRow } from "../../shared/monitor/feed.ts";
import { log } from "../base/log.ts";
import { socketOf } from "../colyseus/client-socket.ts";
import { isSmallTalk } from "../colyseus/envelope.ts";
import { interceptMessages } from "../colyseus/message-interceptor.ts";
import { NO_PATCH_TIMER_MS, PatchClock } from "../colyseus/patch-clock.ts";
import type { OperatorAuth } from "../identity/operator-auth.ts";
import { readClose, readKick, readWatch } from "./orders.ts";
import type { WholeServer } from "./whole-server.ts";

const PUSH_MS = 1000;
export const MOST_WATCHERS = 16;
const LONGEST_ORDER_BYTES = 512;
const MOST_BUFFERED_BYTES = 1024 * 1024;
const UNAVAILABLE = 503;

const fullestFirst = (a: RoomRow, b: RoomRow): number => b.players - a.players || b.ticks - a.ticks;

/** Everybody watches in one room; while it is being closed there may be another one. */
const MOST_AT_ONCE = 4;
const FULL = new ServerError(UNAVAILABLE, "as many watch this server as can; close another monitor");

export function monitorRoom(operators: OperatorAuth, server: WholeServer): new () => Room {
  const open = new Set<Room>();
  const watchers = (): number => [...open].reduce((sum, { clients }) => sum + clients.length, 0);

  return class MonitorRoom extends Room {
    override maxClients = MOST_WATCHERS;
    override maxMessagesPerSecond = 20;
    override patchRate = NO_PATCH_TIMER_MS;
    /** The room that each watcher looks into. */
    readonly #watched = new Map<Client, string>();
    #timer: NodeJS.Timeout | undefined;

    static override async onAuth(_token: string, _options: unknown, context: AuthContext): Promise<true> {
      const refused = await operators.judge(
        context.headers.get("authorization") ?? undefined,
        String(context.ip ?? ""),
      );
      if (refused !== undefined) throw new ServerError(refused.status, refused.sentence);
      return true;
    }

    override onCreate(): void {
      if (open.size >= MOST_AT_ONCE || watchers() >= MOST_WATCHERS) throw FULL;
      open.add(this);
      void this.setMatchmaking({ unlisted: true });
      interceptMessages(this, (_client, message) =>
        isSmallTalk(message, LONGEST_ORDER_BYTES) ? "for-colyseus" : "taken",
      );
      this.onMessage("watch", (client, said: unknown) => this.#watch(client, readWatch(said).room));
      this.onMessage("kick", ({ sessionId }, said: unknown) => {
        const order = readKick(said);
        if (order !== undefined) server.order({ kind: "kick", ...order }, sessionId);
      });
      this.onMessage("close", ({ sessionId }, said: unknown) => {
        const order = readClose(said);
        if (order !== undefined) server.order({ kind: "close", ...order }, sessionId);
      });
      const patches = new PatchClock(this);
      this.#timer = setInterval(() => {
        patches.skip();
        void this.#push(() => this.#joined);
      }, PUSH_MS);
    }

    override onJoin(client: Client): void {
      if (watchers() > MOST_WATCHERS) throw FULL;
      log.info({ operator: client.sessionId }, "somebody watches the monitor");
      void this.#push(() => [client]);
    }

    override onLeave(client: Client): void {
      this.#watched.delete(client);
    }

    override onDispose(): void {
      open.delete(this);
      clearInterval(this.#timer);
    }

    override onBeforeShutdown(): void {
      for (const client of this.clients) this.#close(client, "server/shutdown");
      void this.disconnect(CLOSE_CODES["server/shutdown"].code);
    }

    override onUncaughtException(error: RoomException, method: string): void {
      log.error({ err: error, method }, "exception in the monitor");
    }

    /** For a client that has not acknowledged its join Colyseus would keep every push. */
    get #joined(): Client[] {
      return this.clients.filter(({ state }) => state === ClientState.JOINED);
    }

    /** @param clients who is told, once all processes of the server have answered. */
    async #push(clients: () => readonly Client[]): Promise<void> {
      const { figures, rows, journalTroubles } = await server.account("monitor");
      const push: Push = {
        at: performance.now(),
        uptimeSeconds: process.uptime(),
        figures,
        rooms: [...rows].sort(fullestFirst).slice(0, MOST_ROOMS),
        journalTroubles,
      };
      for (const client of clients()) {
        if (socketOf(client).line.unsentBytes > MOST_BUFFERED_BYTES) {
          this.#close(client, "client/too-slow");
          continue;
        }
        client.send("push", push);
        const watched = this.#watched.get(client);
        if (watched !== undefined) void this.#tell(client, watched);
      }
    }

    #watch(client: Client, room: string | undefined): void {
      if (room === undefined) {
        this.#watched.delete(client);
        return;
      }
      this.#watched.set(client, room);
      void this.#tell(client, room);
    }

    async #tell(client: Client, id: string): Promise<void> {
      client.send("room", { id, seats: await server.seats(id) } satisfies RoomPush);
    }

    #close(client: Client, name: CloseName): void {
      client.leave(CLOSE_CODES[name].code, closeReason(name));
    }
  };
}
