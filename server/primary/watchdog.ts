/**
 * The watchdog over one worker: a worker that does not answer hangs, most likely in a game's rules that do not return, and is
 * ended. Silence is counted in looks: a primary that stood still itself, on a machine that slept, accuses nobody.
 */

const LOOK_MS = 250;

export interface Watched {
  /** Fulfilled when it answers. */
  ping(): Promise<unknown>;
  /** It has not answered for so long. */
  onHang(): void;
}

export class Watchdog {
  readonly #timer: NodeJS.Timeout;
  #silent = 0;
  #isAsked = false;

  /** @param seconds after so long without an answer it hangs. */
  constructor(watched: Watched, seconds: number) {
    const most = Math.ceil((seconds * 1000) / LOOK_MS);
    this.#timer = setInterval(() => this.#look(watched, most), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(watched: Watched, most: number): void {
    if (this.#isAsked) {
      this.#silent++;
      if (this.#silent < most) return;
      this.stop();
      watched.onHang();
      return;
    }
    this.#isAsked = true;
    this.#silent = 0;
    const heard = (): void => {
      this.#isAsked = false;
    };
    watched.ping().then(heard, heard);
  }
}
