/** Peers that share no code with the server or its client: Debian's python3-websockets, wsdump, curl; and the `ws` package. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { CLOSE_CODES, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import { Down } from "../../shared/engine/protocol/down.ts";
import { Up } from "../../shared/engine/protocol/up.ts";
import { PROTOCOL_VERSION } from "../../shared/engine/protocol/version.ts";
import { games } from "../../shared/games/index.ts";
import { programOrSkip, pythonOrSkip } from "../kit/program.ts";
import { type RealServer, startServer } from "../kit/servers/server.ts";
import { until } from "../kit/until.ts";
import { KEY } from "../kit/wire/target.ts";

const JOINED = 10;
const BYTES = 17;
const EVIL = "https://evil.example";
const run = promisify(execFile);

let server: RealServer;
beforeAll(async () => {
  server = await startServer({ games });
});
afterAll(() => server.stop());

/** Where a seat is to be taken, by HTTP. */
async function reserve(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/matchmake/joinOrCreate/tag`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ plane: "lockstep", protocol: PROTOCOL_VERSION }),
  });
  const { processId, roomId, sessionId } = (await answer.json()) as Record<string, string>;
  return `${server.url}/${processId}/${roomId}?sessionId=${sessionId}`;
}

describe.concurrent("speaks with the server:", () => {
  it("python3-websockets plays, answers pings, fragments, closes, and is refused", async ({ skip }) => {
    const python = pythonOrSkip("websockets", "python3-websockets", skip);
    const script = fileURLToPath(new URL("peers/peer.py", import.meta.url));
    const { stdout } = await run(python, [script, String(server.port), String(PROTOCOL_VERSION)], {
      timeout: 25_000,
      env: {},
    });
    const { play, stay, ...refusals } = JSON.parse(stdout);
    expect(play).toMatchObject({ echo: 4242, extensions: [], closed: 4000 });
    expect(stay.pings, "pings of the server in ten seconds").toBeGreaterThanOrEqual(2);
    expect(stay).toEqual({ pings: stay.pings, pongs: stay.pings, closed: 1000 });
    const closed = (name: "protocol/text" | "protocol/malformed") => [CLOSE_CODES[name].code, closeReason(name)];
    expect(refusals).toEqual({
      text: closed("protocol/text"),
      junk: closed("protocol/malformed"),
      "too long": [1009, ""],
      "foreign origin": 403,
      "foreign page": 403,
      "no session": 400,
      "no such path": 404,
    });
  });

  it("wsdump of python3-websocket, another library, sees frames and is refused", async ({ skip }) => {
    const wsdump = programOrSkip("wsdump", "python3-websocket", skip);
    const dump = (url: string, ...options: string[]) => {
      const dumping = run(wsdump, ["-v", "1", ...options, url], { timeout: 15_000, env: {} });
      dumping.child.stdin?.end();
      return dumping;
    };
    const { stdout } = await dump(await reserve(), "--eof-wait", "1");
    expect(stdout, "the join is offered in a binary frame").toMatch(/< binary: /i);
    expect((await dump(`${server.url}/`, "-t", "hello", "--eof-wait", "1")).stdout).toMatch(/< close: /);
    await expect(dump(`${server.url}/`, "-o", EVIL)).rejects.toThrow("Handshake status 403");
  });

  it("curl is upgraded, and refused", async ({ skip }) => {
    const curl = programOrSkip("curl", "curl", skip);
    const ask = (path: string, ...options: string[]) =>
      run(curl, ["-sS", "-i", "--max-time", "2", ...options, `http://127.0.0.1:${server.port}${path}`])
        .then(({ stdout }) => stdout)
        // An open WebSocket ends when time is up, with what came until then.
        .catch(({ stdout }: { stdout: string }) => stdout);
    const header = (name: string, value: string) => ["-H", `${name}: ${value}`];
    const upgrade = (version: string) => [
      ...header("Connection", "Upgrade"),
      ...header("Upgrade", "websocket"),
      ...header("Sec-WebSocket-Version", version),
      ...header("Sec-WebSocket-Key", KEY),
    ];
    const [open, foreign, old, trace] = await Promise.all([
      ask("/", ...upgrade("13")),
      ask("/", ...upgrade("13"), ...header("Origin", EVIL)),
      ask("/", ...upgrade("8")),
      ask("/", "-X", "TRACE"),
    ]);
    expect(open).toMatch(/^HTTP\/1\.1 101 .*Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/is);
    expect(foreign).toMatch(/^HTTP\/1\.1 403 /);
    expect(old).toMatch(/^HTTP\/1\.1 426 .*Sec-WebSocket-Version: 13/is);
    expect(trace).toMatch(/^HTTP\/1\.1 405 /);
  });

  it("the ws package plays in fragments, measures a ping, and closes with a code", async () => {
    const socket = new WebSocket(await reserve(), { perMessageDeflate: true });
    const heard: Buffer[] = [];
    socket.on("message", (bytes: Buffer) => heard.push(bytes));
    await until("the join is offered", () => heard[0]?.[0] === JOINED);
    socket.send(Uint8Array.of(JOINED));
    socket.send(Uint8Array.of(BYTES), { fin: false });
    socket.send(Uint8Array.of(Up.ready, 0), { fin: true });
    const count = (kind: number) => heard.filter(([opcode, type]) => opcode === BYTES && type === kind).length;
    await until("twenty frames came", () => count(Down.frame) > 20);
    expect(count(Down.snapshot)).toBe(1);
    expect(socket.extensions, "compression is not agreed to").toBe("");
    const pong = once(socket, "pong");
    socket.ping("are you there");
    expect(String((await pong)[0])).toBe("are you there");
    socket.close(4000, "goodbye");
    expect((await once(socket, "close"))[0]).toBe(4000);
  });

  it("the ws package reads why a handshake is refused", async () => {
    const socket = new WebSocket(`${server.url}/`, { origin: EVIL });
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toBe("Unexpected server response: 403");
  });
});
