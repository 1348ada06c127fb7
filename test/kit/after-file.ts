/** The cleanup after every test file: files of one worker share their timers and globals, as they share their modules. */
import { afterAll, vi } from "vitest";

const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };

/** Whether the file has loaded modules anew, which it does to put another one in the place of one that they use. */
let isMixed = false;
const { resetModules } = vi;
vi.resetModules = () => {
  isMixed = true;
  return resetModules.call(vi);
};

afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.resetConfig();
  vi.resetModules = resetModules;
  // The next file would be given what was loaded last, with what stood in: a socket that writes with a made-up request ends the process.
  if (isMixed) vi.resetModules();
  // A spy on a timer that was not the real one gives that one back.
  Object.assign(globalThis, real);
});
