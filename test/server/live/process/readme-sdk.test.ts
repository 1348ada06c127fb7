/** README's first lines with a stock SDK run as they stand: pasted into a file of their own, only the port is another. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { games } from "../../../../shared/games/index.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

let server: RealServer;
// In the project, so that the sample's import is found; not in `shared`, which other tests copy meanwhile.
const folder = mkdtempSync("test/.docs-");
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

const sampleOf = (document: string): string =>
  /```ts sdk\n([\s\S]*?)```/.exec(readFileSync(document, "utf8"))?.[1] ?? `no sample in ${document}`;

it("both languages have the same", () => {
  expect(sampleOf("README.zh-CN.md")).toBe(sampleOf("README.md"));
});

it("joins, is sent worlds, and its input is taken", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const file = join(folder, "sdk.ts");
  const sample = sampleOf("README.md");
  expect(sample).toContain("ws://localhost:2567");
  writeFileSync(file, `${sample.replace("ws://localhost:2567", server.url)}\nexport { room };\n`);
  const { room } = (await import(pathToFileURL(file).href)) as { room: { roomId: string; leave(): Promise<unknown> } };
  const { match } = server.room(room.roomId);
  const printed = () => log.mock.calls.filter((call) => call.length === 2);
  await until("worlds were printed", () => printed().length > 20);
  expect(printed().at(-1)).toEqual([expect.any(Number), 1]);
  await until("the input is in force", () => (match.world.seats.input(0) as { dx: number }).dx === 1);
  await room.leave();
  log.mockRestore();
});
