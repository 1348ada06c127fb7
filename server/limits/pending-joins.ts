/**
 * The seats that an address has reserved without having connected yet: squatting costs others their places. In a class
 * everybody reserves at the same moment and then connects; an address that does not is remembered for a minute.
 */
import { RESERVATION_SECONDS } from "../colyseus/reservations.ts";

const REMEMBERED_MS = (RESERVATION_SECONDS + 60) * 1000;

interface Pending {
  readonly key: string;
  /** When it was asked for, in milliseconds. */
  readonly since: number;
  /** Undefined while matchmaking is at it. */
  session: string | undefined;
  isCreation: boolean;
}

export class PendingJoins {
  readonly #most: number;
  /** Of each address, oldest first. */
  readonly #open = new Map<string, Pending[]>();
  readonly #bySession = new Map<string, Pending>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a request for a seat; false when the address has too many open. */
  begin(key: string, now: number): boolean {
    const open = this.#openOf(key, now);
    if (open.length >= this.#most) return false;
    open.push({ key, since: now, session: undefined, isCreation: false });
    this.#open.set(key, open);
    return true;
  }

  /** Matchmaking has found a seat for one of them, in a room of its own or not: for this session, wherever it comes from. */
  reserved(key: string, session: string, isCreation: boolean): void {
    const pending = this.#open.get(key)?.find((each) => each.session === undefined);
    if (pending === undefined) return;
    pending.session = session;
    pending.isCreation = isCreation;
    this.#bySession.set(session, pending);
  }

  /** Matchmaking has found none. */
  cancel(key: string): void {
    const pending = this.#open.get(key)?.find((each) => each.session === undefined);
    if (pending !== undefined) this.#drop(pending);
  }

  /** A client comes to a reserved seat. @returns the address (`key`) that asked for it; undefined when none did. */
  end(session: string): { readonly key: string; readonly isCreation: boolean } | undefined {
    const pending = this.#bySession.get(session);
    if (pending !== undefined) this.#drop(pending);
    return pending;
  }

  /** Forgets what was long ago. */
  sweep(now: number): void {
    for (const key of this.#open.keys()) if (this.#openOf(key, now).length === 0) this.#open.delete(key);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#open.size;
  }

  #openOf(key: string, now: number): Pending[] {
    const all = this.#open.get(key) ?? [];
    while (all.length > 0 && now - all[0]!.since >= REMEMBERED_MS) this.#drop(all[0]!);
    return all;
  }

  #drop(pending: Pending): void {
    if (pending.session !== undefined) this.#bySession.delete(pending.session);
    const open = this.#open.get(pending.key);
    open?.splice(open.indexOf(pending), 1);
    if (open?.length === 0) this.#open.delete(pending.key);
  }
}
