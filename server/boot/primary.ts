/** The primary process: owns the port, keeps the workers, and goes down when they have. */

import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CrashedRooms } from "../base/crashed-rooms.ts";
import { log } from "../base/log.ts";
import { output } from "../base/log-output.ts";
import type { Settings } from "../config/settings.ts";
import { journalPath } from "../journal/journal-folder.ts";
import { prepareJournal } from "../journal/prepare-journal.ts";
import { type BuiltPage, readPage } from "../page/built-page.ts";
import { pageFolder } from "../page/page-stamp.ts";
import { Crew } from "../primary/crew.ts";
import { PortOwner } from "../primary/port-owner.ts";
import { tellUp } from "./listen.ts";
import { hostOf, orEnd } from "./port.ts";
import { onSignals, warnOfDeafNpm } from "./signals.ts";

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));
/** Beyond the time for matches: closing their rooms takes a worker some seconds at most. */
const MOST_CLOSING_MS = 5000;

/**
 * @param page the page; left out: what was built last. All workers, later ones too, have the same.
 * @param file what each of them runs.
 */
export async function keepWorkers(
  settings: Settings,
  page: BuiltPage | undefined = readPage(pageFolder),
  file = WORKER,
): Promise<void> {
  const goesOn = await prepareJournal(settings).catch(orEnd(settings));
  const crashed = new CrashedRooms(goesOn ? journalPath(settings) : undefined);
  const port = new PortOwner();
  const open = await port.listen(settings.PORT, hostOf(settings)).catch(orEnd(settings));
  const end = async (code: number): Promise<void> => {
    port.close();
    await output.end();
    process.exit(code);
  };
  const crew = new Crew({
    size: settings.WORKERS,
    file,
    port,
    page,
    goesOn,
    crashed,
    watchdogSeconds: settings.WATCHDOG_SECONDS,
    onReady: () => tellUp(open, settings),
    onEnd: (code) => void end(code),
  });
  const goDown = async (signal: string, isHurried: boolean): Promise<void> => {
    log.info({ signal, isHurried, workers: crew.workers.length }, "the workers are told to go down");
    crew.goDown(isHurried);
    await after((isHurried ? 0 : settings.SHUTDOWN_SECONDS * 1000) + MOST_CLOSING_MS);
    for (const worker of crew.workers) {
      log.error({ worker: worker.id }, "a worker does not go down, and is ended");
      worker.kill();
    }
  };
  onSignals((signal, isHurried) => void goDown(signal, isHurried));
  warnOfDeafNpm();
}
