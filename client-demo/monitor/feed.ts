/**
 * The connection to the monitor's room: figures arrive by themselves, orders go up, and a lost connection is made
 * again.
 */
import { ColyseusSDK, type Room } from "@colyseus/sdk";
import { retryDelayMs } from "../../client/connection/retry-delay.ts";
import { SdkConnection } from "../../client/connection/sdk-connection.ts";
import { serverUrlOf } from "../../client/connection/server-url.ts";
import { Watchdog } from "../../client/connection/watchdog.ts";
import { closeName } from "../../shared/engine/protocol/close-codes.ts";
import { MONITOR_ROOM, type Push, type RoomPush, TICKET_META } from "../../shared/monitor/feed.ts";

/** The server does not know this page's ticket, which it had from it: it has been restarted. */
const UNKNOWN_TICKET = 401;
const RELOADED = "phalanx-monitor-reloaded";
/** A page that was loaded so short a time ago for this very reason, and is refused again, will be refused every time. */
const RELOAD_AGAIN_MS = 60_000;

/** What the page says about its line. */
export type LineState = { readonly kind: "live" } | { readonly kind: "lost" | "refused"; readonly sentence: string };

export interface FeedListener {
  onPush(push: Push): void;
  onRoom(room: RoomPush): void;
  onState(state: LineState): void;
}

export class Feed {
  readonly #listener: FeedListener;
  #room: Room | undefined;
  #watched: string | undefined;
  #attempt = 0;

  constructor(listener: FeedListener) {
    this.#listener = listener;
    void this.#join();
  }

  /** From now on, who is in this room comes too. */
  watch(room: string | undefined): void {
    this.#watched = room;
    this.#room?.send("watch", { room });
  }

  kick(room: string, id: string): void {
    this.#room?.send("kick", { room, id });
  }

  close(room: string): void {
    this.#room?.send("close", { room });
  }

  async #join(): Promise<void> {
    const sdk = new ColyseusSDK(serverUrlOf(location.href, ".."));
    const ticket = document.querySelector<HTMLMetaElement>(`meta[name="${TICKET_META}"]`)?.content;
    if (ticket !== undefined) sdk.http.authToken = ticket;
    try {
      this.#begin(await sdk.joinOrCreate(MONITOR_ROOM));
    } catch (error) {
      this.#refused(error as { readonly code?: number; readonly message?: string });
    }
  }

  #begin(room: Room): void {
    this.#room = room;
    this.#attempt = 0;
    sessionStorage.removeItem(RELOADED);
    // A lost connection is joined again: there is no seat to come back to.
    room.reconnection.enabled = false;
    const watchdog = new Watchdog(new SdkConnection(room));
    room.onMessage("push", (push: Push) => this.#listener.onPush(push));
    room.onMessage("room", (told: RoomPush) => {
      if (told.id === this.#watched) this.#listener.onRoom(told);
    });
    room.onError(() => {});
    room.onLeave((code, reason) => {
      watchdog.stop();
      this.#room = undefined;
      const isTold = closeName(code) !== undefined && reason !== undefined;
      this.#retry(isTold ? reason : "The server went away");
    });
    if (this.#watched !== undefined) this.watch(this.#watched);
    this.#listener.onState({ kind: "live" });
  }

  #refused({ code, message = "" }: { readonly code?: number; readonly message?: string }): void {
    if (code === UNKNOWN_TICKET && this.#reload()) return;
    const isForGood = code === UNKNOWN_TICKET || code === 403;
    if (isForGood) this.#listener.onState({ kind: "refused", sentence: message });
    else this.#retry(message === "" || code === undefined ? "The server does not answer" : message);
  }

  /** The browser logs in by itself; false when that was just tried. */
  #reload(): boolean {
    const isSecond = sessionStorage.getItem(RELOADED) !== null;
    if (isSecond && performance.now() < RELOAD_AGAIN_MS) return false;
    sessionStorage.setItem(RELOADED, "yes");
    location.reload();
    return true;
  }

  #retry(sentence: string): void {
    this.#listener.onState({ kind: "lost", sentence: `${sentence}; trying again` });
    setTimeout(() => void this.#join(), retryDelayMs(this.#attempt, Math.random()));
    this.#attempt++;
  }
}
