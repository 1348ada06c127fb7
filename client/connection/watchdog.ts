/**
 * The watchdog: notices that nothing comes from the server any more, because a dead machine or network closes no
 * connection.
 */
import type { SdkConnection } from "./sdk-connection.ts";

const LOOK_MS = 1000;
/** In looks: after two without a message the server is asked whether it is there, after six it is not. */
const ASK_EVERY_LOOKS = 2;
const MOST_SILENT_LOOKS = 6;
/** A whole world is one message, of which nothing is heard before all of it is here; on a slow line it takes its time. */
const MOST_WORLD_LOOKS = 60;
/** The next one comes unannounced, and may take this many times as long as the last. */
const WORLD_PATIENCE = 4;

export class Watchdog {
  readonly #connection: SdkConnection;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Counted in looks, not in time: when this page itself stood still, nobody is dead for it. */
  #silentLooks = 0;
  #isWatching = true;
  readonly #isStreaming: () => boolean;
  /** Looks since a whole world is awaited; undefined when it is here. */
  #awaitedLooks: number | undefined = 0;
  #mostLooks = MOST_SILENT_LOOKS;

  constructor(connection: SdkConnection, isStreaming: () => boolean = () => false) {
    this.#isStreaming = isStreaming;
    this.#connection = connection;
    connection.onMessage(() => {
      this.#silentLooks = 0;
    });
    const { room } = connection;
    room.onStateChange(() => this.#takeWorld());
    room.onDrop(() => {
      this.#isWatching = false;
    });
    room.onLeave(() => this.stop());
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** A connection is being made: it too must get an answer in time. */
  begin(): void {
    this.#silentLooks = 0;
    this.#awaitedLooks = 0;
    this.#isWatching = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (!this.#isWatching) return;
    this.#silentLooks++;
    if (this.#silentLooks >= this.#patience()) this.#connection.lose();
    else if (this.#silentLooks % ASK_EVERY_LOOKS === 0 && this.#connection.isOpen) this.#connection.room.ping(() => {});
  }

  /** How many looks the server may be silent now. */
  #patience(): number {
    if (!this.#isStreaming()) {
      this.#awaitedLooks = 0;
      return MOST_SILENT_LOOKS;
    }
    if (this.#awaitedLooks === undefined) return this.#mostLooks;
    this.#awaitedLooks++;
    return MOST_WORLD_LOOKS;
  }

  /** A whole world, or what has changed in one, is here. */
  #takeWorld(): void {
    if (this.#awaitedLooks === undefined || !this.#isStreaming()) return;
    const most = Math.min(MOST_WORLD_LOOKS, WORLD_PATIENCE * this.#awaitedLooks);
    this.#mostLooks = Math.max(MOST_SILENT_LOOKS, most);
    this.#awaitedLooks = undefined;
  }
}
