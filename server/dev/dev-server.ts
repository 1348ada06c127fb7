/**
 * The server of `npm run dev`, until a file changes. Vite makes the page, and our monitor is open to everybody.
 * Colyseus's playground and its own monitor (`/colyseus-monitor`) are there, and nowhere else, and so are the guards:
 * the games are linted, their rules watched, and every tick of every room is stepped again and compared.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { Application, RequestHandler } from "express";
import { DevGuard } from "../../guards/dev-guard.ts";
import { lintPath, print } from "../../guards/lint/lint.ts";
import { loadSentence } from "../../guards/load-error.ts";
import { LoopWatch } from "../../guards/loops/loop-watch.ts";
import { installTraps } from "../../guards/traps/traps.ts";
import { log } from "../base/log.ts";
import { listen } from "../boot/listen.ts";
import { settings } from "../config/start-settings.ts";
import { serveBroken } from "./broken-page.ts";
import { servePage } from "./page-server.ts";

// The process that started this one is gone.
process.on("disconnect", () => process.exit(0));
/** The server before this one has given the port back. */
const isFree = once(process, "message");

for (const finding of lintPath("shared/games")) log.warn(print(finding));
// Before the games are loaded: what they take hold of then must be trapped too.
installTraps();
const loaded = await import("../../colyseus.config.ts").catch((error: unknown) => loadSentence(error));
if (typeof loaded === "string") {
  process.stderr.write(`\n  The games cannot be loaded: ${loaded}\n  Save the mended file to try again.\n\n`);
  await serveBroken(loaded, settings, isFree);
} else {
  const { app: phalanx, server } = loaded;
  const loops = new LoopWatch();
  phalanx.registry.guard = (game) =>
    new DevGuard(game, { warn: (sentence) => log.warn(sentence), now: () => performance.now(), loops });
  phalanx.operators.isOpen = true;
  const vite = await servePage(phalanx.transport.server as Server);

  /**
   * A page of the umbrella package, which is loaded when somebody first asks for one: that takes as long as all else here, at every save,
   * and it reads .env files and /etc/environment.
   */
  const umbrella = (page: (colyseus: typeof import("colyseus")) => RequestHandler): RequestHandler => {
    let loaded: Promise<RequestHandler> | undefined;
    return (request, response, next) => {
      loaded ??= import("colyseus").then(page);
      loaded.then((handle) => handle(request, response, next)).catch(next);
    };
  };

  /** What the server answers itself; everything else is the page. */
  const ours = /^\/(api|healthz|readyz|matchmake|metrics)\b/;
  const { express } = server.options;
  server.options.express = async (app: Application) => {
    app.use(
      "/playground",
      umbrella(({ playground }) => playground()),
    );
    app.use(
      "/colyseus-monitor",
      umbrella(({ monitor }) => monitor()),
    );
    app.get("/monitor", ({ path }, response, next) => (path.endsWith("/") ? next() : response.redirect("monitor/")));
    app.use((request, response, next) => {
      if (ours.test(request.path)) next();
      else vite.middlewares(request, response, next);
    });
    await express?.(app);
  };
  await isFree;
  // The windows that are open would be waited for by the new server, which waits for them.
  // Rules that do not return are named by the guard; a debugger may stop in them.
  await listen(server, phalanx, { ...settings, SHUTDOWN_SECONDS: 0, WATCHDOG_SECONDS: Number.POSITIVE_INFINITY });
}
