/** The reconnector: after a lost connection it tries as `retry-delay.ts` says, and at once again when there is hope. */
import { retryDelayMs } from "./retry-delay.ts";
import type { SdkConnection } from "./sdk-connection.ts";
import { Watchdog } from "./watchdog.ts";

/** The server holds a seat for 30 s; so many tries take longer, whatever chance does. */
const MOST_TRIES = 20;

/**
 * The SDK retries by a timer of its own that nothing can hurry. So it is told to retry at once, and the wait is made
 * here, in front of the connection, where the browser's "online" event can cut it short.
 */
export class Reconnector {
  readonly #connection: SdkConnection;
  readonly #watchdog: Watchdog;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: (() => void) | undefined;
  #isAsleep = false;

  /** @param isStreaming whether the world comes as a whole now and then. */
  constructor(connection: SdkConnection, isStreaming: () => boolean) {
    this.#connection = connection;
    this.#watchdog = new Watchdog(connection, isStreaming);
    const { room } = connection;
    const { reconnection } = room;
    reconnection.minUptime = 0;
    reconnection.minDelay = 0;
    reconnection.maxRetries = MOST_TRIES;
    reconnection.backoff = () => 0;
    // Inputs made without a connection are not applied late.
    reconnection.maxEnqueuedMessages = 0;
    connection.scheduleTries((attempt) => this.#try(attempt));
    room.onReconnect(() => {
      this.#tries = 0;
    });
  }

  /** There is reason to believe that the next try succeeds: it is made now. */
  hurry(): void {
    if (this.#isAsleep) return;
    clearTimeout(this.#timer);
    const attempt = this.#waiting;
    this.#waiting = undefined;
    attempt?.();
  }

  /**
   * The page goes, and is perhaps kept by the browser, which answers for it: the server is told at once, and a page that
   * nobody sees does not come back by itself.
   */
  sleep(): void {
    if (this.#isAsleep || !this.#connection.room.reconnection.enabled) return;
    this.#isAsleep = true;
    clearTimeout(this.#timer);
    if (this.#waiting === undefined) this.#connection.lose();
  }

  /** The page is there again. */
  wake(): void {
    this.#isAsleep = false;
    this.hurry();
  }

  /** No more tries. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    this.#watchdog.stop();
    this.#connection.room.reconnection.enabled = false;
  }

  #try(attempt: () => void): void {
    const wait = retryDelayMs(this.#tries, Math.random());
    this.#tries++;
    this.#waiting = () => {
      try {
        attempt();
        this.#watchdog.begin();
      } catch {
        this.#try(attempt);
      }
    };
    this.#timer = setTimeout(() => this.hurry(), wait);
  }
}
