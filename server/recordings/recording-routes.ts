/**
 * The routes of recordings, for whoever was in the room, and for operators. The ticket that every client has of its room says
 * that it was there; it is good for its recordings when the room is over.
 */
import type { Application, NextFunction, Request, Response } from "express";
import { addressOf } from "../colyseus/http-request.ts";
import type { OperatorAuth } from "../identity/operator-auth.ts";
import type { Tickets } from "../identity/tickets.ts";
import { refusal } from "../web/refusal.ts";
import type { Recordings } from "./recordings.ts";

export interface RecordingRoutes {
  readonly recordings: Recordings;
  readonly tickets: Tickets;
  readonly operators: OperatorAuth;
}

type RoomRequest = Request<{ room: string; name?: string }>;

/** The SDK puts the id of the room before the ticket. */
const BEARER = /^bearer +(?:[\w-]+:)?(\S+)$/i;
const NO_TICKET = refusal(
  401,
  "replays/ticket: this needs a ticket of that room (the reconnection token of a client that was in it, as a bearer token), or an operator's password or token",
);
const NOT_THERE =
  "replays/none: there is no such recording; it is there when its room is over, and for as long as REPLAYS_DAYS and REPLAYS_MB allow\n";
const OFF = "replays/off: this server records no matches (REPLAYS)\n";

export function addRecordings(app: Application, { recordings: { folder }, tickets, operators }: RecordingRoutes): void {
  const guard = async (request: RoomRequest, response: Response, next: NextFunction): Promise<void> => {
    const { authorization } = request.headers;
    response.set("cache-control", "no-store");
    if (folder === undefined) {
      // The page asks for every room that it has left: that there is nothing is no error.
      if (request.params.name === undefined) return void response.status(204).end();
      return void response.status(404).type("text").send(OFF);
    }
    const isBearer = /^bearer\b/i.test(authorization ?? "");
    const ticket = BEARER.exec(authorization ?? "")?.[1];
    if (tickets.read(request.params.room, ticket) !== undefined) return next();
    const refused =
      authorization === undefined && !operators.isOpen
        ? NO_TICKET
        : await operators.judge(authorization, addressOf(request.headers));
    if (refused === undefined) return next();
    // A browser would ask a player for a password else.
    const { status, headers, sentence } = isBearer ? NO_TICKET : refused;
    response
      .status(status)
      .set({ ...headers })
      .type("text")
      .send(`${sentence}\n`);
  };
  app.get("/replays/:room", guard, async (request: RoomRequest, response: Response) => {
    response.json((await folder?.of(request.params.room)) ?? []);
  });
  app.get("/replays/:room/:name", guard, async (request: RoomRequest, response: Response) => {
    const { room, name = "" } = request.params;
    const bytes = await folder?.read(room, name);
    if (bytes === undefined) response.status(404).type("text").send(NOT_THERE);
    else response.attachment(name).type("application/octet-stream").send(bytes);
  });
}
