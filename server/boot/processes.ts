/** The processes of a server: one with everything in it, or a primary and its workers. */
import type { Settings } from "../config/settings.ts";
import { workersEnd } from "../journal/prepare-journal.ts";
import type { BuiltPage } from "../page/built-page.ts";
import { orEnd } from "./port.ts";

/** Runs the server. @param page the page, where the folder of the built one has none. */
export type Run = (page?: BuiltPage) => Promise<void>;

/** Loads what this process needs, which judges its settings. A primary has no game, and no room. */
export async function processesOf(settings: Settings): Promise<Run> {
  if (settings.WORKERS > 1) {
    const { keepWorkers } = await import("./primary.ts");
    return (page) => keepWorkers(settings, page);
  }
  await workersEnd(settings).catch(orEnd(settings));
  const { app, server } = await import("../../colyseus.config.ts");
  const { listen } = await import("./listen.ts");
  return (page) => {
    app.page = page;
    return listen(server, app, settings);
  };
}
