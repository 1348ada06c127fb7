/** A browser's own `WebSocket`, without the SDK and without our page: it plays, it is refused, and it reads why. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOSE_CODES, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { games } from "../../shared/games/index.ts";
import { BROWSERS } from "../kit/browsers/browser.ts";
import { ConnectedBrowsers } from "../kit/browsers/connected-browsers.ts";
import { type RealServer, startServer } from "../kit/servers/server.ts";

const browsers = new ConnectedBrowsers();
let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(async () => {
  await browsers.close();
  await server?.stop();
});

/** Runs in the page, so it knows nothing of this file. Plays until 20 frames came, then closes or writes text. */
async function playIn({ isText, protocol }: { isText: boolean; protocol: number }) {
  const answer = await fetch("/matchmake/joinOrCreate/tag", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ plane: "lockstep", protocol }),
  });
  const { processId, roomId, sessionId } = await answer.json();
  const socket = new WebSocket(`ws://${location.host}/${processId}/${roomId}?sessionId=${sessionId}`);
  socket.binaryType = "arraybuffer";
  let frames = 0;
  socket.onmessage = ({ data }) => {
    const [opcode, type] = new Uint8Array(data as ArrayBuffer);
    if (opcode === 10) {
      socket.send(Uint8Array.of(10));
      socket.send(Uint8Array.of(17, 1, 0));
    }
    if (opcode === 17 && type === 2 && ++frames === 20) {
      if (isText) socket.send("hello");
      else socket.close(4000, "goodbye");
    }
  };
  const { code, reason, wasClean } = await new Promise<CloseEvent>((resolve) =>
    socket.addEventListener("close", resolve),
  );
  return { frames: Math.min(frames, 20), code, reason, wasClean, extensions: socket.extensions };
}

/** Runs in a page of another origin. */
async function intrudeIn(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  const { code } = await new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
  const headers = { "content-type": "application/json" };
  const asked = fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/tag`, { method: "POST", headers, body: "{}" });
  return { code, joined: await asked.then((answer) => answer.status).catch(() => "refused") };
}

describe.each(BROWSERS)("%s", (name) => {
  it("plays with the code and reason of either side's close, and a page of another origin gets nothing", async ({
    skip,
  }) => {
    const page = await (await browsers.get(name, skip)).newPage();
    await page.goto(`http://127.0.0.1:${server.port}/healthz`);
    const clean = { frames: 20, wasClean: true, extensions: "" };
    const protocol = PROTOCOL_VERSION;
    expect(await page.evaluate(playIn, { isText: false, protocol })).toMatchObject({ ...clean, code: 4000 });
    expect(await page.evaluate(playIn, { isText: true, protocol })).toEqual({
      ...clean,
      code: CLOSE_CODES["protocol/text"].code,
      reason: closeReason("protocol/text"),
    });
    await page.goto(`http://localhost:${server.port}/healthz`);
    expect(await page.evaluate(intrudeIn, server.port)).toEqual({ code: 1006, joined: "refused" });
  });
});
