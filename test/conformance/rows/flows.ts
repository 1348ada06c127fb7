/** Rows that take more than one connection: caps per address, floods, and answers that are looked into. */
import { setTimeout as after } from "node:timers/promises";
import { binary } from "../../kit/wire/frames.ts";
import { RawConnection } from "../../kit/wire/raw-connection.ts";
import { type Answer, handshake, head, type Target } from "../../kit/wire/target.ts";
import { flow as row } from "../row.ts";

/** How often each status came, the lower ones first: "200 x6, 429 x4". */
function tally(answers: readonly Pick<Answer, "status">[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status} x${count}`)
    .join(", ");
}

const caps = [
  row("connection floods", "20 connections of one address", "8 open, 12 cut", async (target) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => RawConnection.open(target.port, "127.0.1.1")));
    await after(200);
    const open = all.filter(({ isClosed }) => !isClosed).length;
    for (const connection of all) connection.end();
    return `${open} open, ${all.length - open} cut`;
  }),
  row("connection floods", "connections of an address that had too many", "200", async (target) => {
    const all = await Promise.all(Array.from({ length: 20 }, () => RawConnection.open(target.port, "127.0.1.2")));
    for (const connection of all) connection.end();
    await after(200);
    const { status } = await target.ask("joinOrCreate/tag", { from: "127.0.1.2", options: { watch: true } });
    return String(status);
  }),
  row("connection floods", "300 connections of one address that come and go", "200 or a few more", async (target) => {
    let answered = 0;
    for (let i = 0; i < 300; i++) {
      const connection = await RawConnection.open(target.port, "127.0.1.10");
      connection.write(head("GET /readyz", { Host: "x", Connection: "close" }));
      await connection.until(() => connection.isClosed, 4000);
      if (connection.statuses !== "") answered++;
    }
    // It may open some three more in every second that this takes.
    return answered >= 200 && answered < 250 ? "200 or a few more" : `${answered} answered`;
  }),
  row("connection floods", "20 WebSockets of one address behind a proxy", "101 x8, 429 x12", async (target) => {
    const all = await behindProxy(target, () => "203.0.113.7");
    return tally(all);
  }),
  row("connection floods", "20 WebSockets of 20 addresses behind a proxy", "101 x20", (target) =>
    behindProxy(target, (i) => `203.0.113.${20 + i}`).then(tally),
  ),
  row("forged addresses", "20 WebSockets whose client adds addresses", "101 x8, 429 x12", (target) =>
    behindProxy(target, (i) => `10.0.0.${i}, 203.0.113.8`).then(tally),
  ),
  row("forged addresses", "20 WebSockets of one IPv6 customer", "101 x8, 429 x12", (target) =>
    behindProxy(target, (i) => `2001:db8:0:0:${i}::1`).then(tally),
  ),
  row("request floods", "50 requests of one address", "200 x40, 429 x10", async (target) => {
    const statuses: { status: number }[] = [];
    for (let i = 0; i < 50; i++) {
      const connection = await RawConnection.open(target.port, "127.0.1.8");
      connection.write(head("GET /readyz", { Host: "x", Connection: "close" }));
      await connection.until(() => connection.isClosed, 4000);
      statuses.push({ status: Number(connection.statuses) });
    }
    return tally(statuses);
  }),
  {
    ...row("request floods", "20,000 requests that do not wait for answers", "cut", async (target) => {
      const connection = await RawConnection.open(target.port);
      connection.write(head("GET /api/rooms", { Host: "x" }).repeat(20_000));
      await connection.until(() => connection.isClosed, 4000);
      return connection.isClosed ? "cut" : "open";
    }),
    // Node reads 64 KiB of them in one go, some 0.1 s: too much for the few ticks of the short version.
    isSlow: true,
  },
  row("request floods", "connections after 8 that did not wait for answers", "cut", async (target) => {
    for (let i = 0; i < 8; i++) {
      const connection = await RawConnection.open(target.port, "127.0.1.9");
      connection.write(head("GET /readyz", { Host: "x" }).repeat(20));
      await connection.until(() => connection.isClosed, 4000);
    }
    await after(100);
    const last = await RawConnection.open(target.port, "127.0.1.9");
    await last.until(() => last.isClosed, 500);
    last.end();
    return last.isClosed ? "cut" : "open";
  }),
  row("room floods", "10 rooms of one address", "200 x4, 429 x6", async (target) =>
    tally(await many(10, () => target.ask("create/tag", { from: "127.0.1.3", options: { watch: true } }))),
  ),
  row("matchmaking floods", "20 refused requests of one address", "400 x12, 429 x8", async (target) =>
    tally(await many(20, () => target.ask("joinOrCreate/tag", { from: "127.0.1.4", options: { junk: true } }))),
  ),
  row("matchmaking floods", "forging an address does not help", "400 x12, 429 x8", async (target) =>
    tally(
      await many(20, (i) =>
        target.ask("joinOrCreate/tag", {
          from: "127.0.1.5",
          options: { junk: true },
          headers: { "x-forwarded-for": `203.0.113.${i}`, "x-real-ip": `203.0.113.${i}` },
        }),
      ),
    ),
  ),
  row("seat squatting", "10 seats that one address does not come to", "200 x6, 429 x4", async (target) =>
    tally(await many(10, () => target.ask("joinOrCreate/tag", { from: "127.0.1.6", options: { watch: true } }))),
  ),
  row("seat squatting", "10 seats that one address comes to", "10 joined", async (target) => {
    for (let i = 0; i < 10; i++) {
      const connection = await target.enter(await target.reserve("lockstep", { from: "127.0.1.7" }), "127.0.1.7");
      connection.write(binary(10));
      connection.end();
    }
    return "10 joined";
  }),
  row("connection floods", "500 connections that come and go", "200", async (target) => {
    for (let i = 0; i < 50; i++) {
      const all = await Promise.all(Array.from({ length: 10 }, () => RawConnection.open(target.port)));
      for (const connection of all) connection.end();
    }
    return String((await target.ask("joinOrCreate/tag", { options: { watch: true } })).status);
  }),
];

/** One after the other, so that the same ones are refused every time. */
async function many(count: number, ask: (i: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let i = 0; i < count; i++) answers.push(await ask(i));
  return answers;
}

/** The answers to 20 handshakes that come through a trusted proxy. */
async function behindProxy(target: Target, addressOf: (i: number) => string): Promise<{ status: number }[]> {
  const all: RawConnection[] = [];
  for (let i = 0; i < 20; i++) {
    const connection = await RawConnection.open(target.port, "127.9.9.9");
    connection.write(handshake({ "X-Forwarded-For": addressOf(i) }));
    await connection.until(() => connection.statuses !== "", 4000);
    all.push(connection);
  }
  const answers = all.map(({ statuses }) => ({ status: Number(statuses) }));
  for (const connection of all) connection.end();
  return answers;
}

const echo = row(
  "RFC 6455 4.2.2",
  "a sub-protocol is not echoed, nor compression agreed to",
  "neither",
  async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.write(handshake({ "Sec-WebSocket-Protocol": "chat", "Sec-WebSocket-Extensions": "permessage-deflate" }));
    await connection.until(() => connection.statuses === "101", 4000);
    connection.end();
    return /sec-websocket-(protocol|extensions)/i.test(connection.text) ? connection.text : "neither";
  },
);

const accept = row(
  "RFC 6455 4.2.2",
  "the answer to the key of the standard's example",
  "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
  async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.write(handshake());
    await connection.until(() => connection.statuses === "101", 4000);
    connection.end();
    return /sec-websocket-accept: (\S+)/i.exec(connection.text)?.[1] ?? connection.text;
  },
);

const cors = row("CORS", "a foreign page is not answered across origins", "no", async (target) => {
  const connection = await RawConnection.open(target.port);
  connection.write("GET /api/rooms HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n");
  await connection.until(() => connection.isClosed, 4000);
  return /access-control-allow-origin/i.test(connection.text) ? connection.text : "no";
});

const depth = row("RFC 8259 9", "deep nesting is refused for its depth", "nests at most 8 deep", async (target) => {
  const { body } = await target.ask("joinOrCreate/tag", { options: { a: [[[[[[[[]]]]]]]] } });
  return /nests at most 8 deep/.exec(body)?.[0] ?? body;
});

export const flowRows = [...caps, echo, accept, cors, depth];
