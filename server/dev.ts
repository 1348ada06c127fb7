/**
 * Starts the server for work on a game: `npm run dev`. The page comes from vite and reloads by itself; the process
 * starts anew when server or rules change. Colyseus's playground and monitor are there, and nowhere else.
 */
import { fileURLToPath } from "node:url";
import type { Application } from "express";
import { createServer } from "vite";
import { server } from "../colyseus.config.ts";
import { listen } from "./listen.ts";

const configFile = fileURLToPath(new URL("../client-demo/vite.config.ts", import.meta.url));
const vite = await createServer({ configFile, server: { middlewareMode: true }, appType: "spa" });

// Only here: the umbrella package reads .env files and /etc/environment when it is loaded.
const { monitor, playground } = await import("colyseus");

/** What the server answers itself; everything else is the page. */
const OURS = /^\/(api|healthz|matchmake)\b/;
const { express } = server.options;
server.options.express = async (app: Application) => {
  app.use("/playground", playground());
  app.use("/monitor", monitor());
  app.use((request, response, next) => {
    if (OURS.test(request.path)) next();
    else vite.middlewares(request, response, next);
  });
  await express?.(app);
};

await listen(server);
