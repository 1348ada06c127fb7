/** Tickets with two workers and after a kill of everything: forged, foreign and used-up ones open nothing, true ones their own seat. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Protocol } from "@colyseus/core";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterEach, expect, it } from "vitest";
import { WebSocket } from "ws";
import { Tickets } from "../../../../server/identity/tickets.ts";
import { CLOSE_CODES } from "../../../../shared/engine/protocol/close-codes.ts";
import { freePort } from "../../../kit/lines/started-proxy.ts";
import { SeveralWorkers } from "../../../kit/servers/several-workers.ts";
import { until } from "../../../kit/until.ts";

const folder = mkdtempSync(join(tmpdir(), "phalanx-tickets-"));
let workers: SeveralWorkers | undefined;
afterEach(async () => {
  await workers?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Holder {
  readonly room: Room;
  readonly roomId: string;
  readonly session: string;
  readonly ticket: string;
  readonly ends: number[];
}

function holderOf(room: Room): Holder {
  // It comes back when it is told to.
  room.reconnection.enabled = false;
  const ends: number[] = [];
  room.onLeave((code) => ends.push(code));
  return { room, roomId: room.roomId, session: room.sessionId, ticket: room.reconnectionToken.split(":")[1]!, ends };
}

/** At the socket itself, past matchmaking. */
async function knock(address: string): Promise<"in" | "refused"> {
  const socket = new WebSocket(address);
  socket.on("error", () => {});
  const word = new Promise<"in">((resolve) => {
    // Who is refused is told why, in a message too.
    socket.on("message", (bytes: Buffer) => bytes[0] === Protocol.JOIN_ROOM && resolve("in"));
  });
  const end = Promise.race(["close", "unexpected-response"].map((event) => once(socket, event)));
  const answer = await Promise.race([word, end.then(() => "refused" as const)]);
  socket.terminate();
  return answer;
}

/** Of a ticket shown every way there is, twice: connections are dealt to each worker in turn. */
async function opened(url: string, { roomId, session }: Holder, ticket: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    for (const how of ["", "&skipHandshake=1"])
      answers.push(
        await knock(`${url}/any/${roomId}?sessionId=${session}&reconnectionToken=${encodeURIComponent(ticket)}${how}`),
      );
    answers.push(
      await new ColyseusSDK(url).reconnect(`${roomId}:${ticket}`).then(
        () => "in",
        () => "refused",
      ),
    );
  }
  return answers;
}
const NOTHING = Array.from({ length: 6 }, () => "refused");

it("nobody gets in by any of them, before and after a kill of all processes, and nobody is disturbed", {
  timeout: 120_000,
}, async () => {
  const env = { PORT: String(await freePort()), JOURNAL: folder, RETURN_SECONDS: "0" };
  workers = await SeveralWorkers.start(2, env);
  const { url } = workers;
  const sdk = new ColyseusSDK(url);
  const rooms = [...(await workers.roomOfEach("arena")).values()];
  const holders = (await Promise.all(rooms.map((room) => sdk.joinById(room, {})))).map(holderOf);
  const left = holderOf(await sdk.joinById(rooms[0]!, {}));
  await left.room.leave();
  const over = holderOf(await sdk.create("arena"));
  await over.room.leave();

  const tryAll = async (): Promise<void> => {
    for (const [i, holder] of holders.entries()) {
      const { ticket, session, roomId } = holder;
      const other = holders[1 - i]!;
      const forged = [
        "forged",
        `${session}.0.${"A".repeat(32)}`,
        ticket.slice(0, -1) + (ticket.endsWith("A") ? "Q" : "A"),
        ticket.replace(".0.", ".1."),
        ticket.replace(session, other.session),
        // Of the other worker's room, and of another server.
        other.ticket,
        new Tickets().issue(roomId, { session, entry: 0 }),
      ];
      const answers = await Promise.all(forged.map((each) => opened(url, holder, each)));
      for (const [n, each] of forged.entries()) expect(answers[n], each).toEqual(NOTHING);
      // True, and for another room.
      expect(await opened(url, { ...other, session }, ticket)).toEqual(NOTHING);
    }
    expect(await opened(url, left, left.ticket), "who has said goodbye").toEqual(NOTHING);
    expect(await opened(url, over, over.ticket), "of a room that is over").toEqual(NOTHING);
  };
  await tryAll();
  expect(holders.map(({ ends }) => ends)).toEqual([[], []]);

  workers.server.signalAll("SIGKILL");
  await workers.server.ended;
  await until("all connections are lost", () => holders.every(({ ends }) => ends.length > 0));
  workers = await SeveralWorkers.start(2, env);
  await tryAll();

  for (const { roomId, session, ticket } of holders) {
    const first = await sdk.reconnect(`${roomId}:${ticket}`);
    expect(first.sessionId).toBe(session);
    const told = new Promise((resolve) => first.onLeave(resolve));
    first.reconnection.enabled = false;
    // Shown once more it is another window's: one connection at a time has the seat.
    const second = await sdk.reconnect(`${roomId}:${ticket}`);
    expect([second.sessionId, await told]).toEqual([session, CLOSE_CODES["seat/elsewhere"].code]);
    await second.leave();
    expect(await knock(`${url}/any/${roomId}?sessionId=${session}&reconnectionToken=${ticket}`)).toBe("refused");
  }
});
