/** The cleanup after every test file: files of one worker share their timers and globals, as they share their modules. */
import { afterAll, vi } from "vitest";

const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };

afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetConfig();
  // A spy on a timer that was not the real one gives that one back.
  Object.assign(globalThis, real);
});
