/** Rows: peers that are slow on purpose. */
import { setTimeout as after } from "node:timers/promises";
import { BINARY, frame } from "../../kit/wire/frames.ts";
import type { Step } from "../../kit/wire/raw-connection.ts";
import { RawConnection } from "../../kit/wire/raw-connection.ts";
import { handshake, head } from "../../kit/wire/target.ts";
import { type FlowRow, type HttpRow, flow as quickFlow, type Row } from "../row.ts";
import { endOf } from "../run-row.ts";

const http = (name: string, end: string, ...send: Step[]): HttpRow => ({
  kind: "http",
  why: "Slowloris",
  name,
  end,
  isSlow: true,
  send,
});
const flow = (...row: Parameters<typeof quickFlow>): FlowRow => ({ ...quickFlow(...row), isSlow: true });

const dripping = (text: string): Step[] => [...text].flatMap((letter) => [letter, 40]);
const POST = head("POST /matchmake/join/tag", {
  Host: "x",
  "Content-Type": "application/json",
  "Content-Length": "1000",
});

export const slowRows: readonly Row[] = [
  http("a connection that says nothing", "408|cut"),
  http("half a request line", "408|cut", "GET /heal"),
  http("half a head", "408|cut", "GET /healthz HTTP/1.1\r\nHost: x\r\n"),
  http("a head letter by letter", "408|cut", ...dripping("GET /healthz HTTP/1.1\r\nHost: game.example\r\nX: y")),
  http("half a handshake", "408|cut", handshake().slice(0, 60)),
  http("a handshake letter by letter", "408|cut", ...dripping(handshake().slice(0, 60))),
  http("a body that never comes", "401|408|cut", POST),
  http("a body letter by letter", "401|408|cut", POST, ...dripping("{".padEnd(40))),
  flow("Slowloris", "an answer that is kept alive and not used", "cut", async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.write(head("GET /healthz", { Host: "x" }));
    await connection.until(() => connection.isClosed, 8000);
    connection.end();
    return connection.isClosed && connection.statuses === "200" ? "cut" : connection.statuses;
  }),
  flow("slow read", "answers that are not read", "cut", async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.pause();
    connection.write(head("GET /api/rooms", { Host: "x" }).repeat(3));
    await after(6000);
    // Who reads nothing sees an end only by writing.
    for (let i = 0; i < 20 && !connection.isClosed; i++) await connection.play(["x", 100]);
    const end = connection.isClosed ? "cut" : "open";
    connection.end();
    return end;
  }),
  flow("silent WebSockets", "a seat whose join is never acknowledged", "close 4109", async (target) => {
    const connection = await target.enter(await target.reserve());
    await connection.until(() => connection.isClosed, 3000);
    return endOf(connection);
  }),
  flow("silent WebSockets", "a WebSocket that answers no ping", "cut", async (target) => {
    const connection = await target.enter(await target.reserve());
    connection.write(frame(BINARY, Uint8Array.of(10)));
    await connection.until(() => connection.isClosed, 12_000);
    return connection.isClosed ? "cut" : "open";
  }),
];
