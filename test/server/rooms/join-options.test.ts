/** The options of a client that joins: defaults, names of any script, and refusals that open with their name. */
import { ServerError } from "@colyseus/core";
import { describe, expect, it } from "vitest";
import { readJoinOptions } from "../../../server/rooms/join-options.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { everySeed } from "../../kit/every-seed.ts";
import { walk } from "../../kit/walk.ts";

const FILE = "test/server/rooms/join-options.test.ts";
const protocol = PROTOCOL_VERSION;

describe("join options", () => {
  it.each([
    ["nothing", undefined, {}],
    ["null", null, {}],
    ["an empty object", {}, {}],
    ["the stream plane", { plane: "stream" }, {}],
    ["the stream plane, whatever the version", { plane: "stream", protocol: 99 }, {}],
    ["the lockstep plane", { plane: "lockstep", protocol }, { plane: "lockstep" }],
    ["bots at every seat", { bots: 4 }, { bots: 4 }],
    ["a bot for who is away", { away: "bot" }, { away: "bot" }],
    ["somebody who only watches", { watch: true }, { watch: true }],
    ["what the client runs on", { engine: "Chromium 140\n" }, { engine: "Chromium 140" }],
    ["very much of what the client runs on", { engine: "x".repeat(500) }, { engine: "x".repeat(120) }],
    ["a strict room", { mode: "strict", stallTimeout: 2.5 }, { mode: "strict", stallTimeout: 2.5 }],
    ["a room whose host may pause", { pause: "host" }, { pause: "host" }],
    ["a room without pauses", { pause: "off" }, { pause: "off" }],
    ["a private room", { private: true }, { private: true }],
    ["a room that is not private", { private: false }, {}],
    ["a delay for spectators", { spectatorDelay: 30 }, { spectatorDelay: 30 }],
    ["a name", { name: "Ada" }, { name: "Ada" }],
    ["a name between spaces", { name: "  Ada B \n" }, { name: "Ada B" }],
    ["a name of nothing visible", { name: "\u0000 \u200b\u202e" }, { name: "Guest" }],
    ["a name of 24 characters, each two units long", { name: "😀".repeat(30) }, { name: "😀".repeat(24) }],
    ["a family in a name", { name: "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿" }, { name: "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿" }],
    ["joiners of Persian and Hindi", { name: "می\u200cخواهم क्\u200dष" }, { name: "می\u200cخواهم क्\u200dष" }],
    ["joiners where they only hide", { name: "A\u200dd\u200ca\u200d" }, { name: "Ada" }],
    ["letters that nobody sees", { name: "Ada\u{e0067}\u00ad\u2062" }, { name: "Ada" }],
    ["a line break inside of a name", { name: "Ada\nB" }, { name: "Ada B" }],
    ["marks over marks", { name: `z${"\u0301\u200d".repeat(9)}` }, { name: `z${"\u0301".repeat(4)}` }],
    ["families, of five characters each, as many as fit", { name: "👨‍👩‍👧".repeat(9) }, { name: "👨‍👩‍👧".repeat(4) }],
    ["half a character in a name", { name: "a\ud800b" }, { name: "ab" }],
  ])("of %s are read", (_what, options, change) => {
    expect(readJoinOptions(walk, options)).toEqual({
      plane: "stream",
      name: "Guest",
      watch: false,
      engine: "unknown",
      isOtherBuild: false,
      logic: undefined,
      bots: 0,
      away: "neutral",
      mode: "deadline",
      stallTimeout: 10,
      pause: "vote",
      spectatorDelay: 0,
      ...change,
    });
  });

  it.each([
    ["another plane", { plane: "air" }, 'join/option: plane must be "lockstep" or "stream"'],
    ["a plane that is a list", { plane: ["lockstep"] }, "join/option: plane must be"],
    ["no version", { plane: "lockstep" }, "protocol/version: "],
    ["the next version", { plane: "lockstep", protocol: protocol + 1 }, "protocol/version: "],
    ["the version as a text", { plane: "lockstep", protocol: String(protocol) }, "protocol/version: "],
    ["less than no bots", { bots: -1 }, "join/option: bots must be a whole number from 0 to 4"],
    ["more bots than seats", { bots: 5 }, "join/option: bots must be a whole number from 0 to 4"],
    ["half a bot", { bots: 1.5 }, "join/option: bots must be"],
    ["bots as a text", { bots: "1" }, "join/option: bots must be"],
    ["somebody else for who is away", { away: "me" }, 'join/option: away must be "neutral" or "bot"'],
    ["a wish to watch that is no yes or no", { watch: 1 }, "join/option: watch must be true or false"],
    ["an engine that is no text", { engine: {} }, "join/option: engine must be a text of at most 120 characters"],
    ["another mode", { mode: "fast" }, 'join/option: mode must be "deadline" or "strict"'],
    ["a wait of no time", { stallTimeout: 0 }, "join/option: stallTimeout must be a number from 1 to 60"],
    ["a wait without an end", { stallTimeout: Infinity }, "join/option: stallTimeout must be a number from 1 to 60"],
    ["a wait that is no number", { stallTimeout: Number.NaN }, "join/option: stallTimeout must be a number"],
    ["another rule for pauses", { pause: true }, 'join/option: pause must be "vote" or "host" or "off"'],
    [
      "a delay beyond what is kept",
      { spectatorDelay: 31 },
      "join/option: spectatorDelay must be a number from 0 to 30",
    ],
    ["a delay into the future", { spectatorDelay: -1 }, "join/option: spectatorDelay must be a number from 0 to 30"],
    ["a name that is no text", { name: 5 }, "join/option: name must be a text of at most 24 characters"],
    [
      "an option that does not exist",
      { colour: 1 },
      'join/option: "colour" is not an option; there are plane, protocol',
    ],
    ["a very long option", { ["x".repeat(500)]: 1 }, `join/option: "${"x".repeat(24)}" is not an option`],
    ["an emoji at its end", { [`${"x".repeat(23)}😀`]: 1 }, `join/option: "${"x".repeat(23)}" is not an option`],
    ["a list", ["lockstep"], 'join/option: "0" is not an option'],
  ])("of %s are refused by name", (_what, options, message) => {
    let error: unknown;
    try {
      readJoinOptions(walk, options);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({ code: 400, message: expect.stringMatching(/^[\x20-\x7e]{1,240}$/) });
    expect((error as Error).message.startsWith(message)).toBe(true);
  });

  it("of any text for a name give one of 1 to 24 characters, without control characters", () => {
    everySeed(FILE, (random) => {
      const units = Array.from({ length: random.int(0, 60) }, () =>
        random.chance(0.5) ? random.int(0, 0x2100) : random.int(0, 0xffff),
      );
      const { name } = readJoinOptions(walk, { name: String.fromCharCode(...units) });
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(24);
      expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    });
  });
});
