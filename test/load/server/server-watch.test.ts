/** The watch on a server: what looks and bots say together, without a network. */

import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Look, lookAt, ServerWatch } from "./server-watch.ts";

const open: Look = { kind: "open", answer: { games: [], rooms: [] } };
const silent = (code: string): Look => ({ kind: "silent", code });
const TIMEOUT = silent("TimeoutError");

interface Watched {
  readonly gone: string[];
  readonly looks: () => number;
  readonly downs: () => number;
}

/** A minute of looks that take `lookMs`, while bots hear frames, or do not. */
async function watched(look: () => Look, isHeard: boolean, lookMs = 5): Promise<Watched> {
  let [looks, downs, frames] = [0, 0, 0];
  const gone: string[] = [];
  const watch = new ServerWatch({
    look: async () => {
      looks++;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      return look();
    },
    frames: () => {
      if (isHeard) frames += 20;
      return frames;
    },
  });
  watch.onSilence = (code) => void gone.push(code);
  watch.onDown = () => void downs++;
  watch.start();
  await vi.advanceTimersByTimeAsync(60_000);
  watch.stop();
  return { gone, looks: () => looks, downs: () => downs };
}

describe("a server", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
  afterEach(() => void vi.useRealTimers());

  it.each(["TimeoutError", "ECONNRESET", "UND_ERR_SOCKET", "ECONNREFUSED"])(
    "whose frames arrive is there, though every look ends with %s",
    async (code) => expect((await watched(() => silent(code), true)).gone).toEqual([]),
  );

  it("that refuses every look by its limits is there", async () => {
    expect((await watched(() => ({ kind: "shut", status: 429 }), false)).gone).toEqual([]);
  });

  it("that nobody hears of is gone, once", async () => {
    const { gone, downs } = await watched(() => silent("ECONNREFUSED"), false);
    expect(gone).toEqual(["ECONNREFUSED"]);
    expect(downs()).toBe(3);
  });

  it("that was away for one look has been down, and is not gone", async () => {
    const looks = [open, silent("ECONNREFUSED"), open];
    const { gone, downs } = await watched(() => looks.shift() ?? open, false);
    expect([gone, downs()]).toEqual([[], 1]);
  });

  it("that answers slowly is asked less often", async () => {
    const quick = await watched(() => open, true, 5);
    const slow = await watched(() => open, true, 2500);
    expect([quick.gone, slow.gone]).toEqual([[], []]);
    expect(quick.looks()).toBeGreaterThan(2 * slow.looks());
    expect((await watched(() => TIMEOUT, true, 15_000)).looks()).toBeLessThanOrEqual(2);
  });
});

it("a look has patience, and an end", async () => {
  const server = createHttp(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  expect(await lookAt(`ws://127.0.0.1:${port}`, 50)).toEqual(TIMEOUT);
  server.closeAllConnections();
  server.close();
});
