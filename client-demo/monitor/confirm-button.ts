/** A button for what cannot be undone: the first press asks, the second one does it. */
import { make } from "../ui/dom.ts";

const ASKING_MS = 3000;

export function confirmButton(label: string, act: () => void): HTMLButtonElement {
  const button = make("button", label);
  button.type = "button";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const calm = (): void => {
    clearTimeout(timer);
    timer = undefined;
    button.textContent = label;
    button.classList.remove("sure");
  };
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    if (timer !== undefined) {
      calm();
      act();
      return;
    }
    button.textContent = "Sure?";
    button.classList.add("sure");
    timer = setTimeout(calm, ASKING_MS);
  });
  return button;
}
