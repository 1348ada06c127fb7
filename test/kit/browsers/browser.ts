/** Real browsers of this machine, driven by playwright-core; none is downloaded. */
import { type Browser, type BrowserServer, chromium, firefox } from "playwright-core";
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

/** Debian's own Firefox speaks WebDriver BiDi, not the protocol of playwright's patched build. */
const FIREFOX = "moz-firefox";

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
 * Starts a browser for this process.
 *
 * @returns undefined when this machine has none; in CI that throws, because `.ci/run` installs it.
 */
export async function launch(
  name: BrowserName,
  { keepsPages = false }: LaunchOptions = {},
): Promise<Browser | undefined> {
  const executablePath = findBrowser(name);
  if (executablePath === undefined) return undefined;
  return name === "chromium"
    ? chromium.launch({ executablePath, args: QUIET_CHROMIUM, ignoreDefaultArgs: keepsPages ? [NO_KEEPING] : [] })
    : firefox.launch({ executablePath, channel: FIREFOX });
}

/** Starts a browser to which other processes connect. @returns as `launch` does. */
export async function launchServer(name: BrowserName): Promise<BrowserServer | undefined> {
  const executablePath = findBrowser(name);
  if (executablePath === undefined) return undefined;
  if (name === "chromium") return chromium.launchServer({ executablePath, args: QUIET_CHROMIUM });
  // The declaration does not name it, and what runs takes it as `launch` does.
  const options: Parameters<typeof firefox.launch>[0] = { executablePath, channel: FIREFOX };
  return firefox.launchServer(options);
}

function findBrowser(name: BrowserName): string | undefined {
  const path = findProgram(...NAMES[name]);
  if (path === undefined && process.env.CI) throw new Error(`${name} is missing: .ci/run must install it`);
  return path;
}
