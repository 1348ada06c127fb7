/**
 * The launcher of every command: `node server/boot/launch.mjs <file> ...` runs a file of this project in this very
 * process. A shell between command and program that is told to end ends alone: `sh -c "a && b"` leaves b behind, and
 * with it the port. Written so that a Node of years ago gets as far as the check.
 */
import "./check-node.mjs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** How often the parent process is checked for still being there. */
const LOOK_MS = 250;

const file = resolve(process.argv[2]);
process.argv.splice(1, 2, file);

// Not every shell gives its place to its last command. That npm's has ended without this process was the signal.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_MS);
  look.unref();
}

const isTypeScript = file.endsWith(".ts");
// What this process forks is TypeScript too.
if (isTypeScript) process.execArgv.push("--import", "tsx");
(isTypeScript ? import("tsx") : Promise.resolve()).then(() => import(pathToFileURL(file).href));
