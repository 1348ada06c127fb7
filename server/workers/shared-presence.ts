/** Colyseus's presence, as a worker has it: the one of the primary, shared by all workers. */
import { EventEmitter } from "node:events";
import type { Presence } from "@colyseus/core";
import { withCode } from "../colyseus/remote-errors.ts";
import type { PrimaryCalls } from "./calls.ts";
import type { Channel } from "./channel.ts";

type Listener = (data: unknown) => void;
type Primary = Pick<Channel<PrimaryCalls>, "call">;

/** Those that need nothing of this side. */
const PASSED = [
  ...["channels", "exists", "set", "setex", "expire", "get", "del", "sadd", "smembers", "sismember", "srem", "scard"],
  ...["sinter", "hset", "hincrby", "hincrbyex", "hget", "hgetall", "hdel", "hlen", "incr", "decr", "llen", "rpush"],
  ...["lpush", "rpop", "lpop", "brpop"],
] as const satisfies readonly (keyof Presence)[];

/** Subscriptions, whose functions stay here: the primary is told the topics alone. */
class Topics {
  readonly #primary: Primary;
  readonly #listeners = new EventEmitter().setMaxListeners(0);

  constructor(primary: Primary) {
    this.#primary = primary;
  }

  async subscribe(topic: string, listener: Listener): Promise<void> {
    this.#listeners.on(topic, listener);
    if (this.#listeners.listenerCount(topic) === 1) await this.#primary.call("subscribe", topic);
  }

  async unsubscribe(topic: string, listener?: Listener): Promise<void> {
    if (this.#listeners.listenerCount(topic) === 0) return;
    if (listener === undefined) this.#listeners.removeAllListeners(topic);
    else this.#listeners.off(topic, listener);
    if (this.#listeners.listenerCount(topic) === 0) await this.#primary.call("unsubscribe", topic);
  }

  published(topic: string, data: unknown): void {
    this.#listeners.emit(topic, data);
  }
}

export interface SharedPresence extends Presence {
  /** Something was published to a topic that this worker has subscribed to. */
  published(topic: string, data: unknown): void;
}

export function sharedPresence(primary: Primary): SharedPresence {
  const topics = new Topics(primary);
  const passed = PASSED.map((method) => [method, (...args: unknown[]) => primary.call("presence", method, args)]);
  const presence = {
    ...Object.fromEntries(passed),
    async subscribe(topic: string, listener: Listener) {
      await topics.subscribe(topic, listener);
      return presence;
    },
    async unsubscribe(topic: string, listener?: Listener) {
      await topics.unsubscribe(topic, listener);
      return presence;
    },
    publish: (topic: string, data: unknown) => primary.call("presence", "publish", [topic, withCode(topic, data)]),
    published: (topic: string, data: unknown) => topics.published(topic, data),
    setMaxListeners() {},
    shutdown() {},
  } as SharedPresence;
  return presence;
}
