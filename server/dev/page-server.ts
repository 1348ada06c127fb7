/** The page in development: made by vite when it is asked for, and reloaded over the port that everything else is on. */
import { createServer as createHttpServer, type IncomingMessage, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { createServer, type ViteDevServer } from "vite";
import { isServerSource } from "./sources.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const configFile = fileURLToPath(new URL("../../client-demo/vite.config.ts", import.meta.url));
/** What vite's client in the page calls its connection, and its question whether the server is there again. */
const RELOADS = ["vite-hmr", "vite-ping"];

const isReload = ({ headers }: IncomingMessage): boolean => RELOADS.includes(headers["sec-websocket-protocol"] ?? "");

/** Makes the page's server and lets its connections in at `web`; a port of its own would be wanted by a second server too. */
export async function servePage(web: Server): Promise<ViteDevServer> {
  // It never listens: it only hears of the connections that are for it.
  const hmr = createHttpServer();
  const pass = web.emit.bind(web) as (event: string, ...values: unknown[]) => boolean;
  web.emit = (event: string, ...values: unknown[]): boolean => {
    const isOurs = event === "upgrade" && isReload(values[0] as IncomingMessage);
    return isOurs ? hmr.emit(event, ...values) : pass(event, ...values);
  };
  return createServer({
    configFile,
    appType: "spa",
    server: { middlewareMode: true, ws: { server: hmr } },
    plugins: [
      {
        name: "phalanx-restart",
        // The page would have the new rules before the server. It reloads when there is a new server.
        hotUpdate: ({ file }) => (isServerSource(ROOT, file) ? [] : undefined),
      },
    ],
  });
}
