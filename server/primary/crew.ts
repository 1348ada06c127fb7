/** The crew: all workers of the server. One that ends is replaced, and each is told what it has to know of the others. */
import { randomBytes } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import type { CrashedRooms } from "../base/crashed-rooms.ts";
import type { Survey } from "../base/everyone.ts";
import { log } from "../base/log.ts";
import { SECRET_VARIABLE, WORKER_VARIABLE } from "../base/worker-id.ts";
import type { BuiltPage } from "../page/built-page.ts";
import { stopReading } from "../socket/unread.ts";
import type { Place, PrimaryCalls } from "../workers/calls.ts";
import { handOver } from "./hand-over.ts";
import { inTime } from "./in-time.ts";
import { Orphans } from "./orphans.ts";
import { PastFigures } from "./past-figures.ts";
import { place } from "./placing.ts";
import type { PortOwner } from "./port-owner.ts";
import { type StoreCalls, Stores } from "./stores.ts";
import { Watchdog } from "./watchdog.ts";
import { type Ending, type Gift, WorkerProcess } from "./worker-process.ts";

const SECRET_BYTES = 32;
const LOOK_MS = 10;
/** Between the end of a worker that never was ready and its successor, doubling from the first to the second. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

export interface CrewOptions {
  /** How many. */
  readonly size: number;
  /** The file that each of them runs. */
  readonly file: string;
  readonly port: PortOwner;
  /** The page; undefined when none is built. */
  readonly page: BuiltPage | undefined;
  /** Whether rooms of a worker that ends go on in another. */
  readonly goesOn: boolean;
  /** Rooms whose rules did not return. */
  readonly crashed: CrashedRooms;
  /** A worker that has not answered for so long is ended, in seconds. */
  readonly watchdogSeconds: number;
  /** The first of them is ready. */
  readonly onReady: () => void;
  /** All have ended, because they were told to; or none ever began, and this is the code they ended with. */
  readonly onEnd: (code: number) => void;
}

export class Crew {
  readonly #options: CrewOptions;
  readonly #stores = new Stores();
  readonly #secret = randomBytes(SECRET_BYTES).toString("base64url");
  readonly #workers = new Map<number, WorkerProcess>();
  readonly #storeCalls = new Map<WorkerProcess, StoreCalls>();
  readonly #past = new PastFigures();
  readonly #orphans: Orphans;
  readonly #watchdogs = new Map<WorkerProcess, Watchdog>();
  readonly #pauses = new Map<number, number>();
  #wasReady = false;
  #isGoingDown = false;

  constructor(options: CrewOptions) {
    this.#options = options;
    this.#orphans = new Orphans(options.goesOn);
    for (let id = 1; id <= options.size; id++) this.#start(id);
  }

  get workers(): readonly WorkerProcess[] {
    return [...this.#workers.values()];
  }

  /** Tells every worker to go down; no other is started. */
  goDown(isHurried: boolean): void {
    this.#isGoingDown = true;
    for (const worker of this.workers) {
      // One that still loads has nobody to go down with.
      if (worker.isReady) worker.channel.tell("goDown", isHurried);
      else worker.kill();
    }
    if (this.#workers.size === 0) this.#options.onEnd(0);
  }

  #start(id: number): void {
    const environment = { ...process.env, [WORKER_VARIABLE]: String(id), [SECRET_VARIABLE]: this.#secret };
    const { file, port } = this.#options;
    const worker = new WorkerProcess({
      id,
      file,
      environment,
      port: port.shared,
      calls: (self) => this.#callsOf(self),
      onEnd: (ended, how) => this.#ended(ended, how),
    });
    this.#workers.set(id, worker);
  }

  #ready(worker: WorkerProcess): void {
    worker.isReady = true;
    this.#orphans.forgetThoseOf(worker.id);
    if (this.workers.every(({ isReady }) => isReady)) this.#orphans.allHaveBegun();
    this.#pauses.delete(worker.id);
    const { id, pid, startedAt } = worker;
    log.info({ worker: id, pid, ms: Math.round(performance.now() - startedAt) }, "worker ready");
    this.#tellRooms();
    if (!this.#wasReady) this.#options.onReady();
    this.#wasReady = true;
  }

  /** One that loads its games is excused; one that opens rooms again is not: what hung once may hang then. */
  #watch(worker: WorkerProcess): void {
    const { watchdogSeconds: seconds } = this.#options;
    const onHang = (): void => {
      const { id, pid, longStep } = worker;
      log.error({ worker: id, pid, seconds, ...longStep }, "a worker hangs, and is ended");
      if (longStep !== undefined) this.#options.crashed.add(longStep.room, longStep);
      worker.isPoisoned = longStep !== undefined;
      worker.kill();
    };
    this.#watchdogs.set(worker, new Watchdog(seconds, onHang));
  }

  #ended(worker: WorkerProcess, { code, signal, lost }: Ending): void {
    const { id, pid, processId } = worker;
    const rooms = worker.rooms.open;
    this.#workers.delete(id);
    this.#storeCalls.get(worker)?.end();
    this.#past.ended(worker);
    this.#watchdogs.get(worker)?.stop();
    this.#watchdogs.delete(worker);
    this.#storeCalls.delete(worker);
    if (processId !== undefined) this.#orphans.add(id, this.#options.crashed.without(this.#stores.forget(processId)));
    this.#tellRooms();
    for (const gift of lost) void this.#give(gift);
    if (this.#isGoingDown) {
      log.info({ worker: id, pid, code, signal }, "worker down");
      if (this.#workers.size === 0) this.#options.onEnd(0);
      return;
    }
    // It has said why: a wrong setting is wrong for all of them.
    if (!this.#wasReady && !worker.isPoisoned) {
      for (const other of this.workers) other.kill();
      this.#isGoingDown = true;
      this.#options.onEnd(code ?? 1);
      return;
    }
    const pause = this.#pauses.get(id) ?? 0;
    this.#pauses.set(id, Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2)));
    log.error({ worker: id, pid, code, signal, rooms, pauseMs: pause }, "a worker has ended; another one is started");
    void this.#replace(id, pause);
  }

  /** Its rooms go on in a worker that lives, where there is one; after that another one takes its place. */
  async #replace(id: number, pauseMs: number): Promise<void> {
    const { goesOn, crashed } = this.#options;
    if (goesOn && (await handOver(id, this.workers, crashed.list))) this.#orphans.forgetThoseOf(id);
    await after(pauseMs);
    if (!this.#isGoingDown) this.#start(id);
  }

  #callsOf(worker: WorkerProcess): PrimaryCalls {
    const stores = this.#stores.callsOf((topic, data) => worker.channel.tell("published", topic, data));
    this.#storeCalls.set(worker, stores);
    return {
      began: (processId) => {
        worker.processId = processId;
        this.#watch(worker);
      },
      ready: () => this.#ready(worker),
      placeForRoom: () => place(this.workers, performance.now()),
      beat: () => this.#watchdogs.get(worker)?.heard(),
      page: () => this.#options.page,
      crashed: () => this.#options.crashed.list,
      presence: (method, args) => stores.presence(method, args),
      driver: async (method, args) => {
        const { roomId } = (args[0] ?? {}) as { readonly roomId?: unknown };
        // Who asks for a room that is on its way is to find it.
        if (method === "findOne" && typeof roomId === "string") await this.#settled(roomId, true);
        return stores.driver(method, args);
      },
      subscribe: (topic) => stores.subscribe(topic),
      unsubscribe: (topic) => stores.unsubscribe(topic),
      placeOf: async (room): Promise<Place> => {
        const crashed = this.#options.crashed.list.get(room);
        if (crashed !== undefined) return crashed;
        await this.#settled(room);
        const owner = this.#ownerOf(room);
        return owner === undefined ? "nowhere" : owner === worker ? "here" : "elsewhere";
      },
      passOn: (room, bytes, socket) => {
        if (socket === undefined) return;
        const rest = stopReading(socket);
        socket.on("error", () => {});
        void this.#give({ room, bytes: Buffer.concat([bytes, rest]), socket }, worker);
      },
      taken: (number) => worker.taken(number),
      survey: (survey, own) => this.#survey(worker, survey, own),
      arrived: (session) => {
        for (const other of this.workers) if (other !== worker) other.channel.tell("arrived", session);
      },
      rooms: (count) => {
        worker.rooms.told(count);
        this.#tellRooms();
      },
    };
  }

  /** A room that is on its way from a worker that has ended is waited for, and so is the one that it goes to. @param isOpened all of those. */
  async #settled(room: string, isOpened = false): Promise<void> {
    for (;;) {
      const owner = this.#ownerOf(room);
      const isListed = owner === undefined ? this.#stores.processOf(room) !== undefined : owner.isReady;
      const isOnItsWay = !isListed || (isOpened && this.#orphans.has(room));
      if (!isOnItsWay || !this.#orphans.isAwaited(room, performance.now())) return;
      await after(LOOK_MS);
    }
  }

  #ownerOf(room: string): WorkerProcess | undefined {
    const processId = this.#stores.processOf(room);
    return processId === undefined ? undefined : this.workers.find((worker) => worker.processId === processId);
  }

  /** A handshake goes where its room is; where that has ended meanwhile, any worker is to say so. @param from was asked first. */
  async #give(gift: Gift, from?: WorkerProcess): Promise<void> {
    const { room, socket } = gift;
    await this.#settled(room);
    const owner = this.#ownerOf(room) ?? from ?? this.workers.find(({ isReady }) => isReady);
    if (owner === undefined) socket.destroy();
    else owner.take(gift);
  }

  async #survey(asking: WorkerProcess, survey: Survey, own: unknown): Promise<unknown[]> {
    this.#past.note(asking, survey, own);
    const asked = this.workers.filter((worker) => worker.isReady && worker !== asking);
    const answers = await Promise.all(
      asked.map(async (worker) => {
        const answer = await inTime(worker.channel.call("answer", survey));
        if (answer !== undefined) this.#past.note(worker, survey, answer);
        return answer;
      }),
    );
    return [...answers, this.#past.answer(survey)].filter((answer) => answer !== undefined);
  }

  #tellRooms(): void {
    const all = this.workers.reduce((sum, { rooms }) => sum + rooms.open, 0);
    for (const worker of this.workers) worker.channel.tell("roomsElsewhere", all - worker.rooms.open);
  }
}
