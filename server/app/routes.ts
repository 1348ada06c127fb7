/** The HTTP side: the page, `/healthz`, `/readyz`, `/api/rooms`, recordings, the monitor's page and `/metrics`. */
import type { Application } from "express";
import { troubleSentence } from "../../shared/monitor/feed.ts";
import type { Readiness } from "../base/readiness.ts";
import { addressOf } from "../colyseus/http-request.ts";
import type { Settings } from "../config/settings.ts";
import { addMonitor, type MonitorOptions } from "../monitor/monitor-routes.ts";
import { roomListOf } from "../observe/room-list.ts";
import { addPage } from "../page/page-routes.ts";
import { addRecordings, type RecordingRoutes } from "../recordings/recording-routes.ts";

export interface HttpOptions extends MonitorOptions, RecordingRoutes {
  readonly readiness: Readiness;
  /** The names of the games that have rooms here, the default one first. */
  readonly games: readonly string[];
  /** The part of the rooms that everybody may see. */
  readonly roomList: Settings["ROOM_LIST"];
}

const NO_LIST = "this server does not list its rooms; operators see them at /monitor, or here with its password";

/** Adds the routes to Colyseus's express application. */
export function addRoutes(app: Application, options: HttpOptions): void {
  app.disable("x-powered-by");
  app.get("/healthz", async (_request, response) => {
    const { uptimeSeconds, faults, journalTroubles } = await options.server.health();
    const trouble = journalTroubles.length === 0 ? {} : { journal: journalTroubles.map(troubleSentence).join("; ") };
    response.json({ ok: true, uptimeSeconds: Math.round(uptimeSeconds), faults, ...trouble });
  });
  app.get("/readyz", (_request, response) => {
    const { isReady } = options.readiness;
    response.status(isReady ? 200 : 503).json({ ready: isReady });
  });
  app.get("/api/rooms", async ({ headers }, response) => {
    const { authorization } = headers;
    const isAsking = authorization !== undefined || options.operators.isOpen;
    const refused = isAsking ? await options.operators.judge(authorization, addressOf(headers)) : undefined;
    if (refused !== undefined) response.status(refused.status).json({ error: refused.sentence });
    else if (!isAsking && options.roomList === "off") response.status(403).json({ error: NO_LIST });
    else {
      const who = isAsking || options.roomList === "off" ? "operator" : options.roomList;
      const list = roomListOf(options.games, await options.server.reports(), who);
      response.set("cache-control", "no-store").json(list);
    }
  });
  addRecordings(app, options);
  addMonitor(app, options);
  if ("page" in options) addPage(app, options.page);
}
