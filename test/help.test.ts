/**
 * The output of `--help`: every command of package.json that is ours describes itself, at once, and touches nothing.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
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
  for (const name of ["token", "cert", "desync", "bots", "fuzz", "bench", "bench:server", "determinism", "guards"])
    expect(names).toContain(name);
  expect(names).toContain("lint:games");
});

it.each(ours)("npm run %s -- --help", (name, file) => {
  // A wrong setting of the server's is no matter of theirs.
  const env = { ...process.env, PORT: "no port" };
  const command = [...TYPESCRIPT, file, "--help"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.split("\n")[0]).toContain(`npm run ${name}`);
  expect(stdout).not.toContain("Settings come from");
});

it.each(["server/boot/start.ts", "server/boot/main.ts", "server/dev/dev.ts"])(
  "%s takes no other argument for nothing",
  (file) => {
    const command = [...TYPESCRIPT, file, "--port", "8080"];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", timeout: 60_000 });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^There is no argument --port: settings come from the environment, as in PORT=8080 npm start/,
    );
  },
);
