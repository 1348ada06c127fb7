/** The browsers of a run: lent to one test file at a time, and one that has ended is replaced. */
import { expect, it } from "vitest";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ConnectedBrowsers, processOf } from "../kit/browsers/connected-browsers.ts";
import { until } from "../kit/until.ts";

/** Whether there is such a process: one that has ended, until its parent has seen that. */
function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

it.for(BROWSERS)(
  "%s is another one while it is lent, the same one after it, and a new one when it is dead",
  async (name, { skip }) => {
    const files = [new ConnectedBrowsers(), new ConnectedBrowsers(), new ConnectedBrowsers()] as const;
    const [first, second] = [await files[0].get(name, skip), await files[1].get(name, skip)];
    const ids = [processOf(first)!, processOf(second)!];
    expect(ids[0]).not.toBe(ids[1]);
    await files[1].close();
    expect(processOf(await files[2].get(name, skip)), "given back, it is lent again").toBe(ids[1]);
    process.kill(ids[0]!, "SIGKILL");
    await until("it is gone, for the run too", () => !isThere(ids[0]!));
    await files[0].close();
    const after = new ConnectedBrowsers();
    expect(ids).not.toContain(processOf(await after.get(name, skip)));
    await Promise.all([files[2].close(), after.close()]);
  },
);
