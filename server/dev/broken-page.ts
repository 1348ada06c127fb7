/** The page that is served while the games cannot be loaded: the reason stands over it, until a file is mended. */

import { hostOf, orEnd } from "../boot/port.ts";
import type { Settings } from "../config/settings.ts";
import { createWebServer } from "../web/web-server.ts";
import { servePage } from "./page-server.ts";

/** @param sentence what is wrong, with file and line. @param isFree resolves when the port is. */
export async function serveBroken(sentence: string, settings: Settings, isFree: Promise<unknown>): Promise<void> {
  const web = createWebServer(settings);
  const vite = await servePage(web);
  const message = `The games cannot be loaded: ${sentence}`;
  // Whenever a page comes: this outlives the reloads.
  vite.ws.on("connection", () => vite.ws.send({ type: "error", err: { message, stack: "" } }));
  web.on("request", (request, response) => vite.middlewares(request, response));
  // Without a listener for them, Node takes upgrades for requests.
  web.on("upgrade", (_request, socket) => socket.destroy());
  await isFree;
  web.once("error", orEnd(settings)).listen(settings.PORT, hostOf(settings));
  process.on("SIGTERM", () => process.exit(0));
}
