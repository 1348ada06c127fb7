/** The transport that rooms are had on: where they cannot, a sentence says so before anybody plays. */
import type { Client } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { describe, expect, it } from "vitest";
import { socketOf } from "../../../server/colyseus/client-socket.ts";
import { transportOf } from "../../../server/colyseus/transport.ts";
import { checkTransport } from "../../../server/rooms/transport-check.ts";

/** What is said of a transport. */
function saidOf(transport: unknown, isOurs = false): string[] {
  const said: string[] = [];
  const advice = { give: (kind: string) => void said.push(kind) };
  checkTransport({ isWatching: () => isOurs }, advice, transportOf(transport));
  return said;
}

class Smoke {}

describe("a room", () => {
  it("has nothing to say of this server's own transport, nor of none", () => {
    expect(saidOf(new WebSocketTransport({ noServer: true, maxPayload: 100 }), true)).toEqual([]);
    expect(saidOf(undefined)).toEqual([]);
  });

  it("says what is missing on a stock one, and what its maxPayload forbids", () => {
    expect(saidOf(new WebSocketTransport({ noServer: true }))).toEqual([
      expect.stringMatching(/^rooms go the long way/),
    ]);
    const short = saidOf(new WebSocketTransport({ noServer: true, maxPayload: 512 }));
    expect(short).toEqual([expect.stringMatching(/^rooms go/), expect.stringMatching(/^the transport closes whoever/)]);
  });

  it("is not made on another one, and no client is let in by it", () => {
    const sentence = "these rooms need the WebSocketTransport of @colyseus/ws-transport, and Smoke is another one";
    expect(() => saidOf(new Smoke())).toThrow(expect.objectContaining({ code: 501, message: sentence }));
    const client = { ref: { send() {} } } as unknown as Client;
    expect(() => socketOf(client)).toThrow(/^these rooms need connections of the ws package/);
  });
});
