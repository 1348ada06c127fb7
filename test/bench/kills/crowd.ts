/** A crowd that plays while its server is killed: lockstep players in rooms, and some who stream, all of them by their own ways back. */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { Session } from "../../../client/session/session.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { pause } from "../../kit/pause.ts";
import { botScript } from "../../kit/scripts.ts";

const DRAW_MS = 25;

/** Somebody in a room. */
interface Member {
  /** The newest tick that they have been told of. */
  readonly tick: () => number;
  readonly room: string;
}

export interface Health {
  readonly players: number;
  readonly hashMismatches: number;
  /** Beyond the first of each: somebody had to be sent the world, because frames were lost. */
  readonly snapshots: number;
  readonly seatsChanged: number;
  readonly ended: number;
}

export class Crowd {
  readonly #sessions: Session<unknown, unknown>[] = [];
  readonly #seats: (number | undefined)[] = [];
  readonly #members: Member[] = [];
  readonly #streams: Room[] = [];
  readonly #timer: NodeJS.Timeout;
  #ended = 0;

  constructor() {
    this.#timer = setInterval(() => {
      for (const session of this.#sessions) session.advance(performance.now());
    }, DRAW_MS);
  }

  /** One room of so many players, and perhaps somebody who streams it by the SDK alone. */
  async addRoom(game: AnyGame, url: string, { players, streams }: { players: number; streams: number }): Promise<void> {
    let roomId: string | undefined;
    for (let i = 0; i < players; i++) {
      const session = await this.#join(game, { url, ...(roomId === undefined ? { newRoom: true } : { roomId }) });
      roomId = session.room.roomId;
    }
    for (let i = 0; i < streams; i++) {
      const room: Room = await new ColyseusSDK(url).joinById(roomId!, { watch: true });
      room.reconnection.minUptime = 0;
      room.onLeave(() => this.#ended++);
      this.#streams.push(room);
      this.#members.push({ tick: () => (room.state as { tick?: number }).tick ?? 0, room: roomId! });
    }
  }

  async #join(game: AnyGame, where: { readonly url: string; readonly roomId?: string; readonly newRoom?: boolean }) {
    const random = new WorldRandom(this.#sessions.length);
    const script = botScript<unknown, unknown>(game);
    const session: Session<unknown, unknown> = await Session.join<unknown, unknown>(game, {
      ...where,
      sample: () => script(session.client.state, session.client.seat!, session.client.predictedTick, random, () => {}),
    });
    session.on("end", () => this.#ended++);
    this.#sessions.push(session);
    this.#members.push({ tick: () => session.client.confirmedTick, room: session.room.roomId });
    return session;
  }

  /** Waits until everybody has been told of so many ticks more. */
  async play(ticks: number, mostMs = 60_000): Promise<void> {
    const from = this.#members.map(({ tick }) => tick());
    for (const until = performance.now() + mostMs; performance.now() < until; await pause(DRAW_MS))
      if (this.#members.every(({ tick }, i) => tick() >= from[i]! + ticks)) break;
    for (const [i, { client }] of this.#sessions.entries()) this.#seats[i] ??= client.seat;
  }

  /**
   * How long after `kill` each member was told of a new tick, in milliseconds; infinite where it never was. Only of those whom
   * the kill has hit: who was told of one within a few ticks all along is left out.
   */
  async since(kill: () => void, mostMs: number): Promise<number[]> {
    const at = performance.now();
    kill();
    await pause(LOOK_AFTER_MS);
    const stopped = this.#members.map(({ tick }) => tick());
    const back = new Array<number>(stopped.length).fill(Number.POSITIVE_INFINITY);
    while (performance.now() - at < mostMs && back.includes(Number.POSITIVE_INFINITY)) {
      this.#members.forEach(({ tick }, i) => {
        if (back[i] === Number.POSITIVE_INFINITY && tick() > stopped[i]!) back[i] = performance.now() - at;
      });
      await pause(LOOK_MS);
    }
    return back.filter((ms) => ms > LOOK_AFTER_MS + SPARED_MS);
  }

  get health(): Health {
    const stats = this.#sessions.map(({ client }) => client.stats);
    return {
      players: this.#members.length,
      hashMismatches: stats.reduce((sum, { hashMismatches }) => sum + hashMismatches, 0),
      snapshots: stats.reduce((sum, { snapshots }) => sum + snapshots - 1, 0),
      seatsChanged: this.#sessions.filter(({ client }, i) => client.seat !== this.#seats[i]).length,
      ended: this.#ended,
    };
  }

  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled([
      ...this.#sessions.map((session) => session.leave()),
      ...this.#streams.map((room) => room.leave()),
    ]);
  }
}

/** What was on its way when the process died has come by then. */
const LOOK_AFTER_MS = 60;
/** Whose room was in another process has been told of a tick by then. */
const SPARED_MS = 100;
const LOOK_MS = 5;
