/** `npm run lint:games` as it is typed: what it says, and the code it ends with. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Helper } from "../kit/servers/calls.ts";
import type { CommandCalls } from "../kit/servers/commands-process.ts";

describe("npm run lint:games", () => {
  let commands: Helper<CommandCalls>;
  beforeAll(() => {
    commands = new Helper("commands-process.ts");
  });
  afterAll(() => commands.end());
  const run = async (...args: string[]) => {
    const { code, out, error } = await commands.call("run", { file: "guards/lint/run.ts", args });
    return { code, said: out + error };
  };

  it("lints the shelf, a file, or says that there is none", async () => {
    expect(await run()).toMatchObject({ code: 0, said: expect.stringMatching(/^\d+ files of games, 0 findings\n$/) });
    expect(await run("test/guards/corpus/cosine.ts")).toMatchObject({
      code: 1,
      said: expect.stringContaining("Math.cos"),
    });
    expect(await run("nowhere")).toEqual({ code: 2, said: "there is no file or folder nowhere\n" });
  });
});
