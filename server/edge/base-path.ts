/** The path below which this server stands, where a proxy passes it on unchanged: removed before anything reads a target. */
import type { IncomingMessage, ServerResponse } from "node:http";

export class BasePath {
  /** Without a slash at its end; empty at the root of a host. */
  readonly #path: string;

  /** @param path such as "/game"; empty or "/" for none. */
  constructor(path: string) {
    this.#path = path.replace(/\/+$/, "");
  }

  /** What is asked for without the path, such as `/healthz`, is asked for directly. */
  takeOff(request: IncomingMessage): void {
    const { url = "" } = request;
    if (this.#path !== "" && url.startsWith(`${this.#path}/`)) request.url = url.slice(this.#path.length);
  }

  /** The page's links are relative to its folder. @returns whether it has answered. */
  redirect({ method, url = "" }: IncomingMessage, response: ServerResponse): boolean {
    const [path, query] = url.split("?", 2);
    if (this.#path === "" || path !== this.#path || (method !== "GET" && method !== "HEAD")) return false;
    const location = `${this.#path}/${query === undefined ? "" : `?${query}`}`;
    response.writeHead(308, { location, "content-length": 0 }).end();
    return true;
  }
}
