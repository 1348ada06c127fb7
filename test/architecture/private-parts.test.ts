/** Private parts of Colyseus: nothing outside server/colyseus casts one of its objects into something else, or touches a `_`-name. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { stripComments } from "../kit/imports.ts";

/** How each of them looks in code without comments. */
const PRIVATE: readonly (readonly [what: string, looks: RegExp])[] = [
  ["a _-name", /[.?!]_[a-z]\w*|\[["'`]_[a-z]|\b(?:readonly )_[a-z]\w*[?:]|\{ _[a-z]\w*[,: ]/],
  [
    "a cast",
    /\b(?:room|older|client|ref|transport|encoder|root|server|controller|matchMaker)\b(?:\.\w+(?:\([^)]*\))?)?\s+as\s+(?:unknown|never|any)\b/i,
  ],
  ["a room by its id", /\bgetLocalRoomById\b/],
  ["a module inside", /["']@colyseus\/[\w-]+\/[^"']+["']/],
  ["its opcodes", /\bProtocol\.[A-Z]|\bgetMessageBytes\b/],
];

/** What these use is Node's, and no part of Colyseus. */
const OF_NODE = ["server/web/web-server.ts", "server/primary/port-owner.ts"];

function found(path: string, text: string): string[] {
  const code = stripComments(text);
  return PRIVATE.filter(([, looks]) => looks.test(code)).map(([what]) => `${path}: ${what}`);
}

const listed = execFileSync("git", ["ls-files", "server", "colyseus.config.ts"], { encoding: "utf8" }).split("\n");
// server/socket is the same for `ws` and Node: it has a test of its own.
const elsewhere = listed.filter((path) => path.endsWith(".ts") && !/^server\/(colyseus|socket)\//.test(path));

describe("what is private in Colyseus", () => {
  it("is used in server/colyseus and nowhere else", () => {
    expect(elsewhere.length).toBeGreaterThan(80);
    const all = elsewhere
      .filter((path) => !OF_NODE.includes(path))
      .flatMap((path) => found(path, readFileSync(path, "utf8")));
    expect(all).toEqual([]);
  });

  it.each([
    "const seats = (room as unknown as Insides)._reservedSeats;",
    "const socket = client.ref as unknown as FastSocket;",
    "room._onMessage(client, bytes);",
    'await room["_onJoin"](client);',
    "interface Insides { readonly _reservedSeats: object }",
    "const { _receiver } = ws;",
    "const room = matchMaker.getLocalRoomById(id);",
    'import { getTransport } from "@colyseus/core/Transport";',
    "client.raw(getMessageBytes.raw(Protocol.ROOM_DATA, type, message));",
  ])("would be found: %s", (code) => {
    expect(found("planted.ts", code)).not.toEqual([]);
  });
});
