/** An older Node is refused with one plain sentence; this one is not. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Runs the check as a process of that version would, and returns what it does. */
function check(version: string): { error: string; code: number | undefined } {
  const done: { error: string; code: number | undefined } = { error: "", code: undefined };
  const process = {
    versions: { node: version },
    stderr: {
      write: (text: string) => {
        done.error += text;
      },
    },
    exit: (code: number) => {
      done.code = code;
    },
  };
  new Function("process", readFileSync("server/boot/check-node.mjs", "utf8"))(process);
  return done;
}

it.each(["0.12.18", "18.20.8", "20.18.3"])("Node %s is told what to install", (version) => {
  expect(check(version)).toEqual({
    error: `Phalanx needs Node.js 20.19 or newer (22 and 24 are fine); this is ${version}. Install a newer one.\n`,
    code: 1,
  });
});

it.each(["20.19.0", "22.0.0", "24.1.0"])("Node %s is let through", (version) => {
  expect(check(version)).toEqual({ error: "", code: undefined });
});
