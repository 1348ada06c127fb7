/** A match whose process is killed at any point of a tick (R17): another goes on from its journal, and nothing confirmed is lost. */
import { afterAll, describe, expect, it } from "vitest";
import { CommandedPlay } from "../kit/memory/commanded-play.ts";
import { MortalJournal } from "../kit/memory/mortal-journal.ts";
import { rerun, seeds } from "../kit/seeds.ts";

const FILE = "test/referee/journal.test.ts";
const counts = new Map<string, number>();

describe("eight clients whose referee is killed now and then", () => {
  it.each(seeds(1000, 12))("seed %i: one world, every command once, every seat kept", (seed) => {
    const journal = new MortalJournal();
    const play = new CommandedPlay(seed, undefined, journal);
    expect(play.faults(), `run again: ${rerun(FILE, seed)}`).toEqual([]);
    for (const [what, count] of play.counts) counts.set(what, (counts.get(what) ?? 0) + count);
  });

  afterAll(() => {
    if ((counts.get("given") ?? 0) < 1000) return;
    for (const what of ["before", "after"])
      for (const entry of ["frame", "standing", "keyframe"])
        expect([...counts.keys()], "what happened").toContain(`killed ${what} a ${entry}`);
  });
});
