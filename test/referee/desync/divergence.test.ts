/** Clients that keep diverging: rules that differ are moved and then closed, a bad memory is only healed (R7). */
import { describe, expect, it } from "vitest";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { Culprit } from "../../../shared/referee/desync/culprit.ts";
import { judgeDivergence } from "../../../shared/referee/desync/divergence.ts";
import { mixedGame } from "../../kit/games/mixed-game.ts";
import { sessionOf } from "../../kit/memory/session.ts";
import { SickClient } from "../../kit/parts/sick-client.ts";

const RATE = 20;

/** The judgements of desyncs at these seconds. */
const judgements = (culprit: Culprit, ...seconds: number[]) => {
  const { divergence } = sessionOf();
  return seconds.map((second) => judgeDivergence(divergence, culprit, second * RATE, RATE));
};

describe("desyncs", () => {
  it.each<[string, Culprit, number[], string[]]>([
    ["of rules, three in a row", "rules", [1, 1.25, 1.5], ["heal", "heal", "move"]],
    ["of rules, two in a minute, again and again", "rules", [1, 31, 61, 91, 121], new Array(5).fill("heal")],
    ["that are unsteady weigh as much", "unsteady", [1, 1.25, 1.5], ["heal", "heal", "move"]],
    ["of the server are not the client's", "server", [1, 2, 3, 4, 5, 6], new Array(6).fill("heal")],
  ])("%s", (_what, culprit, seconds, expected) => {
    expect(judgements(culprit, ...seconds)).toEqual(expected);
  });

  it("of memory, once a second for two minutes, are only healed", () => {
    const seconds = Array.from({ length: 120 }, (_, i) => i + 1);
    expect(new Set(judgements("memory", ...seconds))).toEqual(new Set(["heal"]));
  });

  it("of memory, ten a second, are too many", () => {
    const seconds = Array.from({ length: 200 }, (_, i) => i / 10);
    expect(judgements("memory", ...seconds)).toContain("move");
  });

  it("that nobody can explain are borne a dozen times a minute", () => {
    const seconds = Array.from({ length: 13 }, (_, i) => i / 10);
    expect(judgements("unknown", ...seconds).indexOf("move")).toBe(12);
  });

  it("after a move end the connection, and keep the client from lockstep for a minute", () => {
    const { divergence } = sessionOf();
    const judge = (second: number) => judgeDivergence(divergence, "rules", second * RATE, RATE);
    expect([judge(1), judge(2), judge(3)]).toEqual(["heal", "heal", "move"]);
    expect(divergence.bannedUntilTick).toBe(63 * RATE);
    expect([judge(70), judge(71), judge(72)]).toEqual(["heal", "heal", "close"]);
  });
});

describe("a client of other rules", () => {
  const game = mixedGame(4, RATE);
  const encoder = new UpEncoder(inputCodecOf(game.input));

  const open = () => new SickClient(game);

  /** One desync by rules: told, asked, shown, healed. */
  function diverge(client: ReturnType<typeof open>): void {
    client.play(10);
    const { tick } = client.match.world;
    const sick = client.damaged(tick, (state) => (state.ticks = 9999));
    client.complain(tick, sick.hash());
    client.show(tick, sick.hash(), sick.snapshot());
  }

  it("is healed twice, moved to the stream plane at the third desync, let back after a minute, and then closed", () => {
    const client = open();
    for (let i = 0; i < 3; i++) diverge(client);
    expect(client.reports.map(({ culprit }) => culprit)).toEqual(["rules", "rules", "rules"]);
    expect(client.told().map((message) => (message.kind === "plane" ? message : message.kind))).toEqual([
      "snapshot",
      "ask",
      "heal",
      "ask",
      "heal",
      "ask",
      "heal",
      { kind: "plane", plane: "stream", reason: "diverging" },
    ]);
    expect([client.peer.moves, client.peer.closes]).toEqual([["stream"], []]);
    client.play(59 * RATE);
    expect(client.say(Up.plane, encoder.plane("lockstep"))).toBe("plane/refused");
    client.play(2 * RATE);
    expect(client.say(Up.plane, encoder.plane("lockstep"))).toBe("plane");
    client.say(Up.ready, encoder.ready(0));
    for (let i = 0; i < 3; i++) diverge(client);
    expect(client.peer.closes).toEqual(["client/diverging"]);
    expect(client.match.seats.seatOf("sick"), "its seat is the room's to free").toBe(0);
  });
});
