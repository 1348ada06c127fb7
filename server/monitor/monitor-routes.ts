/** The monitor over HTTP, for authorized operators: its page with a ticket in it, the ticket alone, and `/metrics`. */
import type { Application, NextFunction, Request, Response } from "express";
import { TICKET_META } from "../../shared/monitor/feed.ts";
import { addressOf } from "../colyseus/http-request.ts";
import type { OperatorAuth } from "../identity/operator-auth.ts";
import type { BuiltPage } from "../page/built-page.ts";
import { PROMETHEUS_TYPE, prometheusText } from "./prometheus.ts";
import type { WholeServer } from "./whole-server.ts";

export interface MonitorOptions {
  readonly operators: OperatorAuth;
  readonly server: WholeServer;
  /** The built page, undefined when nothing is built; left out where something else serves it. */
  readonly page?: BuiltPage | undefined;
}

/** It can kick players: no other page may show it in a frame, and nothing runs in it but its own script. */
const PAGE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "no-referrer",
};

export function addMonitor(app: Application, options: MonitorOptions): void {
  const { operators, server, page } = options;
  const guard = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const { headers } = request;
    const refused = await operators.judge(headers.authorization, addressOf(headers));
    if (refused === undefined) next();
    else
      response
        .status(refused.status)
        .set({ ...refused.headers, "cache-control": "no-store" })
        .type("text")
        .send(`${refused.sentence}\n`);
  };
  app.get("/metrics", guard, async (_request, response) => {
    const { figures } = await server.account("metrics");
    response.set("content-type", PROMETHEUS_TYPE).send(await prometheusText(figures));
  });
  app.get("/monitor/ticket", guard, (_request, response) => {
    response.set("cache-control", "no-store").type("text").send(operators.ticket());
  });
  if (!("page" in options)) return;
  const html = page?.get("monitor/index.html")?.body.toString();
  app.get(["/monitor", "/monitor/index.html"], guard, ({ path }, response) => {
    // Its links are relative to its folder.
    if (/monitor$/i.test(path)) return response.redirect("monitor/");
    if (html === undefined)
      return response.status(503).type("text").send("The page is not built yet: run `npm run build`.\n");
    const ticket = `<meta name="${TICKET_META}" content="${operators.ticket()}" />`;
    return response
      .set(PAGE_HEADERS)
      .type("html")
      .send(html.replace("</head>", `${ticket}</head>`));
  });
}
