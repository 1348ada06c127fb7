/** Colyseus's list of rooms, as a worker has it: the one of the primary, shared by all workers. */
import type { IRoomCache, MatchMakerDriver, SortOptions } from "@colyseus/core";
import type { PrimaryCalls } from "./calls.ts";
import type { Channel } from "./channel.ts";

type Operations = Parameters<MatchMakerDriver["update"]>[1];
type Conditions = Parameters<MatchMakerDriver["query"]>[0];

/** A room's own row: Colyseus reads it as the driver has left it, before the primary has answered. */
export function applyTo(row: IRoomCache, { $set = {}, $inc = {} }: Operations): void {
  const fields = row as unknown as Record<string, unknown>;
  Object.assign(fields, $set);
  for (const [name, by] of Object.entries($inc)) fields[name] = Number(fields[name]) + Number(by);
}

/** A listing of a room without what cannot be sent: it is plain data, but for what Colyseus has taken it from. */
const plain = (row: IRoomCache): IRoomCache => ({ ...row });

export class SharedDriver implements MatchMakerDriver {
  readonly #call: (method: string, ...args: unknown[]) => Promise<unknown>;

  constructor(primary: Pick<Channel<PrimaryCalls>, "call">) {
    this.#call = (method, ...args) => primary.call("driver", method, args);
  }

  has(roomId: string): Promise<boolean> {
    return this.#call("has", roomId) as Promise<boolean>;
  }

  query(conditions: Conditions, sort?: SortOptions): Promise<IRoomCache[]> {
    return this.#call("query", conditions, sort) as Promise<IRoomCache[]>;
  }

  findOne(conditions: Conditions, sort?: SortOptions): Promise<IRoomCache> {
    return this.#call("findOne", conditions, sort) as Promise<IRoomCache>;
  }

  findByIds(roomIds: string[]): Promise<Map<string, IRoomCache>> {
    return this.#call("findByIds", roomIds) as Promise<Map<string, IRoomCache>>;
  }

  insert(row: IRoomCache): Promise<boolean> {
    return this.#call("insert", plain(row)) as Promise<boolean>;
  }

  persist(row: IRoomCache, create = false): Promise<boolean> {
    return this.#call("persist", plain(row), create) as Promise<boolean>;
  }

  update(row: IRoomCache, operations: Operations): Promise<boolean> {
    applyTo(row, operations);
    return this.#call("update", row.roomId, operations) as Promise<boolean>;
  }

  remove(roomId: string): Promise<boolean> {
    return this.#call("remove", roomId) as Promise<boolean>;
  }

  async cleanup(processId: string): Promise<void> {
    await this.#call("cleanup", processId);
  }

  /** All workers' rooms are in it, and it lives in the primary. */
  clear(): void {}
  shutdown(): void {}
}
