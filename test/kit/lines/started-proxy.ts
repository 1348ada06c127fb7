/** nginx and Caddy in front of a server, with the configuration that OPERATIONS.md shows, on free ports of this machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../until.ts";

/** The code block of OPERATIONS.md in a language. @throws Error when there is not exactly one. */
export function sampleOf(language: string): string {
  const found = [...readFileSync("OPERATIONS.md", "utf8").matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  const [only, ...others] = found.filter(([, name]) => name === language).map(([, , text]) => text);
  if (only === undefined || others.length > 0) throw new Error(`OPERATIONS.md has no one ${language} block`);
  return only;
}

/** What must differ in a test: ports and paths. @throws Error when the text does not have one of them exactly once. */
export function adapt(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (changed.split(from).length !== 2) throw new Error(`OPERATIONS.md must have "${from}" once`);
    return changed.replace(from, () => to);
  }, text);
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(socket.destroy() !== undefined));
    socket.on("error", () => resolve(false));
  });

export interface ProxyOptions {
  /** Where it listens, with TLS. */
  readonly port: number;
  /** Where the server behind it listens. */
  readonly backend: number;
  readonly cert: string;
  readonly key: string;
  /** A path such as "/game" below which the server stands, and whether the proxy takes it off; left out: at the root. */
  readonly below?: { readonly path: string; readonly isTakenOff: boolean };
}

/** Caddy's site with what it does put below a path, as OPERATIONS.md says. */
function belowPath(site: string, { path, isTakenOff }: NonNullable<ProxyOptions["below"]>): string {
  const proxy = site.slice(site.indexOf("reverse_proxy"), site.lastIndexOf("}"));
  return site.replace(proxy, () => `${isTakenOff ? "handle_path" : "handle"} ${path}/* {\n${proxy}\n}\n`);
}

/** A proxy that runs. */
export class StartedProxy {
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string) {
    this.#process = child;
    this.#folder = folder;
  }

  /** @param arguments_ of the program, which finds its configuration in the folder. */
  static async #start(
    program: string,
    folder: string,
    arguments_: readonly string[],
    port: number,
  ): Promise<StartedProxy> {
    const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const child = spawn(program, arguments_, { env, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr?.on("data", (text: Buffer) => {
      errors += text;
    });
    const proxy = new StartedProxy(child, folder);
    let isUp = false;
    const look = setInterval(() => {
      void isOpen(port).then((open) => {
        isUp ||= open;
      });
    }, 50);
    await until("the proxy is up", () => isUp || child.exitCode !== null, 15_000).finally(() => clearInterval(look));
    if (!isUp) throw new Error(`${program} ended: ${errors}`);
    return proxy;
  }

  static nginx(program: string, { port, backend, cert, key, below }: ProxyOptions): Promise<StartedProxy> {
    const folder = mkdtempSync(join(tmpdir(), "phalanx-nginx-"));
    const site = adapt(sampleOf("nginx"), {
      "listen 443 ssl;": `listen 127.0.0.1:${port} ssl;`,
      "/etc/letsencrypt/live/play.example/fullchain.pem": cert,
      "/etc/letsencrypt/live/play.example/privkey.pem": key,
      "http://127.0.0.1:2567": `http://127.0.0.1:${backend}${below?.isTakenOff === true ? "/" : ""}`,
      "location / {": `location ${below?.path ?? ""}/ {`,
    });
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (kind) => `${kind}_temp_path ${folder}/${kind};`,
    );
    const lines = [
      // Only root may ask for a user; anybody else is the one.
      ...(process.getuid?.() === 0 ? ["user root;"] : []),
      ...["daemon off;", "worker_processes 1;", `pid ${folder}/nginx.pid;`, "error_log stderr;", "events {}"],
      ...["http {", `access_log ${folder}/access.log;`, ...temporary, site, "}"],
    ];
    writeFileSync(join(folder, "nginx.conf"), lines.join("\n"));
    return StartedProxy.#start(program, folder, ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"], port);
  }

  static caddy(program: string, { port, backend, cert, key, below }: ProxyOptions): Promise<StartedProxy> {
    const folder = mkdtempSync(join(tmpdir(), "phalanx-caddy-"));
    const site = adapt(sampleOf("caddyfile"), {
      "play.example {": `https://127.0.0.1:${port} {\n  bind 127.0.0.1\n  tls ${cert} ${key}`,
      "127.0.0.1:2567": `127.0.0.1:${backend}`,
    });
    const block = below === undefined ? site : belowPath(site, below);
    writeFileSync(join(folder, "Caddyfile"), `{\n  admin off\n  auto_https disable_redirects\n}\n${block}`);
    return StartedProxy.#start(program, folder, ["run", "--config", join(folder, "Caddyfile")], port);
  }

  async stop(): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, "exit") : undefined;
    this.#process.kill("SIGTERM");
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
