/** The HTTP side: the page, `/healthz`, `/readyz`, `/api/rooms`, the monitor's page and `/metrics`. */
import { existsSync } from "node:fs";
import type { Application } from "express";
import express from "express";
import { addMonitor, type MonitorOptions } from "./monitor/monitor-routes.ts";

export interface HttpOptions extends MonitorOptions {
  /** The names of the games that have rooms here, the default one first. */
  readonly games: readonly string[];
}

/** Adds the routes to Colyseus's express application. */
export function addRoutes(app: Application, options: HttpOptions): void {
  const startedAt = Date.now();
  const { desk, readiness } = options.sources;
  app.disable("x-powered-by");
  app.get("/healthz", (_request, response) => {
    const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000);
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
  if (options.page === undefined) return;
  if (existsSync(options.page)) app.use(express.static(options.page));
  else
    app.get("/", (_request, response) => {
      response.status(503).type("text").send("The page is not built yet: run `npm run build`, or use `npm start`.\n");
    });
}
