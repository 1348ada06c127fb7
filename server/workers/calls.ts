/** The calls between the primary and its workers: what each side answers to. */
import type { Socket } from "node:net";
import type { Crashed, CrashedList } from "../base/crashed-rooms.ts";
import type { Survey } from "../base/everyone.ts";
import type { BuiltPage } from "../page/built-page.ts";
import type { Handle } from "./channel.ts";

/** The descriptor on which a worker tells of a step that takes long: a line of JSON, `{}` when it has come back. */
export const STEPS_FILE = 4;

/** How often a worker says that it does not hang. */
export const BEAT_MS = 250;

/** The process in which a room is: the asking worker's own rooms are looked at first, so "here" is one that it is about to open. One that has crashed is in none. */
export type Place = "here" | "elsewhere" | "nowhere" | Crashed;

/** The primary's side. */
export interface PrimaryCalls {
  /** The worker has loaded its games, and opens what was left behind; `processId` is what Colyseus calls it. */
  began(processId: string): void;
  /** It takes connections from now on. */
  ready(): void;
  /** It does not hang. */
  beat(): void;
  /** The page; undefined when none is built. */
  page(): BuiltPage | undefined;
  /** The rooms that have crashed: whoever finds them in a journal leaves them alone. */
  crashed(): CrashedList;
  /** A method of Colyseus's stores, which are there. */
  presence(method: string, args: readonly unknown[]): unknown;
  driver(method: string, args: readonly unknown[]): unknown;
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** Where a room is that is not in the worker that asks. It may take a while, where a room is on its way to another worker. */
  placeOf(room: string): Promise<Place> | Place;
  /** A handshake for a room of another worker: its head, and what came behind it. */
  passOn(room: string, bytes: Uint8Array, socket?: Socket): void;
  /** A connection is this worker's now, whatever becomes of the primary's end of it. */
  taken(number: number): void;
  /** The answers of all other workers that answer in time. @param own what the one that asks has to say itself. */
  survey(survey: Survey, own: unknown): Promise<unknown[]>;
  /** A client has come to a seat that another worker has reserved. */
  arrived(session: string): void;
  /** The process in which a new room is to be made; undefined when none is ready. */
  placeForRoom(): string | undefined;
  /** How many rooms are open in this worker. */
  rooms(count: number): void;
}

/** A worker's side. */
export interface WorkerCalls {
  /** The server's port: the first that comes. */
  port(port: Handle): void;
  /**
   * A connection that has come to another worker, to be confirmed by its number. @param bytes the head of its handshake for this
   * room, and whatever came behind it.
   */
  connection(number: number, bytes: Uint8Array, room: string, socket?: Socket): void;
  published(topic: string, data: unknown): void;
  answer(survey: Survey): unknown;
  arrived(session: string): void;
  /** How many rooms are open in the other workers. */
  roomsElsewhere(count: number): void;
  /** The server goes down: matches may end, or not any more. */
  goDown(isHurried: boolean): void;
  /**
   * A worker has ended: this one goes on with its rooms. Returns how many there were; undefined where it cannot.
   *
   * @param crashed rooms that are left alone.
   */
  takeOver(worker: number, crashed: CrashedList): Promise<number | undefined>;
}
