/** The guards' messages: what the designers' guide quotes is what they say. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { StepClock } from "../../guards/step-clock.ts";
import { defineGame } from "../../shared/engine/index.ts";
import { parts } from "./corpus/parts.ts";
import { measure, printSentences } from "./table.ts";

const sentences = [printSentences(await measure()), ...slowSentences()].join("\n");

function slowSentences(): string[] {
  let time = 0;
  const told: string[] = [];
  const step = () => {
    time += 100;
  };
  const game = defineGame({ ...parts, name: "coins", step });
  const clock = new StepClock(
    game,
    (sentence) => void told.push(sentence),
    () => time,
  );
  clock.run(0, () => clock.game.step({} as never, {} as never));
  return told;
}

/** The last column of the table in a section, without its quotes. */
function quotedIn(document: string, heading: string): string[] {
  const section = readFileSync(document, "utf8").split(heading)[1]!.split("\n## ")[0]!;
  return [...section.matchAll(/^\|.*\| `([^|]+)` \|$/gm)].map((match) => match[1]!);
}

describe.each([
  ["shared/README.md", "## What may go wrong"],
  ["shared/README.zh-CN.md", "## 会出什么错"],
])("the table of %s", (document, heading) => {
  const quoted = quotedIn(document, heading);

  it("has a line for each mistake", () => {
    expect(quoted.length).toBeGreaterThan(30);
  });

  it.each(quoted)("quotes: %s", (words) => {
    expect(sentences).toContain(words);
  });
});
