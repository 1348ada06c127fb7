/** The few helpers the page needs instead of a framework. */

/** The element of this id. @throws Error when index.html lacks it or it is of another kind. */
export function find<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no ${kind.name} with the id "${id}"`);
  return element;
}

/** A new element with classes and text; text is never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className !== "") element.className = className;
  return element;
}

/** Sets a text only when it changes: screen readers and layout are left in peace. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A button that gives the focus back when it was clicked, so that the space bar goes on being a game key. */
export function onPress(button: HTMLElement, press: () => void): void {
  button.addEventListener("click", (event) => {
    if (event.detail > 0) button.blur();
    press();
  });
}
