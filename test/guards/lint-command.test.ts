/** `npm run lint:games` as it is typed: what it says, and the code it ends with. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { TYPESCRIPT } from "../kit/typescript.ts";

describe("npm run lint:games", () => {
  const run = (...paths: string[]) => {
    try {
      const args = [...TYPESCRIPT, "guards/lint/run.ts", ...paths];
      return { code: 0, said: execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" }) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, said: stdout + stderr };
    }
  };

  it("lints the shelf, a file, or says that there is none", () => {
    expect(run()).toMatchObject({ code: 0, said: expect.stringMatching(/^\d+ files of games, 0 findings\n$/) });
    expect(run("test/guards/corpus/cosine.ts")).toMatchObject({ code: 1, said: expect.stringContaining("Math.cos") });
    expect(run("nowhere")).toEqual({ code: 2, said: "there is no file or folder nowhere\n" });
  });
});
