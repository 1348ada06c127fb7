/**
 * A process that wants the lock of many folders, each at a given moment, and keeps those that it gets until it is ended:
 * `lock-racer.ts <folder> <moment of the first> <rounds>`. It says which it has, and why not the others.
 */
import { join } from "node:path";
import { FolderLock } from "../../../server/journal/folder-lock.ts";

/** Between two folders: much more than one takes. */
const ROUND_MS = 20;

const [folder = "", first = "", rounds = ""] = process.argv.slice(2);
const said: (string | undefined)[] = [];
for (let round = 0; round < Number(rounds); round++) {
  // A timer is a millisecond late or two, and not in every process by as much.
  while (Date.now() < Number(first) + round * ROUND_MS) {}
  try {
    new FolderLock(join(folder, String(round)));
    said.push(undefined);
  } catch (error) {
    said.push(`${(error as Error).constructor.name}: ${(error as Error).message}`);
  }
}
process.stdout.write(`${JSON.stringify({ pid: process.pid, said: said.map((why) => why ?? "has it") })}\n`);
setInterval(() => {}, 1000);
