/**
 * The output of `--help`: every command of package.json that is ours describes itself, at once, and touches nothing.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Helper } from "./kit/servers/calls.ts";
import type { CommandCalls } from "./kit/servers/commands-process.ts";
import { TYPESCRIPT } from "./kit/typescript.ts";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** The server's own, which all print its settings and have tests of their own; `check` ends with the lint. */
const OTHERS = ["start", "serve", "dev", "check"];

/** Name and file of every command that ends with a file of ours. */
const ours = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /(\S+\.ts)$/.exec(command) ?? [];
  return file === undefined || file.endsWith(".config.ts") || OTHERS.includes(name) ? [] : [[name, file] as const];
});

it("is there for every command that is ours", () => {
  const names = ours.map(([name]) => name);
  for (const name of [
    "token",
    "cert",
    "desync",
    "replay",
    "bots",
    "fuzz",
    "bench",
    "bench:server",
    "determinism",
    "guards",
  ])
    expect(names).toContain(name);
  expect(names).toContain("lint:games");
});

/** A wrong setting of the server's is no matter of theirs. */
const MISSET = { PORT: "no port" };

let commands: Helper<CommandCalls>;
beforeAll(() => {
  commands = new Helper("commands-process.ts");
});
afterAll(() => commands.end());

it.each(ours)("npm run %s -- --help", async (name, file) => {
  const { code, out, error } = await commands.call("run", { file, args: ["--help"], env: MISSET });
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out.split("\n")[0]).toContain(`npm run ${name}`);
  expect(out).not.toContain("Settings come from");
});

it("one of them in a process of its own, which ends with it", () => {
  const [, file] = ours.find(([name]) => name === "desync")!;
  const asked = { encoding: "utf8", env: { ...process.env, ...MISSET } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, file, "--help"], asked);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.split("\n")[0]).toContain("npm run desync");
});

it.each(["server/boot/start.ts", "server/boot/main.ts", "server/dev/dev.ts"])(
  "%s takes no other argument for nothing",
  async (file) => {
    const { code, out, error } = await commands.call("run", { file, args: ["--port", "8080"] });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(error).toMatch(
      /^There is no argument --port: settings come from the environment, as in PORT=8080 npm start/,
    );
  },
);
