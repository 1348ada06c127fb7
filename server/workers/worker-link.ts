/** The link of a worker to its primary: what all workers share, and the connections that come to each other's. */
import { createHmac } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { matchMaker, type ServerOptions } from "@colyseus/core";
import type { WebSocketServer } from "ws";
import { CLOSE_CODES, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { type CrashedList, crashedSentence } from "../base/crashed-rooms.ts";
import type { Everyone, Survey } from "../base/everyone.ts";
import { log } from "../base/log.ts";
import { SECRET_VARIABLE, WORKER_VARIABLE, workerId } from "../base/worker-id.ts";
import { readHandshake } from "../colyseus/room-address.ts";
import { roomTypeOf } from "../colyseus/seat-holder.ts";
import type { BuiltPage } from "../page/built-page.ts";
import { BEAT_MS, type PrimaryCalls, type WorkerCalls } from "./calls.ts";
import { Channel, type Handle } from "./channel.ts";
import { bytesOf, release } from "./handshake.ts";
import { Intake } from "./intake.ts";
import { SharedDriver } from "./shared-driver.ts";
import { type SharedPresence, sharedPresence } from "./shared-presence.ts";

/** A room is listed a moment before Colyseus gives it to anybody, who would be told that it is gone: who comes for it waits so long. */
const MOST_OPENING_MS = 5000;
const LOOK_MS = 5;

async function opening(room: string): Promise<void> {
  const until = performance.now() + MOST_OPENING_MS;
  while (roomTypeOf(room) === undefined && performance.now() < until) await after(LOOK_MS);
}

/** What the worker's server does when the primary says so. */
export interface Orders {
  readonly server: Server;
  readonly sockets: Pick<WebSocketServer, "handleUpgrade">;
  /** The port cannot be listened on. */
  onNoPort(error: unknown): void;
  goDown(isHurried: boolean): void;
  takeOver(worker: number, crashed: CrashedList): Promise<number | undefined>;
  /** A client has come to a seat that may have been reserved here. */
  arrived(session: string): void;
}

export class WorkerLink implements Everyone {
  /** The number of this worker, from 1. */
  readonly id: number;
  readonly presence: SharedPresence;
  readonly driver: SharedDriver;
  /** How many rooms are open in the other workers. */
  roomsElsewhere = 0;
  readonly #primary: Channel<PrimaryCalls>;
  readonly #secret: string;
  readonly #answers = new Map<string, (argument: unknown) => unknown>();
  readonly #port: Promise<Handle>;
  #orders: Orders | undefined;
  #intake: Intake | undefined;

  constructor(id: number, secret: string) {
    this.id = id;
    this.#secret = secret;
    let opened: (port: Handle) => void = () => {};
    this.#port = new Promise((resolve) => {
      opened = resolve;
    });
    const calls: WorkerCalls = {
      port: (port) => opened(port),
      connection: (number, bytes, room, socket) => {
        this.#primary.tell("taken", number);
        // Its client may have gone meanwhile.
        if (socket !== undefined) void this.#take(socket, bytes, room);
      },
      published: (topic, data) => this.presence.published(topic, data),
      answer: ({ question, argument }) => this.#answers.get(question)!(argument),
      arrived: (session) => this.#orders?.arrived(session),
      roomsElsewhere: (count) => {
        this.roomsElsewhere = count;
      },
      goDown: (isHurried) => this.#orders?.goDown(isHurried),
      takeOver: async (worker, crashed) => this.#orders?.takeOver(worker, crashed),
    };
    // A primary that is just gone takes nothing any more; what that means is said where it is noticed.
    this.#primary = new Channel(
      (message, handle, onSent) => process.send?.(message, handle as Socket | undefined, {}, () => onSent?.()),
      { ...calls },
    );
    this.presence = sharedPresence(this.#primary);
    this.driver = new SharedDriver(this.#primary);
    process.on("message", (message, handle) => this.#primary.take(message, handle as Handle | undefined));
  }

  /** For `defineServer`: what Colyseus knows of rooms is known to all workers, and the one that has the fewest makes the next. */
  get matchmaking(): Pick<ServerOptions, "presence" | "driver" | "selectProcessIdToCreateRoom"> {
    const { presence, driver } = this;
    const selectProcessIdToCreateRoom = async (): Promise<string> =>
      (await this.#primary.call("placeForRoom")) ?? matchMaker.processId;
    return { presence, driver, selectProcessIdToCreateRoom };
  }

  /** A key of this purpose, the same in all workers. */
  secretFor(purpose: string): Buffer {
    return createHmac("sha256", this.#secret).update(purpose).digest();
  }

  /** The page, the same for all workers; undefined when none is built. */
  page(): Promise<BuiltPage | undefined> {
    return this.#primary.call("page");
  }

  /** The rooms that have crashed a worker. */
  crashed(): Promise<CrashedList> {
    return this.#primary.call("crashed");
  }

  /** Takes orders, and connections through this transport instead of a port. */
  attach(orders: Orders, transport: Parameters<Intake["replaceListening"]>[0]): void {
    this.#orders = orders;
    this.#intake = new Intake(orders.server);
    this.#intake.replaceListening(transport, this.#port, orders.onNoPort);
  }

  /** Rooms may be opened here from now on. @param processId what Colyseus calls this process. */
  began(processId: string): void {
    this.#primary.tell("began", processId);
    setInterval(() => this.#primary.tell("beat"), BEAT_MS).unref();
  }

  /** What was left behind goes on, and connections may come. */
  ready(): void {
    this.#primary.tell("ready");
  }

  answerTo(question: string, answer: (argument: unknown) => unknown): void {
    this.#answers.set(question, answer);
  }

  async ask(survey: Survey): Promise<unknown[]> {
    const own = this.#answers.get(survey.question)?.(survey.argument);
    return [own, ...(await this.#primary.call("survey", survey, own))];
  }

  tellRooms(count: number): void {
    this.#primary.tell("rooms", count);
  }

  arrived(session: string): void {
    this.#primary.tell("arrived", session);
  }

  async passOn(request: IncomingMessage, socket: Socket, head: Uint8Array): Promise<boolean> {
    const { kind, room } = readHandshake(request.url ?? "");
    if (kind !== "room" || room === undefined || roomTypeOf(room) !== undefined) return false;
    const place = await this.#primary.call("placeOf", room);
    if (place === "here") await opening(room);
    if (place === "here" || place === "nowhere" || socket.destroyed) return false;
    if (place !== "elsewhere") {
      this.#orders?.sockets.handleUpgrade(request, socket, Buffer.from(head), (ws) => {
        ws.close(CLOSE_CODES["room/crashed"].code, closeReason("room/crashed", crashedSentence(place)));
      });
      return true;
    }
    const bytes = bytesOf(request, socket, head);
    release(socket);
    // Once sent, Node has taken its handle out, and what is left here is only counted.
    this.#primary.pass("passOn", [room, bytes], socket, () => socket.destroy());
    return true;
  }

  async #take(socket: Socket, bytes: Uint8Array, room: string): Promise<void> {
    await opening(room);
    this.#intake?.take(socket, bytes);
  }
}

function linkOfThisProcess(): WorkerLink | undefined {
  const { [SECRET_VARIABLE]: secret } = process.env;
  if (workerId === undefined || secret === undefined) return undefined;
  // What this process starts is no worker.
  delete process.env[WORKER_VARIABLE];
  delete process.env[SECRET_VARIABLE];
  process.on("disconnect", () => {
    log.error("the primary process has ended, and so does this worker");
    process.exit(1);
  });
  return new WorkerLink(workerId, secret);
}

/** Undefined in a server of one process. */
export const workerLink = linkOfThisProcess();
