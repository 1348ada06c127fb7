/**
 * The projects of the tests: what only computes first, in parallel; then real sockets, three files at a time where
 * nothing is timed, and one at a time where something is; then real browsers, two files at a time.
 */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongFirst } from "./long-first.ts";

const root = new URL("..", import.meta.url).pathname;
const sockets = [
  "test/server/live/**/*.test.ts",
  "test/load/**/*.test.ts",
  "test/fuzz/**/*.test.ts",
  "test/conformance/*.test.ts",
];
/** Of these, what compares times of its own: all others wait most of the time, and may do so side by side. */
const timed = [
  ...["bad-network", "crowd", "disturbed", "heartbeat", "hostiles", "lines", "old-match", "planes"].map(
    (name) => `test/server/live/*/${name}.test.ts`,
  ),
  "test/fuzz/**/*.test.ts",
  "test/conformance/*.test.ts",
];
/** What starts other programs, other Nodes among them, and opens no socket itself. */
const processes = [
  "test/help.test.ts",
  "test/supply-chain.test.ts",
  "test/contract/other-nodes.test.ts",
  "test/determinism/{metamorphic,place,sabotage}.test.ts",
  "test/guards/{lint-command,loop-watch}.test.ts",
  "test/server/cli/replay.test.ts",
  "test/server/identity/tokens.test.ts",
  "test/server/journal/{file-journal,folder-lock-race}.test.ts",
];
/**
 * What needs a process of its own: another WebSocket has to be in place before the SDK is loaded, or flags of V8 are set,
 * and its collector called, which with the heap of all others takes seconds.
 */
const isolated = [
  "test/client/sdk-insides.test.ts",
  "test/client/netsim/simulated-network.test.ts",
  "test/engine/codec/record-class.test.ts",
];
const browsers = ["test/e2e/**/*.test.ts", "test/determinism/engines.test.ts"];

/** Where files wait for most of their time, two cores are idle for half of it with a worker each. */
const WAITING_WORKERS = 3;

/** Files of one worker have the same modules: to load them once for each would be most of what many cost. */
const together = { isolate: false, setupFiles: ["test/kit/after-file.ts", "test/kit/after-test.ts"] };

const project = (name: string, groupOrder: number, test: object) => ({
  test: { name, root, sequence: { groupOrder }, testTimeout: 60_000, hookTimeout: 120_000, ...test },
});

export default defineConfig({
  test: {
    root,
    sequence: { sequencer: LongFirst },
    reporters: process.env.CI ? ["verbose"] : ["default"],
    env: { LOG_LEVEL: "silent" },
    // A file is made ready once, not once in each project and each run; npm ci throws away what is kept.
    experimental: { fsModuleCache: true },
    projects: [
      project("memory", 0, {
        maxWorkers: availableParallelism(),
        ...together,
        include: ["test/**/*.test.ts"],
        exclude: [...sockets, ...browsers, ...processes, ...isolated],
      }),
      project("isolated", 0, { include: isolated, maxWorkers: availableParallelism() }),
      project("processes", 1, {
        include: processes,
        maxWorkers: WAITING_WORKERS,
        testTimeout: 240_000,
        hookTimeout: 240_000,
      }),
      project("sockets", 1, { include: sockets, exclude: timed, maxWorkers: WAITING_WORKERS, ...together }),
      project("timed", 2, { include: timed, fileParallelism: false, ...together }),
      project("browsers", 3, {
        include: browsers,
        // Each worker has browsers of its own, and they outlast its files.
        maxWorkers: 2,
        isolate: false,
        setupFiles: ["test/kit/after-file.ts", "test/kit/after-test.ts"],
        globalSetup: ["test/kit/browsers/browser-run.ts"],
        // How long a page takes says nothing about it; only what hangs takes so long.
        testTimeout: 240_000,
        expect: { poll: { timeout: 60_000 } },
      }),
    ],
  },
});
