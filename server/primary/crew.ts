/** The crew: all workers of the server. One that ends is replaced, and each is told what it has to know of the others. */
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { Survey } from "../base/everyone.ts";
import { log } from "../base/log.ts";
import { SECRET_VARIABLE, WORKER_VARIABLE } from "../base/worker-id.ts";
import type { BuiltPage } from "../page/built-page.ts";
import type { Place, PrimaryCalls } from "../workers/calls.ts";
import { PastFigures } from "./past-figures.ts";
import type { PortOwner } from "./port-owner.ts";
import { type StoreCalls, Stores } from "./stores.ts";
import { WorkerProcess } from "./worker-process.ts";

const SECRET_BYTES = 32;
/** Who asks all workers does not wait for one that hangs. */
const MOST_SURVEY_MS = 1000;
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
  readonly #pauses = new Map<number, number>();
  #wasReady = false;
  #isGoingDown = false;

  constructor(options: CrewOptions) {
    this.#options = options;
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
    const { file } = this.#options;
    const worker = new WorkerProcess({
      id,
      file,
      environment,
      calls: (self) => this.#callsOf(self),
      onEnd: (ended, { code, signal }) => this.#ended(ended, code, signal),
    });
    this.#workers.set(id, worker);
  }

  #ready(worker: WorkerProcess, processId: string): void {
    worker.processId = processId;
    this.#pauses.delete(worker.id);
    log.info(
      { worker: worker.id, pid: worker.pid, ms: Math.round(performance.now() - worker.startedAt) },
      "worker ready",
    );
    this.#options.port.add(worker);
    this.#tellRooms();
    if (!this.#wasReady) this.#options.onReady();
    this.#wasReady = true;
  }

  #ended(worker: WorkerProcess, code: number | null, signal: string | null): void {
    const { id, pid, processId, rooms } = worker;
    this.#workers.delete(id);
    this.#options.port.remove(worker);
    this.#storeCalls.get(worker)?.end();
    this.#past.ended(worker);
    this.#storeCalls.delete(worker);
    if (processId !== undefined) this.#stores.forget(processId);
    this.#tellRooms();
    if (this.#isGoingDown) {
      log.info({ worker: id, pid, code, signal }, "worker down");
      if (this.#workers.size === 0) this.#options.onEnd(0);
      return;
    }
    // It has said why: a wrong setting is wrong for all of them.
    if (!this.#wasReady) {
      for (const other of this.workers) other.kill();
      this.#isGoingDown = true;
      this.#options.onEnd(code ?? 1);
      return;
    }
    const pause = this.#pauses.get(id) ?? 0;
    this.#pauses.set(id, Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2)));
    log.error({ worker: id, pid, code, signal, rooms, pauseMs: pause }, "a worker has ended; another one is started");
    setTimeout(() => {
      if (!this.#isGoingDown) this.#start(id);
    }, pause);
  }

  #callsOf(worker: WorkerProcess): PrimaryCalls {
    const stores = this.#stores.callsOf((topic, data) => worker.channel.tell("published", topic, data));
    this.#storeCalls.set(worker, stores);
    return {
      ready: (processId) => this.#ready(worker, processId),
      page: () => this.#options.page,
      presence: (method, args) => stores.presence(method, args),
      driver: (method, args) => stores.driver(method, args),
      subscribe: (topic) => stores.subscribe(topic),
      unsubscribe: (topic) => stores.unsubscribe(topic),
      placeOf: (room): Place => (this.#ownerOf(room, worker) === undefined ? "nowhere" : "elsewhere"),
      passOn: (room, bytes, socket) => this.#passOn(worker, { room, bytes, socket: socket! }),
      survey: (survey, own) => this.#survey(worker, survey, own),
      arrived: (session) => {
        for (const other of this.workers) if (other !== worker) other.channel.tell("arrived", session);
      },
      rooms: (count) => {
        worker.rooms = count;
        this.#tellRooms();
      },
    };
  }

  #ownerOf(room: string, not: WorkerProcess): WorkerProcess | undefined {
    const processId = this.#stores.processOf(room);
    return processId === undefined
      ? undefined
      : this.workers.find((worker) => worker !== not && worker.processId === processId);
  }

  /** Where it has ended meanwhile, the one that asked is to say so. */
  #passOn(
    from: WorkerProcess,
    { room, bytes, socket }: { readonly room: string; readonly bytes: Uint8Array; readonly socket: Socket },
  ): void {
    const { channel } = this.#ownerOf(room, from) ?? from;
    channel.pass("connection", [bytes, room], socket);
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
    const all = this.workers.reduce((sum, { rooms }) => sum + rooms, 0);
    for (const worker of this.workers) worker.channel.tell("roomsElsewhere", all - worker.rooms);
  }
}

/** Undefined when it throws or takes too long. */
function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MOST_SURVEY_MS, undefined);
    asked
      .catch(() => undefined)
      .then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
  });
}
