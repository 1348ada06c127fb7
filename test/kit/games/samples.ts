/** The complete games in the documents: code blocks marked `ts game=<name>`. */
import { readFileSync } from "node:fs";

export const DOCUMENTS = [
  "README.md",
  "README.zh-CN.md",
  "shared/README.md",
  "shared/README.zh-CN.md",
  "OPERATIONS.md",
  "SECURITY.md",
  "DEPENDENCIES.md",
  "ARCHITECTURE.md",
  "PERFORMANCE.md",
  "test/load/README.md",
];

export interface Sample {
  readonly document: string;
  readonly name: string;
  readonly code: string;
}

export const samples: readonly Sample[] = DOCUMENTS.flatMap((document) =>
  [...readFileSync(document, "utf8").matchAll(/```ts game=([\w-]+)\n([\s\S]*?)```/g)].map((match) => ({
    document,
    name: match[1]!,
    code: match[2]!,
  })),
);
