/** Golden matches on other Nodes than this one: what a game comes to must not depend on the version. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { games } from "../../shared/games/index.ts";
import { nodePackage } from "../kit/node-package.ts";
import { TYPESCRIPT } from "../kit/typescript.ts";
import { goldenLine } from "./print-golden.ts";

describe("the golden matches on other Nodes", () => {
  const others = [24, 22, 20].filter((version) => Number(process.versions.node.split(".")[0]) !== version);
  const versions = process.env.CI ? others : others.slice(0, 1);
  it.for(versions)("come out the same on Node %i", { timeout: 180_000 }, (version, { skip }) => {
    const node = ["-y", "-p", nodePackage(version), "node"];
    const program = [...TYPESCRIPT, "test/contract/print-golden.ts", "print"];
    let printed: string;
    try {
      printed = execFileSync("npx", [...node, ...program], {
        encoding: "utf8",
        timeout: 120_000,
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      if (process.env.CI) throw error;
      return skip(`Node ${version} could not be had from the package registry: ${(error as Error).message}`);
    }
    const [first, ...rest] = printed.trim().split("\n");
    expect(first).toBe(`v${version}`);
    expect(rest).toEqual(games.map((game) => goldenLine(game as AnyGame)));
  });
});
