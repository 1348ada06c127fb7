/**
 * The watchdog over one worker: a worker that says nothing hangs, most likely in a game's rules that do not return, and is
 * ended. Silence is counted in looks: a primary that stood still itself, on a machine that slept, accuses nobody. It does not ask:
 * what is sent to a worker waits behind the sockets that are sent to it, and a worker to which many come would be silent.
 */
import { BEAT_MS } from "../workers/calls.ts";

export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  #silent = 0;

  /** @param seconds after so long without a beat it hangs. @param onHang is called once. */
  constructor(seconds: number, onHang: () => void) {
    const most = Math.ceil((seconds * 1000) / BEAT_MS);
    this.#timer = setInterval(() => {
      if (++this.#silent <= most) return;
      this.stop();
      onHang();
    }, BEAT_MS);
  }

  /** The worker has said that it does not hang. */
  heard(): void {
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
