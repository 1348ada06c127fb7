/** The code in the documents runs: complete games are defined, keep the contract, and are what the text says they are. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { ChatOptions } from "../shared/chat/filter.ts";
import * as engine from "../shared/engine/index.ts";
import { checkStream } from "./contract/check-stream.ts";
import { checkBots, checkRules, checkSnapshots, checkSync } from "./contract/contract.ts";
import { SampleGames } from "./kit/games/sample-games.ts";
import { DOCUMENTS, samples } from "./kit/games/samples.ts";
import { stripComments } from "./kit/imports.ts";

const sampleGames = new SampleGames();
const { folder } = sampleGames;
afterAll(() => sampleGames.remove());

describe.each(samples.map((sample) => [`${sample.document}: ${sample.name}`, sample] as const))(
  "%s",
  (_title, sample) => {
    it("is a game that keeps the contract", async () => {
      const game = await sampleGames.load(sample);
      expect(game.name).toBe(sample.name);
      expect(sample.code, "every file opens with a sentence").toMatch(/^\/\*\* .*\*\/\n/);
      expect(checkRules(game, 300, 4)).toBeUndefined();
      expect(checkSync(game, 500, 1)).toBeUndefined();
      expect(checkSnapshots(game, 300, 2)).toBeUndefined();
      expect(checkBots(game, 1000, 3)).toBeUndefined();
      expect(checkStream(game, 300, 6)).toBeUndefined();
    });
  },
);

/** The guide's vocabulary: what its examples start from, and each row's call and result. */
function vocabularyOf(document: string): { examples: string; rows: readonly (readonly [string, string])[] } {
  const [, examples, rest] = /```ts examples\n([\s\S]*?)```([\s\S]*?)```/.exec(readFileSync(document, "utf8"))!;
  const rows = [...rest!.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)].map((match) => [match[1]!, match[2]!] as const);
  return { examples: examples!, rows };
}

describe.each(["shared/README.md", "shared/README.zh-CN.md"])("the vocabulary of %s", (document) => {
  const { examples, rows } = vocabularyOf(document);

  it.each(rows)("%s is %s", (call, result) => {
    const run = (code: string): unknown =>
      new Function(...Object.keys(engine), `${examples}; return (${code});`)(...Object.values(engine));
    expect(run(call)).toEqual(run(result));
  });

  it("names everything that the engine's door has", () => {
    const text = readFileSync(document, "utf8");
    const methods = Object.getOwnPropertyNames(engine.FixedPoint.prototype).filter((name) => name !== "constructor");
    const words = [
      ...Object.keys(engine),
      ...Object.keys(engine.vec).map((name) => `vec.${name}`),
      ...methods.map((name) => `fixed.${name}`),
    ];
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text))).toEqual([]);
  });
});

it("the chat filter of OPERATIONS.md does what it is there to show", async () => {
  const [, code] = /```ts chat-filter\n([\s\S]*?)```/.exec(readFileSync("OPERATIONS.md", "utf8"))!;
  const file = join(folder, "chat-filter.ts");
  writeFileSync(file, code!.replace('"./server/', `"${resolve("server")}/`));
  const { chat } = (await import(pathToFileURL(file).href)) as { chat: Required<ChatOptions> };
  const draft = { room: "r", game: "tag", from: "a", name: "Ada" };
  expect(chat.filter({ ...draft, text: "Darn, well played" })).toBe("****, well played");
  expect(chat.filter({ ...draft, text: "see https://example.com" })).toBeUndefined();
});

it("the README's whole game has at most 30 lines", () => {
  const sample = samples.find(({ document }) => document === "README.md")!;
  expect(
    stripComments(sample.code)
      .split("\n")
      .filter((line) => line.trim() !== "").length,
  ).toBeLessThanOrEqual(30);
});

it("both languages show the same code", () => {
  const codeOf = (document: string) =>
    [...readFileSync(document, "utf8").matchAll(/```ts game=[\w-]+\n([\s\S]*?)```/g)].map((match) => match[1]);
  expect(codeOf("README.zh-CN.md")).toEqual(codeOf("README.md"));
  expect(codeOf("shared/README.zh-CN.md")).toEqual(codeOf("shared/README.md"));
  expect(vocabularyOf("shared/README.zh-CN.md")).toEqual(vocabularyOf("shared/README.md"));
});

describe.each(["README.zh-CN.md", "shared/README.zh-CN.md"])("the Chinese of %s", (document) => {
  it("has the punctuation of Chinese beside Chinese characters", () => {
    const text = readFileSync(document, "utf8")
      .replace(/```[\s\S]*?```/g, "")
      .replace(/`[^`\n]*`/g, "")
      .replace(/\]\([^)\s]*\)/g, "]");
    expect(text.match(/.{0,12}(?:\p{Script=Han}[,;:!?(]|[,;:!?)]\p{Script=Han}).{0,12}/gu)).toBeNull();
  });

  it("calls things as a Chinese developer does", () => {
    expect(readFileSync(document, "utf8").match(/的一生|黄金哈希|按名拒绝|stream plane[^）]/g)).toBeNull();
  });
});

it("commands that the documents name exist", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const named = DOCUMENTS.flatMap((document) => [
    ...readFileSync(document, "utf8").matchAll(/npm run (?:-s )?([\w:-]+)/g),
  ]);
  expect(named.map((match) => match[1]!).filter((name) => scripts[name] === undefined)).toEqual([]);
});

it("links between documents lead somewhere", () => {
  const broken = DOCUMENTS.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map((match) => join(document, "..", match[1]!))
      .filter((path) => {
        try {
          readFileSync(path);
          return false;
        } catch (error) {
          return (error as NodeJS.ErrnoException).code !== "EISDIR";
        }
      }),
  );
  expect(broken).toEqual([]);
});

describe("the table of WebSocket practice", () => {
  const PRACTICES = 16;
  const filesOf = (document: string): string[][] => {
    const section = readFileSync(document, "utf8")
      .split("\n## ")
      .find((each) => each.startsWith("WebSocket"))!;
    const rows = section.split("\n").filter((line) => line.startsWith("| ") && line.includes("]("));
    return rows.map((row) => [...row.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!));
  };

  it("has a row for each, with a test of this repository", () => {
    const rows = filesOf("README.md");
    expect(rows.length).toBe(PRACTICES);
    for (const files of rows) expect(files.length).toBeGreaterThan(0);
    expect(rows.flat().filter((file) => !/^test\/.*\.test\.ts$/.test(file) || !existsSync(file))).toEqual([]);
  });

  it("is the same in both languages", () => {
    expect(filesOf("README.zh-CN.md")).toEqual(filesOf("README.md"));
  });
});
