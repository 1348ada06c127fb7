/**
 * The tick of a room: the match closes a frame, which is sent and then stepped, and the schema state says who is here. It is no part of the room's
 * own class because V8 keeps Colyseus's rooms as dictionaries, and every access to one is a search.
 */
import { performance } from "node:perf_hooks";
import type { Room } from "@colyseus/core";
import type { Match } from "../../shared/referee/match.ts";
import { type StepNotes, stepping } from "../base/stepping.ts";
import { PatchClock } from "../colyseus/patch-clock.ts";
import type { TickMeter } from "../observe/tick-meter.ts";
import type { RoomRecording } from "../recordings/recordings.ts";
import type { RoomState } from "../stream/room-state.ts";
import type { StreamPlane } from "../stream/stream-plane.ts";
import type { Sender } from "./sender.ts";
import type { Visibility } from "./visibility.ts";

export interface TickWorkOptions<I, S> {
  readonly match: Match<I, S>;
  /** Sends what the match wants sent. */
  readonly sender: Pick<Sender, "send">;
  readonly plane: StreamPlane<I, S>;
  readonly meter: TickMeter;
  /** Is told what steps cost; undefined where nothing is recorded. */
  readonly recording: Pick<RoomRecording, "stepped"> | undefined;
  readonly visibility: Visibility;
  /** Is told when the game's rules, or anything else here, threw: the room cannot go on. */
  readonly onFault: (error: unknown) => void;
}

export class TickWork<I, S> {
  /** It threw: nothing more is published, and clients that are sent away can go. */
  #isOver = false;
  readonly #patches: PatchClock;
  readonly #options: TickWorkOptions<I, S>;
  readonly #notes: StepNotes;

  constructor(room: Room<{ state: RoomState }>, options: TickWorkOptions<I, S>) {
    this.#patches = new PatchClock(room);
    this.#options = options;
    this.#notes = stepping.of(room.roomId, options.match.game.name);
  }

  /** Closes the tick that is due, `latenessMs` late; false when it stays open (a pause, or waiting for a player). */
  close(latenessMs: number): boolean {
    const { match, sender, meter, recording, onFault } = this.#options;
    const started = performance.now();
    this.#notes.begin(match.world.tick);
    try {
      const closed = match.closeTick(started);
      sender.send();
      const sent = performance.now();
      match.finishTick(started);
      if (closed === "closed") recording?.stepped(performance.now() - sent);
      sender.send();
      if (closed === "closed") meter.record(performance.now() - started, latenessMs);
      return closed === "closed";
    } catch (error) {
      sender.send();
      this.#isOver = true;
      onFault(error);
      return true;
    } finally {
      this.#notes.end();
    }
  }

  /** Last in the tick, and when a client comes or goes. What throws ends the room, and not that client. */
  publishOrFault(): void {
    if (this.#isOver) return;
    try {
      this.#publish();
    } catch (error) {
      this.#isOver = true;
      this.#options.onFault(error);
    }
  }

  /** Brings the schema state up to date, and sends its patch where anybody is to be told. */
  #publish(): void {
    const { match, plane, visibility } = this.#options;
    const isNews = plane.update(match.sessions.presence.spectators, match.awaited(performance.now()));
    if (!isNews) {
      this.#patches.skip();
      return;
    }
    this.#patches.send();
    visibility.update();
  }
}
