/** A page of WebKitGTK on a virtual screen, through its WebDriver: no library speaks to Debian's own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const START_MS = 20_000;
const PAUSE_MS = 100;

export interface DriverPage {
  readonly version: string;
  /** Runs a function body in the page and takes what it returns. */
  execute(body: string, argument: string, limitMs: number): Promise<string>;
  close(): Promise<void>;
}

type Send = <Value>(method: "POST" | "DELETE" | "GET", path: string, body?: object, limitMs?: number) => Promise<Value>;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** @throws Error with what the driver says. */
const sender =
  (port: number): Send =>
  async (method, path, body, limitMs = START_MS) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(limitMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: { message?: string } };
    if (!response.ok) throw new Error(value.message ?? `the driver answered ${response.status}`);
    return value as never;
  };

interface Driver {
  readonly screen: ChildProcess;
  /** Ends the driver; the virtual screen then ends, and tidies up, by itself. */
  end(): void;
}

/** @throws Error when there is no driver or no virtual screen. */
async function startDriver(port: number): Promise<Driver> {
  const tellPid = `command -v WebKitWebDriver >/dev/null && echo $$ && exec WebKitWebDriver --port=${port}`;
  const screen = spawn("xvfb-run", ["-a", "sh", "-c", tellPid], { stdio: ["ignore", "pipe", "ignore"] });
  await once(screen, "spawn");
  const [told] = await Promise.race([once(screen.stdout, "data"), once(screen, "exit")]);
  const pid = Number(String(told));
  if (screen.exitCode !== null || !(pid > 1)) throw new Error("WebKitWebDriver does not start under xvfb-run");
  return { screen, end: () => void (screen.exitCode === null && process.kill(pid)) };
}

async function untilReady(send: Send, { screen }: Driver): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += PAUSE_MS) {
    if (screen.exitCode !== null) throw new Error(`WebKitWebDriver ended with code ${screen.exitCode}`);
    const isReady = await send<{ ready: boolean }>("GET", "/status").then(
      ({ ready }) => ready,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`WebKitWebDriver did not start within ${START_MS / 1000} s`);
}

const LIBRARIES = "/usr/lib";

/** Debian keeps it out of PATH, in a folder with the library's version in its name. */
function findBrowser(): string {
  const places = readdirSync(LIBRARIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes("-linux-"))
    .flatMap(({ name }) => readdirSync(join(LIBRARIES, name)).map((library) => join(LIBRARIES, name, library)))
    .map((library) => join(library, "MiniBrowser"));
  const browser = places.filter((place) => existsSync(place)).at(-1);
  if (browser === undefined) throw new Error("MiniBrowser is not installed");
  return browser;
}

/** Starts MiniBrowser, WebKitGTK's own, with an empty page. */
export async function openWebKitPage(): Promise<DriverPage> {
  const browser = findBrowser();
  const port = await freePort();
  const driver = await startDriver(port);
  const send = sender(port);
  try {
    await untilReady(send, driver);
    const options = { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } };
    const session = await send<{ sessionId: string; capabilities: { browserVersion: string } }>("POST", "/session", {
      capabilities: { alwaysMatch: options },
    });
    const path = `/session/${session.sessionId}`;
    return {
      version: session.capabilities.browserVersion,
      async execute(body, argument, limitMs) {
        await send("POST", `${path}/timeouts`, { script: limitMs });
        return send("POST", `${path}/execute/sync`, { script: body, args: [argument] }, limitMs + START_MS);
      },
      async close() {
        await send("DELETE", path).catch(() => undefined);
        driver.end();
      },
    };
  } catch (error) {
    driver.end();
    throw error;
  }
}
