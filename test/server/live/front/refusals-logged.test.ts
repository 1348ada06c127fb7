/**
 * The advice on refusals: logged once for each cause that a deployment may have to mend, and every refused client is
 * told why.
 */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StartedServer } from "../../../kit/servers/started-server.ts";
import { until } from "../../../kit/until.ts";
import { handshake, head } from "../../../kit/wire/target.ts";

const PROXY = "127.0.0.7";
const STRANGER = "127.0.0.8";
const CLASS = "127.0.0.9";

let server: StartedServer;
beforeAll(async () => {
  const limits = { CONNECTIONS_PER_ADDRESS: "2", HOSTS: "game.example", EXEMPT: "none" };
  server = await StartedServer.start({ ...limits, TRUST_PROXY: PROXY, LOG_LEVEL: "warn" });
});
afterAll(() => server?.kill());

/** Sends a head from an address of this machine; what comes back until the connection is closed. */
function send(text: string, localAddress: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect({ port: server.port, host: "127.0.0.1", localAddress });
    socket.on("data", (bytes: Buffer) => {
      answer += bytes;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
    socket.write(text);
  });
}

const adviceWith = (words: RegExp) => server.log.filter(({ msg }) => words.test(String(msg)));
const textOf = ({ log }: StartedServer): string => log.map(({ msg }) => msg).join("\n");
const ROOM = "/process/room?sessionId=somebody";

describe("is logged once, with what mends it, and told: ", () => {
  it.each([
    [
      "a page of an origin that is not allowed",
      () => handshake({ Origin: "https://play.example" }, ROOM),
      ...([PROXY, "403", /origin/, /ORIGINS/] as const),
    ],
    [
      "a Host that is not ours",
      () => head("GET /readyz", { Host: "strict.example" }),
      STRANGER,
      "421",
      /name/,
      /HOSTS/,
    ],
    [
      "a room's address without Upgrade",
      () => handshake({ Connection: "close", Upgrade: undefined }, ROOM),
      ...([STRANGER, "426", /WebSocket/, /let the proxy pass the Upgrade/] as const),
    ],
    [
      "addresses that are none",
      () => head("GET /readyz", { Host: "game.example", "X-Forwarded-For": "nonsense" }),
      ...([PROXY, "400", /X-Forwarded-For/, /take it out of TRUST_PROXY/] as const),
    ],
  ] as const)("%s", async (_what, text, from, status, sentence, mend) => {
    for (let i = 0; i < 3; i++) {
      const answer = await send(text(), from);
      expect(answer).toContain(`HTTP/1.1 ${status} `);
      expect(answer).toMatch(sentence);
    }
    await until("it is in the log", () => adviceWith(mend).length > 0);
    expect(adviceWith(mend)).toHaveLength(1);
  });

  it("an address that has all its connections: the next one is told before it asks", async () => {
    const open = [1, 2].map(() => connect({ port: server.port, host: "127.0.0.1", localAddress: CLASS }));
    try {
      await Promise.all(open.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
      for (let i = 0; i < 3; i++) {
        const answer = await send(head("GET /readyz", { Host: "game.example" }), CLASS);
        expect(answer).toContain("HTTP/1.1 429 ");
        expect(answer).toMatch(/too many connections from this address; try again in \d+ s/);
      }
      await until("it is in the log", () => adviceWith(/CONNECTIONS_PER_ADDRESS/).length > 0);
      expect(adviceWith(/CONNECTIONS_PER_ADDRESS/)).toMatchObject([{ address: CLASS }]);
    } finally {
      for (const socket of open) socket.destroy();
    }
  });

  it("a token that is none, and a server with all its rooms", async () => {
    const strict = await StartedServer.start({ TOKEN_SECRET: "s".repeat(32), LOG_LEVEL: "warn" });
    try {
      const full = await StartedServer.start({ ROOMS: "1", LOG_LEVEL: "warn" });
      try {
        const create = ({ port }: StartedServer): Promise<number> =>
          fetch(`http://127.0.0.1:${port}/matchmake/create/tag`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: "{}",
          }).then(({ status }) => status);
        for (let i = 0; i < 3; i++) expect(await create(strict)).toBe(401);
        expect([await create(full), await create(full), await create(full)]).toEqual([200, 503, 503]);
        await until("both are in their logs", () => /token was/.test(textOf(strict)) && /ROOMS/.test(textOf(full)));
        expect(strict.log.filter(({ msg }) => /token/.test(String(msg))).map(({ msg, why }) => [msg, why])).toEqual([
          [expect.stringMatching(/^a token was refused; compare TOKEN_AUDIENCE/), "there was none"],
        ]);
        expect(full.log.map(({ msg }) => msg).filter((msg) => /ROOMS/.test(String(msg)))).toEqual([
          expect.stringMatching(/^as many rooms are open as ROOMS allows; raise it/),
        ]);
      } finally {
        await full.kill();
      }
    } finally {
      await strict.kill();
    }
  });
});
