/** The short way in, in memory: whatever bytes come, and however they are cut, it delivers what `ws` alone delivers. */
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readSettings } from "../../../server/config/settings.ts";
import { hardenedSocket } from "../../../server/socket/hardened-socket.ts";
import { anyCuts, anyStream, chunksOf, rightStream, wrongStream } from "../../kit/parts/any-stream.ts";
import { WirePeer, type WirePeerOptions } from "../../kit/parts/wire-peer.ts";
import { turn } from "../../kit/parts/wire-socket.ts";

const RUNS = Number(process.env.RUNS ?? (process.env.CI ? 400 : 60));

const Guarded = hardenedSocket(
  readSettings({ BYTES_PER_SECOND: "1000000000", CONTROLS_PER_SECOND: "10000", FIRST_MESSAGE_SECONDS: "600" }),
);

/** What came of the chunks; `waits` says how many turns of the event loop pass after each. */
async function play(options: WirePeerOptions, chunks: readonly Buffer[], waits: readonly number[]): Promise<WirePeer> {
  const peer = new WirePeer(options);
  for (const [i, chunk] of chunks.entries()) {
    await peer.socket.receive(Buffer.from(chunk));
    for (let left = waits[i % waits.length]!; left > 0; left--) await turn();
  }
  await peer.settle();
  await peer.end();
  return peer;
}

const anyWaits = fc.array(fc.constantFrom(0, 0, 1, 2, 40), { minLength: 1, maxLength: 6 });
const anyFast = fc.oneof(
  { weight: 3, arbitrary: fc.constant(Infinity) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
);

/** Where the client does not answer a close, `ws` tells of 1006, and ours of the code that it closed with itself. */
function withoutUnanswered(events: readonly string[], stock: readonly string[]): readonly string[] {
  return stock.at(-1) === "closed 1006 "
    ? [...events.slice(0, -1), events.at(-1)!.replace(/\d+/, "unanswered")]
    : events;
}

describe.each([
  ["read directly", true],
  ["read as a stream", false],
])("%s", (_name, isDirect) => {
  const seen = { fast: 0, messages: 0, closes: 0 };
  afterAll(() => {
    expect(seen.fast, "most messages came the short way").toBeGreaterThan(seen.messages / 5);
    expect(seen.messages - seen.fast, "and many the long way").toBeGreaterThan(RUNS);
    expect(seen.closes).toBeGreaterThan(RUNS / 10);
  });

  it.each([
    ["right", rightStream],
    ["wrong", wrongStream],
    ["any", anyStream],
  ])(
    "%s streams: the same messages, pings, pongs and close, and the same answers, as by ws alone",
    async (_kind, streams) => {
      await fc.assert(
        fc.asyncProperty(streams, anyCuts, anyWaits, anyFast, async (stream, cuts, waits, fastMessages) => {
          const chunks = chunksOf(stream, cuts);
          const stock = await play({}, chunks, waits);
          const own = await play({ Class: Guarded, isDirect, fastMessages }, chunks, waits);
          expect(withoutUnanswered(own.events, stock.events)).toEqual(withoutUnanswered(stock.events, stock.events));
          expect(own.answers).toEqual(stock.answers);
          expect(own.socket.isDirect).toBe(isDirect);
          seen.fast += own.fast;
          seen.messages += own.events.filter((event) => event.startsWith("message")).length;
          if (own.answers.some((answer) => answer.startsWith("8 "))) seen.closes++;
        }),
        { numRuns: RUNS },
      );
    },
  );
});
