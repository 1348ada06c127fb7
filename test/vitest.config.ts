/** How the tests run: what only computes first and in parallel, then real sockets, then real browsers, one file at a time. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
const sockets = [
  "test/server/*.test.ts",
  "test/load/*.test.ts",
  "test/fuzz/**/*.test.ts",
  "test/conformance/*.test.ts",
];
const browsers = ["test/e2e/**/*.test.ts", "test/determinism/engines.test.ts"];

const project = (name: string, groupOrder: number, test: object) => ({
  test: { name, root, sequence: { groupOrder }, testTimeout: 30_000, hookTimeout: 60_000, ...test },
});

export default defineConfig({
  test: {
    root,
    reporters: process.env.CI ? ["verbose"] : ["default"],
    env: { LOG_LEVEL: "silent" },
    projects: [
      project("memory", 0, {
        maxWorkers: availableParallelism(),
        include: ["test/**/*.test.ts"],
        exclude: [...sockets, ...browsers],
      }),
      project("sockets", 1, { include: sockets, fileParallelism: false }),
      project("browsers", 2, { include: browsers, fileParallelism: false }),
    ],
  },
});
