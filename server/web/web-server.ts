/** Node's HTTP or HTTPS server with every limit and timeout that it has set. */
import { createServer, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Settings } from "../config/settings.ts";
import { followCertificate, readCertificate } from "./tls.ts";

const KEEP_ALIVE_MS = 5000;
/** How often Node looks for requests that are late. */
const MOST_CHECK_MS = 1000;

/** @throws Error when the certificate cannot be read. */
export function createWebServer(settings: Settings): Server {
  const headersTimeout = settings.HEADER_SECONDS * 1000;
  const options: ServerOptions = {
    maxHeaderSize: settings.HEADER_BYTES,
    headersTimeout,
    requestTimeout: Math.max(headersTimeout, settings.REQUEST_SECONDS * 1000),
    connectionsCheckingInterval: Math.min(MOST_CHECK_MS, headersTimeout / 2),
    keepAliveTimeout: KEEP_ALIVE_MS,
    insecureHTTPParser: false,
  };
  const server = settings.TLS_CERT === "" ? createServer(options) : createSecure(settings, options);
  server.timeout = settings.IDLE_SECONDS * 1000;
  server.maxConnections = settings.CONNECTIONS;
  return server;
}

function createSecure(settings: Settings, options: ServerOptions): Server {
  const server = createSecureServer({
    ...options,
    ...readCertificate(settings),
    minVersion: "TLSv1.2",
    handshakeTimeout: settings.HEADER_SECONDS * 1000,
  });
  followCertificate(server, settings);
  return server as unknown as Server;
}
