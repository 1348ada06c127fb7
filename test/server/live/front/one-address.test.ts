/** A class behind one address joins at once, with the limits that a server has by itself; who squats and hammers is held. */
import { request } from "node:http";
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games, env: { EXEMPT: "none", TRUST_PROXY: "127.0.0.2" } });
});
afterAll(() => server.stop());

/** Asks for a seat from an address of this machine, and does not come. */
function ask(from: string, path = "joinOrCreate/tag", options: object = {}, headers: Record<string, string> = {}) {
  const body = JSON.stringify(options);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asking = request(
      {
        ...{ port: server.port, host: "127.0.0.1", localAddress: from, method: "POST", path: `/matchmake/${path}` },
        headers: { "content-type": "application/json", "content-length": body.length, connection: "close", ...headers },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    asking.on("error", reject);
    asking.end(body);
  });
}

const join = (): Promise<Room> => new ColyseusSDK(server.url).joinOrCreate("tag");
const create = (): Promise<Room> => new ColyseusSDK(server.url).create("tag");
const times = <T>(count: number, act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, act));
const refusedOf = (answers: readonly { status: number }[]): number =>
  answers.filter(({ status }) => status === 429).length;

it.each([30, 60])(
  "%i of one address join at the same moment, and again after they have left",
  async (pupils) => {
    for (let lesson = 0; lesson < 2; lesson++) {
      const rooms = await times(pupils, join);
      await Promise.all(rooms.map((room) => room.leave()));
    }
  },
  60_000,
);

it("30 of one address each make a room of their own", async () => {
  const rooms = await times(30, create);
  await Promise.all(rooms.map((room) => room.leave()));
}, 60_000);

it("who reserves seats and does not come is refused, told for how long, and costs the others nothing", async () => {
  const answers = [];
  for (let i = 0; i < 130; i++) answers.push(await ask("127.0.0.3"));
  expect(refusedOf(answers)).toBe(30);
  expect(answers.at(-1)!.body).toMatch(/reserved many seats and not come; try again in \d+ s/);
  expect((await ask("127.0.0.4")).status).toBe(200);
}, 60_000);

it("an address that asks in vain is refused after some tries", async () => {
  const answers = [];
  for (let i = 0; i < 130; i++) answers.push(await ask("127.0.0.5", "joinById/nowhere"));
  expect(refusedOf(answers)).toBe(10);
  expect(answers.at(-1)!.body).toMatch(/joins from this address have failed; try again in \d+ s/);
}, 60_000);

it("a seat that is asked for from one address and come to from another is come to", async () => {
  for (let i = 0; i < 120; i++) {
    const { status, body } = await ask(
      "127.0.0.2",
      undefined,
      { watch: true },
      { "x-forwarded-for": "203.0.113.77:1" },
    );
    expect(status, body).toBe(200);
    const room = await new ColyseusSDK(server.url).consumeSeatReservation(JSON.parse(body));
    await room.leave();
  }
}, 60_000);
