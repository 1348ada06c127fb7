/** Which keys are held; a key that was pressed and let go between two samples counts once. */

const ARROWS_AND_SPACE = /^(Arrow|Space$)/;

export class Keys {
  readonly #held = new Set<string>();
  readonly #tapped = new Set<string>();

  constructor(target: Window) {
    target.addEventListener("keydown", (event) => this.#press(event));
    target.addEventListener("keyup", (event) => this.#held.delete(event.code));
    // Whoever looks away lets go of everything.
    target.addEventListener("blur", () => this.#held.clear());
  }

  /** By the physical key, so WASD lies where it should on every keyboard layout. */
  isDown(...codes: readonly string[]): boolean {
    return codes.some((code) => this.#held.has(code) || this.#tapped.has(code));
  }

  /** The digit that is held, or undefined. */
  digit(): number | undefined {
    for (let digit = 0; digit <= 9; digit++) if (this.isDown(`Digit${digit}`, `Numpad${digit}`)) return digit;
    return undefined;
  }

  /** A sample was taken: taps have counted. */
  settle(): void {
    this.#tapped.clear();
  }

  /** As if a key were pressed: buttons on the screen. */
  hold(code: string, isHeld: boolean): void {
    if (!isHeld) {
      this.#held.delete(code);
      return;
    }
    this.#held.add(code);
    this.#tapped.add(code);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isForPage(event)) return;
    if (ARROWS_AND_SPACE.test(event.code)) event.preventDefault();
    this.#held.add(event.code);
    if (!event.repeat) this.#tapped.add(event.code);
  }
}

/** Space on a focused button presses the button, and keys typed into a field are text. */
export function isForPage({ target, code }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, dialog") !== null) return true;
  return (code === "Space" || code === "Enter") && target.closest("button, a") !== null;
}
