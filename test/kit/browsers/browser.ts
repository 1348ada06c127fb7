/** Real browsers of this machine, driven by playwright-core; none is downloaded. */
import { type Browser, chromium, firefox } from "playwright-core";
import { findProgram } from "../program.ts";

/** What Debian, Ubuntu and others call them; the first one found is taken. */
const NAMES = {
  chromium: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
  firefox: ["firefox-esr", "firefox"],
} as const;

/** So that it neither looks for updates nor talks to anyone but the test's server. */
const QUIET_CHROMIUM = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One of playwright's own. */
const NO_KEEPING = "--disable-back-forward-cache";

export type BrowserName = keyof typeof NAMES;

/** What a player does is tested in each of these: `describe.each(BROWSERS)("%s", (name) => ...)`. */
export const BROWSERS = ["chromium", "firefox"] as const satisfies readonly BrowserName[];

export interface LaunchOptions {
  /** Whether Chromium keeps pages that are left, as it does for everybody (back/forward cache); playwright switches that off. */
  readonly keepsPages?: boolean;
}

/**
 * Starts a browser.
 *
 * @returns undefined when this machine has none; in CI that throws, because `.ci/run` installs it.
 */
export async function launch(
  name: BrowserName,
  { keepsPages = false }: LaunchOptions = {},
): Promise<Browser | undefined> {
  const executablePath = findProgram(...NAMES[name]);
  if (executablePath === undefined) {
    if (process.env.CI) throw new Error(`${name} is missing: .ci/run must install it`);
    return undefined;
  }
  return name === "chromium"
    ? chromium.launch({ executablePath, args: QUIET_CHROMIUM, ignoreDefaultArgs: keepsPages ? [NO_KEEPING] : [] })
    : // Debian's own Firefox speaks WebDriver BiDi, not the protocol of playwright's patched build.
      firefox.launch({ executablePath, channel: "moz-firefox" });
}
