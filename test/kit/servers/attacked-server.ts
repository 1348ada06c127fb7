/** The attacked server, with a match in one of its rooms that is watched, and a room for the attackers. */
import { once } from "node:events";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { games } from "../../../shared/games/index.ts";
import { joinPlayer, type SocketPlayer } from "../players/socket-player.ts";
import { Target } from "../wire/target.ts";
import { makeTokens, SECRET } from "../wire/tokens.ts";
import type { BystanderCalls } from "./bystander-process.ts";
import { Helper } from "./calls.ts";
import type { Health, ServerCalls } from "./server-process.ts";

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
  // A desync is a finding: its report is left for whoever runs this.
  REPORTS: "artifacts",
};

export class AttackedServer {
  readonly target: Target;
  readonly witness: SocketPlayer;
  /** Fulfilled when the process has ended. */
  readonly ended: Promise<undefined>;
  readonly #process: Helper<ServerCalls>;
  readonly #host: SocketPlayer;
  readonly #bystander = new Helper<BystanderCalls>("bystander-process.ts");

  private constructor(process: Helper<ServerCalls>, target: Target, witness: SocketPlayer, host: SocketPlayer) {
    this.#process = process;
    this.target = target;
    this.witness = witness;
    this.#host = host;
    this.ended = once(process.process, "exit").then(() => undefined);
  }

  static async start(): Promise<AttackedServer> {
    const process = new Helper<ServerCalls>("server-process.ts", ENV);
    const port = await process.call("port", undefined);
    const tokens = await makeTokens();
    const game = games.find(({ name }) => name === "tag") as AnyGame;
    const join = { url: `ws://127.0.0.1:${port}`, newRoom: true, token: tokens.valid };
    const witness = await joinPlayer(game, { ...join, bots: 4 }, 1);
    const host = await joinPlayer(game, join, 2);
    const target = new Target(port, tokens, host.session.room.roomId);
    await process.call("watch", witness.session.room.roomId);
    return new AttackedServer(process, target, witness, host);
  }

  /** How the server has been since it was last asked. @throws Error when it ends before it answers. */
  health(): Promise<Health> {
    return this.#process.call("health", undefined);
  }

  /** Bytes that the server uses after everything that can be freed was; its ticks are late for it. @throws Error as `health`. */
  memory(): Promise<number> {
    return this.#process.call("memory", undefined);
  }

  /** How late a process that is not attacked has been since this was last asked, in milliseconds. */
  machineLateness(): Promise<readonly number[]> {
    return this.#bystander.call("lateness", undefined);
  }

  async kill(): Promise<void> {
    await Promise.all([this.#process.end(), this.#bystander.end()]);
  }

  get hasEnded(): boolean {
    return this.#process.hasEnded;
  }

  async stop(): Promise<void> {
    await Promise.all([this.witness.stop(), this.#host.stop()]);
    await this.kill();
  }
}
