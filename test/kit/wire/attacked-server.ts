/** The attacked server, with a match in one of its rooms that is watched, and a room for the attackers. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../players/socket-player.ts";
import { TYPESCRIPT } from "../typescript.ts";
import type { Health } from "./attacked-process.ts";
import { Target } from "./target.ts";
import { makeTokens, SECRET } from "./tokens.ts";

/** Limits so low that they are met, and times so short that nobody waits for them. */
const ENV = {
  ORIGINS: "https://friend.example",
  TRUST_PROXY: "127.9.9.9",
  EXEMPT: "127.0.0.1",
  TOKEN_SECRET: SECRET,
  CONNECTIONS_PER_ADDRESS: "8",
  CONNECTIONS_PER_MINUTE: "200",
  REQUESTS_PER_MINUTE: "40",
  MATCHMAKING_PER_MINUTE: "12",
  CREATIONS_PER_MINUTE: "4",
  PENDING_JOINS: "6",
  HEADER_SECONDS: "1",
  REQUEST_SECONDS: "1.5",
  IDLE_SECONDS: "2",
  FIRST_MESSAGE_SECONDS: "1",
  BYTES_PER_SECOND: "262144",
};

export class AttackedServer {
  readonly target: Target;
  readonly witness: SocketPlayer;
  /** Fulfilled when the process has ended. */
  readonly ended: Promise<undefined>;
  readonly #process: ChildProcess;
  readonly #host: SocketPlayer;

  private constructor(child: ChildProcess, target: Target, witness: SocketPlayer, host: SocketPlayer) {
    this.#process = child;
    this.target = target;
    this.witness = witness;
    this.#host = host;
    this.ended = once(child, "exit").then(() => undefined);
  }

  static async start(): Promise<AttackedServer> {
    const program = ["--expose-gc", ...TYPESCRIPT, "test/kit/wire/attacked-process.ts"];
    const child = spawn(process.execPath, program, {
      env: { ...process.env, ...ENV },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const { port } = await heard<{ port: number }>(child, "port");
    const tokens = await makeTokens();
    const game = games.find(({ name }) => name === "tag") as AnyGame;
    const join = { url: `ws://127.0.0.1:${port}`, newRoom: true, token: tokens.valid };
    const witness = await joinPlayer(game, { ...join, bots: 4 }, 1);
    const host = await joinPlayer(game, join, 2);
    const target = new Target(port, tokens, host.session.room.roomId);
    const server = new AttackedServer(child, target, witness, host);
    await server.#ask<Health>({ watch: witness.session.room.roomId }, "lateness");
    return server;
  }

  /** How the server has been since it was last asked. */
  health(): Promise<Health> {
    return this.#ask({}, "lateness");
  }

  /** Bytes that the server uses after everything that can be freed was; its ticks are late for it. */
  async memory(): Promise<number> {
    return (await this.#ask<{ memoryBytes: number }>({ isMemory: true }, "memoryBytes")).memoryBytes;
  }

  kill(): void {
    if (!this.hasEnded) this.#process.kill("SIGKILL");
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async stop(): Promise<void> {
    await Promise.all([this.witness.stop(), this.#host.stop()]);
    if (this.hasEnded) return;
    this.#process.disconnect();
    await this.ended;
  }

  async #ask<T extends object>(question: object, field: keyof T): Promise<T> {
    const answer = heard<T>(this.#process, field);
    if (!this.hasEnded) this.#process.send(question);
    return answer;
  }
}

/** The next message of a process that has a field of this name: tsx sends messages of its own. */
function heard<T extends object>(child: ChildProcess, field: keyof T): Promise<T> {
  return new Promise((resolve) => {
    const listen = (message: object): void => {
      if (!(field in message)) return;
      child.off("message", listen);
      resolve(message as T);
    };
    child.on("message", listen);
  });
}
