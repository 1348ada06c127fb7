/**
 * Starts the server for work on a game: `npm run dev`. The page comes from vite and reloads by itself; the process
 * starts anew when server or rules change. Our monitor is open to everybody. Colyseus's playground and its own monitor
 * (`/colyseus-monitor`) are there, and nowhere else, and so are the guards: the games are linted, their rules watched, and every tick of every room is stepped again and compared.
 */
import { fileURLToPath } from "node:url";
import type { Application } from "express";
import { createServer } from "vite";
import { DevGuard } from "../guards/dev-guard.ts";
import { lintPath, print } from "../guards/lint/lint.ts";
import { loadSentence } from "../guards/load-error.ts";
import { LoopWatch } from "../guards/loops/loop-watch.ts";
import { installTraps } from "../guards/traps/traps.ts";
import { listen } from "./listen.ts";
import { log } from "./log.ts";
import { settings } from "./start-settings.ts";

for (const finding of lintPath("shared/games")) log.warn(print(finding));
// Before the games are loaded: what they take hold of then must be trapped too.
installTraps();
const { app: phalanx, server } = await import("../colyseus.config.ts").catch((error: unknown) => {
  process.stderr.write(
    `\n  The games cannot be loaded: ${loadSentence(error)}\n  Save the mended file to try again.\n\n`,
  );
  process.exit(1);
});
const loops = new LoopWatch();
phalanx.desk.guard = (game) =>
  new DevGuard(game, { warn: (sentence) => log.warn(sentence), now: () => performance.now(), loops });

phalanx.door.isOpen = true;

const configFile = fileURLToPath(new URL("../client-demo/vite.config.ts", import.meta.url));
const vite = await createServer({ configFile, server: { middlewareMode: true }, appType: "spa" });

// Only here: the umbrella package reads .env files and /etc/environment when it is loaded.
const { monitor, playground } = await import("colyseus");

/** What the server answers itself; everything else is the page. */
const OURS = /^\/(api|healthz|readyz|matchmake|metrics)\b/;
const { express } = server.options;
server.options.express = async (app: Application) => {
  app.use("/playground", playground());
  app.use("/colyseus-monitor", monitor());
  app.get("/monitor", ({ path }, response, next) => (path.endsWith("/") ? next() : response.redirect("monitor/")));
  app.use((request, response, next) => {
    if (OURS.test(request.path)) next();
    else vite.middlewares(request, response, next);
  });
  await express?.(app);
};

await listen(server, phalanx, settings);
