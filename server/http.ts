/** The HTTP side: the page, `/healthz`, `/readyz`, `/api/rooms`, the monitor's page and `/metrics`. */
import type { Application } from "express";
import { addMonitor, type MonitorOptions } from "./monitor/monitor-routes.ts";
import { addPage } from "./page/page-routes.ts";

export interface HttpOptions extends MonitorOptions {
  /** The names of the games that have rooms here, the default one first. */
  readonly games: readonly string[];
}

/** Adds the routes to Colyseus's express application. */
export function addRoutes(app: Application, options: HttpOptions): void {
  const startedAt = performance.now();
  const { desk, readiness } = options.sources;
  app.disable("x-powered-by");
  app.get("/healthz", (_request, response) => {
    const uptimeSeconds = Math.round((performance.now() - startedAt) / 1000);
    response.json({ ok: true, uptimeSeconds, faults: readiness.faults });
  });
  app.get("/readyz", (_request, response) => {
    const { isReady } = readiness;
    response.status(isReady ? 200 : 503).json({ ready: isReady });
  });
  app.get("/api/rooms", (_request, response) => {
    response.json({ games: options.games, rooms: desk.reports() });
  });
  addMonitor(app, options);
  if ("page" in options) addPage(app, options.page);
}
