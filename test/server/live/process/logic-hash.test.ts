/** The logic hash: another build of a game is told so by name when it joins, before it can desync. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logicHashes } from "../../../../server/config/logic-hash.ts";
import type { AnyGame } from "../../../../shared/engine/game/game.ts";
import { games } from "../../../../shared/games/index.ts";
import { joinPlayer } from "../../../kit/players/socket-player.ts";
import { type RealServer, startServer } from "../../../kit/servers/server.ts";
import { until } from "../../../kit/until.ts";

const copy = mkdtempSync(join(tmpdir(), "phalanx-shared-"));
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync("shared", copy, { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("the logic hash", () => {
  const own = logicHashes();

  it("is there for every game of the shelf, and the same for the same files elsewhere", () => {
    expect(Object.keys(own).sort()).toEqual(games.map(({ name }) => name).sort());
    expect(new Set(Object.values(own)).size).toBe(games.length);
    expect(logicHashes(copy)).toEqual(own);
  });

  it("of a game is another one after a change in any of its files, and that of others is not", () => {
    appendFileSync(join(copy, "games/arena/combat.ts"), "\n// another constant\n");
    const { arena, ...others } = logicHashes(copy);
    expect(arena).not.toBe(own.arena);
    expect(others).toEqual(Object.fromEntries(Object.entries(own).filter(([name]) => name !== "arena")));
  });

  it("of every game is another one after a change of the engine", () => {
    appendFileSync(join(copy, "engine/math/constants.ts"), "\n// another digit\n");
    for (const [name, hash] of Object.entries(logicHashes(copy))) expect(hash, name).not.toBe(own[name]);
  });

  it("does not change with the checkout's line ends, nor with what is not rules", () => {
    const file = join(copy, "games/tag.ts");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
    appendFileSync(join(copy, "README.md"), "\nmore words\n");
    expect(logicHashes(copy)).toEqual(own);
  });
});

describe("a client of another build", () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer({ games });
  });
  afterAll(() => server.stop());
  const tag = games.find(({ name }) => name === "tag") as AnyGame;

  it("is told so by name when it wants to step the game", async () => {
    const refused = joinPlayer(tag, { url: server.url, logic: "00000000" }, 1);
    await expect(refused).rejects.toThrow(/^game\/other-build: This page has other rules/);
    await expect(joinPlayer(tag, { url: server.url, logic: "no hash" }, 1)).rejects.toThrow(
      /^join\/option: logic must/,
    );
  });

  it("may stream it, and stays there", async () => {
    const player = await joinPlayer(tag, { url: server.url, plane: "stream", logic: "00000000", newRoom: true }, 1);
    await until("it streams", () => (player.session.picture(performance.now())?.tick ?? 0) > 5);
    player.session.prefer("lockstep");
    const { sessions } = server.room(player.session.room.roomId).match;
    await until("its wish is refused", () => (sessions.answers.get("plane/refused") ?? 0) > 0);
    expect(player.session.plane).toBe("stream");
    await player.stop();
  });

  it("and one of the same build is let in", async () => {
    const player = await joinPlayer(tag, { url: server.url, logic: logicHashes().tag }, 1);
    await until("it steps", () => player.session.client.confirmedTick > 5);
    await player.stop();
  });
});
