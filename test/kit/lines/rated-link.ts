/**
 * A line with a rate and a real buffer, in front of a server of this machine. The kernel takes megabytes at once between two
 * sockets of one machine, so what a real line does to whoever sends is not seen there. This one takes what Ethernet takes: small
 * packets, small buffers, and the rest waits at the sender. Debian's Python runs it, because Node cannot ask for either.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RatedLinkOptions {
  /** Path of a Python 3; see `pythonOrSkip`. */
  readonly python: string;
  /** The port of the server behind it, on this machine. */
  readonly port: number;
  /** What it carries each way, all its connections together, in bits a second; left out: whatever there is. */
  readonly bitsPerSecond?: number;
}

export const MBIT = 1_000_000;

export class RatedLink {
  /** For SDK clients. */
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.url = `ws://127.0.0.1:${port}`;
  }

  /** @throws Error when the line's process does not start. */
  static async open({ python, port, bitsPerSecond = 0 }: RatedLinkOptions): Promise<RatedLink> {
    const script = fileURLToPath(new URL("rated-link.py", import.meta.url));
    const child = spawn(python, [script, String(port)], { stdio: ["pipe", "pipe", "inherit"] });
    const said = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
    const ended = once(child, "exit").then(([code]): never => {
      throw new Error(`the line's process ended with ${code}`);
    });
    ended.catch(() => {});
    const [line] = await Promise.race([said, ended]);
    const link = new RatedLink(child, Number(line));
    link.change(bitsPerSecond);
    return link;
  }

  /** Another rate from now on, in bits a second; 0: whatever there is. */
  change(bitsPerSecond: number): void {
    this.#process.stdin!.write(`${bitsPerSecond}\n`);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}
