/** The keys that are held; a key that is pressed and released between two samples counts once. */
import { takesKeys, whenHandsLetGo } from "./let-go.ts";

const ARROWS_AND_SPACE = /^(Arrow|Space$)/;

export class Keys {
  readonly #held = new Set<string>();
  readonly #tapped = new Set<string>();

  constructor(target: Window) {
    target.addEventListener("keydown", (event) => this.#press(event));
    target.addEventListener("keyup", (event) => this.#release(event));
    whenHandsLetGo(target, () => this.letGo());
    target.document.addEventListener("focusin", (event) => {
      if (takesKeys(event.target)) this.letGo();
    });
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

  /** As if every key were let go. */
  letGo(): void {
    this.#held.clear();
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
    if (isShortcut(event)) this.letGo();
    if (isForPage(event)) return;
    if (ARROWS_AND_SPACE.test(event.code)) event.preventDefault();
    this.#held.add(event.code);
    if (!event.repeat) this.#tapped.add(event.code);
  }

  /** macOS tells of no other key that is let go while Command is down; what was held before may be long let go. */
  #release(event: KeyboardEvent): void {
    this.#held.delete(event.code);
    if (event.key === "Meta" || event.key === "OS" || event.metaKey) this.letGo();
  }
}

/** Keys for the browser or the system: Command, Control and Alt alone, and whatever is pressed with them. */
const isShortcut = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => ctrlKey || metaKey || altKey;

/** Shortcuts are the browser's, Space on a focused button presses the button, and keys typed into a field are text. */
export function isForPage(event: KeyboardEvent): boolean {
  const { target, code } = event;
  if (isShortcut(event) || takesKeys(target)) return true;
  return (code === "Space" || code === "Enter") && target instanceof Element && target.closest("button, a") !== null;
}

/** Keys that an input method uses for itself. Safari says so of the Enter that ends a composition by its number alone. */
export const isForInputMethod = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === INPUT_METHOD_KEY;

/** The number of a key that an input method has handled already (UI Events, section "Fixed virtual key codes"). */
const INPUT_METHOD_KEY = 229;
