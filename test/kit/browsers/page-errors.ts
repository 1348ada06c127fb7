/** Errors of a page: its exceptions, and what it wrote to the console as an error. */
import type { Page } from "playwright-core";

/** What browsers themselves say about connections that fail without a network: Chromium on the console, Firefox as an exception. */
const NETWORK_NEWS = /net::ERR_|WebSocket connection to|establish a connection to the server at/;

/** To be called before the page loads. @returns a list that grows. */
export function errorsOf(tab: Page): readonly string[] {
  const errors: string[] = [];
  const add = (text: string): void => {
    if (!NETWORK_NEWS.test(text)) errors.push(text);
  };
  tab.on("pageerror", (error) => add(String(error)));
  tab.on("console", (message) => {
    if (message.type() === "error") add(message.text());
  });
  return errors;
}
