/** The stores that all workers share: Colyseus's own presence and list of rooms, of which each worker has the calls alone. */
import { type IRoomCache, LocalDriver, LocalPresence } from "@colyseus/core";
import { applyTo } from "../workers/shared-driver.ts";

type Published = (topic: string, data: unknown) => void;
type Operations = Parameters<LocalDriver["update"]>[1];
type Method = (...args: unknown[]) => unknown;

/** Where Colyseus counts the rooms of each process. */
const ROOM_COUNTS = "roomcount";

export class Stores {
  readonly #presence = new LocalPresence();
  readonly #driver = new LocalDriver();

  constructor() {
    this.#presence.setMaxListeners(0);
  }

  /** What one worker calls. @param published is told what comes to its topics. */
  callsOf(published: Published): StoreCalls {
    return new StoreCalls(this.#presence, this.#driver, published);
  }

  /** The process that a room is in, as Colyseus calls it; undefined when there is no such room. */
  processOf(roomId: string): string | undefined {
    return this.#driver.rooms.find((row) => row.roomId === roomId)?.processId;
  }

  /** Forgets a process that has ended. @returns the rooms that ended with it. */
  forget(processId: string): readonly string[] {
    const rooms = this.#driver.rooms.filter((row) => row.processId === processId).map(({ roomId }) => roomId);
    for (const roomId of rooms) this.#driver.remove(roomId);
    void this.#presence.hdel(ROOM_COUNTS, processId);
    return rooms;
  }
}

export class StoreCalls {
  readonly #presence: LocalPresence;
  readonly #driver: LocalDriver;
  readonly #published: Published;
  readonly #topics = new Map<string, (data: unknown) => void>();

  constructor(presence: LocalPresence, driver: LocalDriver, published: Published) {
    this.#presence = presence;
    this.#driver = driver;
    this.#published = published;
  }

  subscribe(topic: string): void {
    if (this.#topics.has(topic)) return;
    const listener = (data: unknown): void => this.#published(topic, data);
    this.#topics.set(topic, listener);
    void this.#presence.subscribe(topic, listener);
  }

  unsubscribe(topic: string): void {
    const listener = this.#topics.get(topic);
    if (listener === undefined) return;
    this.#topics.delete(topic);
    this.#presence.unsubscribe(topic, listener);
  }

  async presence(method: string, args: readonly unknown[]): Promise<unknown> {
    const value = await (this.#presence as unknown as Record<string, Method>)[method]!(...args);
    return value === this.#presence ? undefined : value;
  }

  async driver(method: string, args: readonly unknown[]): Promise<unknown> {
    if (method === "update") return this.#update(args as [string, Operations]);
    if (method === "persist") return this.#persist(args as [IRoomCache, boolean]);
    return await (this.#driver as unknown as Record<string, Method>)[method]!(...args);
  }

  /** The worker is gone: nobody listens for it any more. */
  end(): void {
    for (const topic of [...this.#topics.keys()]) this.unsubscribe(topic);
  }

  #update([roomId, operations]: [string, Operations]): boolean {
    const row = this.#row(roomId);
    if (row !== undefined) applyTo(row, operations);
    return true;
  }

  /** Colyseus changes the row of a room and then persists it: in one process that row is the list's own. */
  #persist([given, create]: [IRoomCache, boolean]): boolean {
    const row = this.#row(given.roomId);
    if (row !== undefined) Object.assign(row, given);
    else if (create) this.#driver.persist(given, true);
    return create;
  }

  #row(roomId: string): IRoomCache | undefined {
    return this.#driver.rooms.find((row) => row.roomId === roomId);
  }
}
