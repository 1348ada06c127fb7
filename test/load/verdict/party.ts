/** The bots of one room: one of them makes it, the others join it by its id, and all of them measure its ticks. */

import type { Session, SessionOptions } from "../../../client/session/session.ts";
import { isRoomGone } from "../../../client-demo/app/address/problem.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { LATENESS_STEPS } from "../bots/messages.ts";
import type { Recorder } from "../bots/recorder.ts";
import { TickSchedule } from "../bots/tick-schedule.ts";

/** What bots, and who measures them, want of a session. */
export type BotSession = Pick<
  Session<unknown, unknown>,
  ("advance" | "client" | "give" | "isOnline" | "leave" | "picture" | "plane" | "room" | "seat") | "on"
>;

/** Joins a room; tests have rooms of their own. */
export type Join = (game: AnyGame, options: SessionOptions<unknown>) => Promise<BotSession>;

export class Party {
  readonly #game: AnyGame;
  readonly #join: Join;
  readonly #schedules = new Map<string, TickSchedule>();
  #room: string | undefined;
  #isOpening = false;

  constructor(game: AnyGame, join: Join) {
    this.#game = game;
    this.#join = join;
  }

  /** The first bot is making the room: the others come when it is there. */
  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** @throws Error of the SDK when the server refuses, or that of the wishes. */
  async join(wishes: Promise<Omit<SessionOptions<unknown>, "roomId" | "newRoom">>): Promise<BotSession> {
    const roomId = this.#room;
    this.#isOpening = roomId === undefined;
    try {
      const options = await wishes;
      const place = roomId === undefined ? { newRoom: true } : { roomId };
      const session = await this.#join(this.#game, { ...options, ...place });
      this.#room = session.room.roomId;
      return session;
    } catch (error) {
      // Whoever comes next makes another.
      if (isRoomGone(error)) this.#room = undefined;
      throw error;
    } finally {
      this.#isOpening = false;
    }
  }

  arrived(room: string, tick: number, now: number): void {
    let schedule = this.#schedules.get(room);
    if (schedule === undefined) {
      schedule = new TickSchedule(1000 / this.#game.tickRate);
      this.#schedules.set(room, schedule);
    }
    schedule.arrived(tick, now);
  }

  /** Records how late the frames since the last call were, and returns how many fall into each class, by room. */
  take(recorder: Recorder): Record<string, number[]> {
    const classes: Record<string, number[]> = {};
    for (const [room, schedule] of this.#schedules) {
      const before = schedule.restarts;
      const row = new Array<number>(LATENESS_STEPS.length + 1).fill(0);
      for (const late of schedule.take()) {
        recorder.record("frame_lateness", late);
        const step = LATENESS_STEPS.findIndex((end) => late < end);
        row[step === -1 ? LATENESS_STEPS.length : step]!++;
      }
      recorder.count("schedule_restarts", schedule.restarts - before);
      classes[room] = row;
    }
    return classes;
  }
}
