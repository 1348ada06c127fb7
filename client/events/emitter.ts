/** An emitter of events: any number of listeners for each name, each told in the order in which they came. */

/** What each event tells, by its name. */
type EventMap<Events> = { readonly [Name in keyof Events]: readonly unknown[] };

type Listeners<Events extends EventMap<Events>> = {
  [Name in keyof Events]?: readonly ((...told: Events[Name]) => void)[];
};

export class Emitter<Events extends EventMap<Events>> {
  /** A list is replaced and never changed: a listener added or removed while an event is told counts from the next one on. */
  readonly #listeners: Listeners<Events> = {};

  /**
   * Calls `listener` with every event of this name from now on.
   *
   * @returns what ends it.
   */
  on<Name extends keyof Events>(name: Name, listener: (...told: Events[Name]) => void): () => void {
    this.#listeners[name] = [...(this.#listeners[name] ?? []), listener];
    return () => {
      this.#listeners[name] = this.#listeners[name]?.filter((other) => other !== listener) ?? [];
    };
  }

  protected emit<Name extends keyof Events>(name: Name, ...told: Events[Name]): void {
    const listeners = this.#listeners[name];
    if (listeners !== undefined) for (const listener of listeners) listener(...told);
  }
}
