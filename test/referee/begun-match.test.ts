/** A match that begins with a recorded world: the same world, the same seats, a player in one of them and bots in the others. */
import { describe, expect, it } from "vitest";
import { LocalMatch } from "../../client/local/local-match.ts";
import { ReplayMatch } from "../../client/replay/replay-match.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { AnyGame, Seat } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { Replayer } from "../../shared/recording/replayer.ts";
import { verify } from "../../shared/recording/verify.ts";
import { type Beginning, beginMatch } from "../../shared/referee/begun-match.ts";
import type { Match } from "../../shared/referee/match.ts";
import { delivering } from "../kit/memory/delivery.ts";
import { MemoryRecording, opened } from "../kit/memory/memory-recording.ts";
import { recordMatch } from "../kit/memory/recorded.ts";
import { packInMemory } from "../kit/memory/table.ts";

const PLAYER = { kind: "player", id: "page", name: "Eve" } as const;
const DRAW_MS = 16;
const SECONDS = 20;

describe.each(games as readonly AnyGame[])("a world of $name", (game) => {
  const ticks = SECONDS * game.tickRate;
  const { recording: memory, hashes } = recordMatch(game, 7, ticks);
  // The visitor of the recording plays at that time.
  const tick = Math.floor(ticks / 10) + 30;
  const shown = ReplayMatch.open<unknown, unknown>(game, opened(memory.end())) as ReplayMatch<unknown, unknown>;
  shown.seek(tick);
  const [ada] = [...shown.roster()].find(([, { name }]) => name === "Ada")!;
  shown.followed = ada;
  const beginning = shown.beginning();
  const names = [...shown.roster()].map(([seat, { name }]) => [seat, name] as const);
  const begin = (from: Beginning, options: object = {}): Match<unknown, unknown> => {
    const begun = beginMatch<unknown, unknown>(game, from, {
      ...{ player: PLAYER, seed: 1, pack: packInMemory },
      ...options,
    });
    if (typeof begun === "string") throw new Error(begun);
    return delivering(begun);
  };
  const held = (match: Match<unknown, unknown>) =>
    Array.from({ length: match.seats.count }, (_, seat) => [seat, match.seats.holder(seat)?.name] as const).filter(
      ([, name]) => name !== undefined,
    );

  it("is the one that was played, and its seats are those that were held", () => {
    const match = begin(beginning);
    expect([match.world.tick, match.world.hash()]).toEqual([tick, hashes[tick]]);
    expect(match.seats.holder(ada)).toEqual(PLAYER);
    expect(held(match)).toEqual(names.map(([seat, name]) => [seat, seat === ada ? "Eve" : name]));
    expect(match.seats.held("player")).toBe(1);
  });

  it("goes on without anybody joining or leaving, and every world comes out the same when it is stepped again", () => {
    const again = new MemoryRecording(game);
    const match = begin(beginning, { recording: again.recorder });
    for (let i = 0; i < 5 * game.tickRate; i++) match.closeTick(i);
    expect(match.world.tick).toBe(tick + 5 * game.tickRate);
    const recording = opened(again.end());
    expect(verify(game, recording)).toMatchObject({ divergence: undefined, fault: undefined });
    const replayer = Replayer.open(game, recording) as Replayer<unknown, unknown>;
    expect([replayer.tick, replayer.hash]).toEqual([tick, hashes[tick]]);
    while (replayer.step()?.kind !== "end") {
      const { leaves, joins } = replayer.frame;
      expect([...leaves, ...joins], `tick ${replayer.tick}`).toEqual([]);
    }
  });

  it("is played in the first seat where nobody is looked over, and by bots alone where nobody plays", () => {
    const first = names[0]![0];
    const seatOf = (seat: Seat | undefined): Seat | undefined => begin({ ...beginning, seat }).seats.seatOf(PLAYER.id);
    expect([seatOf(undefined), seatOf(game.seats.max + 5)]).toEqual([first, first]);
    const match = begin(beginning, { player: undefined });
    expect(held(match)).toEqual(names);
    expect(match.seats.held("bot")).toBe(names.length);
  });

  it("is played in a page, in step with the referee there", () => {
    const sample = () => inputCodecOf(game.input, game.name).create();
    const options = { sample, name: "Eve", bots: 0, seed: 3, from: beginning } as const;
    const local = new LocalMatch<unknown, unknown>(game, options);
    for (let now = 0; now < 5000; now += DRAW_MS) local.advance(now);
    expect(local.seat).toBe(ada);
    expect(local.confirmed!.tick).toBeGreaterThan(tick + 4 * game.tickRate);
    expect(local.confirmed!.tick).toBeLessThan(tick + 6 * game.tickRate);
    const { stats } = local.figures;
    expect([stats.hashMismatches, stats.snapshots, stats.malformed]).toEqual([0, 1, 0]);
    expect(stats.hashChecks).toBeGreaterThan(10);
    expect([...local.roster()].map(([seat, { kind }]) => [seat, kind])).toEqual(
      names.map(([seat]) => [seat, seat === ada ? "player" : "bot"]),
    );
  });

  it("that was cut off or changed is refused in a sentence, or is a world that can be played", () => {
    const { snapshot } = beginning;
    for (let at = 0; at < snapshot.length; at += Math.ceil(snapshot.length / 100)) {
      const changed = snapshot.slice();
      changed[at]! ^= 0x55;
      for (const bytes of [changed, snapshot.subarray(0, at)]) {
        const begun = beginMatch(
          game,
          { ...beginning, snapshot: bytes },
          { player: PLAYER, seed: 1, pack: packInMemory },
        );
        if (typeof begun === "string") expect(begun).toMatch(/^The world cannot be read with this declaration of /);
        else expect(begun.seats.seatOf(PLAYER.id)).toBeTypeOf("number");
      }
    }
  });
});

it("a game without a bot gives up the seats of the others", () => {
  const { bot: _, ...game } = games[0] as AnyGame;
  const { recording } = recordMatch(games[0] as AnyGame, 7, 200);
  const shown = ReplayMatch.open<unknown, unknown>(game, opened(recording.end())) as ReplayMatch<unknown, unknown>;
  shown.seek(150);
  const begun = beginMatch(game, shown.beginning(), { player: PLAYER, seed: 1, pack: packInMemory });
  const match = delivering(begun as Match<unknown, unknown>);
  for (let i = 0; i < 10; i++) match.closeTick(i);
  expect([match.seats.held(), match.world.seats.isHeld(match.seats.seatOf(PLAYER.id)!)]).toEqual([1, true]);
});
