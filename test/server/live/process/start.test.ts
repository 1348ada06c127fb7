/** `npm start` as a person meets it: a port that is taken, a port that is none, an old Node, SIGTERM. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { TYPESCRIPT } from "../../../kit/typescript.ts";

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the server without the page; `onOutput` may end it. */
function start(
  env: Record<string, string>,
  onOutput: (kill: () => void, out: string) => void = () => {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...TYPESCRIPT, "server/boot/main.ts"], {
      env: { ...process.env, ...env },
    });
    let out = "";
    let error = "";
    child.stdout.on("data", (text: Buffer) => {
      out += text;
      onOutput(() => child.kill("SIGTERM"), out);
    });
    child.stderr.on("data", (text: Buffer) => {
      error += text;
    });
    child.on("close", (code) => resolve({ code, out, error }));
  });
}

it("a port that is taken ends it with one sentence", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, resolve));
  const { port } = other.address() as { port: number };
  const { code, error } = await start({ PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(error.trim()).toBe(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
  );
});

it("a port that is none ends it with one sentence", async () => {
  const { code, error } = await start({ PORT: "http" });
  expect(code).toBe(1);
  expect(error.trim()).toBe("PORT=http is not a port; give a whole number from 0 to 65535");
});

it("PORT is respected, the address is printed, SIGTERM ends it with 0, and all but one line is the log's, Colyseus's too", async () => {
  const env = { PORT: "0", LOG_LEVEL: "debug", DEBUG: "colyseus:*" };
  const { code, out, error } = await start(env, (kill, text) => {
    if (text.includes("Phalanx is up")) kill();
  });
  expect(out).toMatch(/^ {2}Phalanx is up\. {2}Open http:\/\/localhost:[1-9]\d+ in two windows and play\.$/m);
  expect(code).toBe(0);
  const lines = out.split("\n").filter((line) => line !== "" && !line.includes("Phalanx is up"));
  const events = lines.map((line) => JSON.parse(line) as { readonly msg: string; readonly from?: string });
  expect(events.map(({ msg }) => msg)).toEqual(expect.arrayContaining(["listening", "going down", "down"]));
  const colyseus = events.filter(({ from }) => from === "console");
  expect(colyseus.some(({ msg }) => msg.includes("colyseus:matchmaking"))).toBe(true);
  expect(error).toBe("");
});
