/** The course of a run in time: it ends when it is over, or before that by its own fault, the server's or the user's. */
import type { AtFault } from "../verdict/at-fault.ts";
import type { Ending } from "../verdict/outcome.ts";

export class Course {
  readonly deaths: { readonly how: string; readonly atFault: AtFault }[] = [];
  /** Whether nobody listened at the server's address at some moment. */
  wasServerDown = false;
  readonly #interrupt: AbortSignal;
  readonly #ends: Promise<void>;
  #aborted: Ending["aborted"];
  #end: () => void = () => {};

  /** @param interrupt aborted when the user wants it to stop; its reason is the `Interrupt`. */
  constructor(interrupt: AbortSignal) {
    this.#interrupt = interrupt;
    this.#ends = new Promise((resolve) => {
      this.#end = resolve;
    });
    interrupt.addEventListener("abort", () => this.#end());
    if (interrupt.aborted) this.#end();
  }

  /** Whether it has ended early. */
  get isOver(): boolean {
    return this.#interrupt.aborted || this.#aborted !== undefined;
  }

  get ending(): Ending {
    const { deaths, wasServerDown } = this;
    const interrupted = this.#interrupt.aborted ? this.#interrupt.reason : undefined;
    return { aborted: this.#aborted, interrupted, deaths, wasServerDown };
  }

  abort(atFault: AtFault, sentence: string): void {
    this.#aborted ??= { atFault, sentence };
    this.#end();
  }

  /** Waits for something, but no longer than the run lasts. */
  async during(wait: Promise<unknown>): Promise<void> {
    await Promise.race([wait, this.#ends]);
  }

  async for(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout>;
    await this.during(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    );
    clearTimeout(timer!);
  }
}
