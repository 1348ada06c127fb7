/**
 * The supervisor of `npm run dev`: starts a server for work on a game, and another whenever one of its files changes.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { refuseArguments } from "../boot/no-arguments.ts";
import { judgePort } from "../boot/port.ts";
import { settings } from "../config/start-settings.ts";
import { Sources } from "./sources.ts";

const SERVER = fileURLToPath(new URL("./dev-server.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** How often the files are compared; what changed must be the same twice, so that a checkout is loaded when it is whole. */
const LOOK_MS = 100;
/** Its players are told within this time, or it is ended. */
const MOST_ENDING_MS = 1500;

let isGoingDown = false;

function say(sentence: string): void {
  process.stderr.write(`\n  ${sentence}\n\n`);
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), MOST_ENDING_MS);
  await ended;
  clearTimeout(timer);
}

/** The new one loads its files while the old one goes, and opens the port when that is gone. */
function startAfter(old: Promise<void>): ChildProcess {
  const child = fork(SERVER);
  const isGone = (): void => {
    if (child.connected) child.send("open");
  };
  void old.then(isGone);
  child.once("exit", (code, signal) => {
    if (isGoingDown || child !== current) return;
    say(`The server has ended (${signal ?? `code ${code}`}). Save the mended file to start it again.`);
  });
  return child;
}

refuseArguments();
await judgePort(settings);
const sources = new Sources(ROOT);
let running = sources.look();
let current = startAfter(Promise.resolve());

async function goDown(): Promise<void> {
  if (isGoingDown) return;
  isGoingDown = true;
  await end(current);
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]) process.on(signal, goDown);

let last = running;
for (;;) {
  await after(LOOK_MS);
  const now = sources.look();
  if (now !== running && now === last && !isGoingDown) {
    const old = current;
    running = now;
    current = startAfter(end(old));
  }
  last = now;
}
