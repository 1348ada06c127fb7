/**
 * The versions of npm that keep signals to themselves: an operator who starts the server with one is told how to end
 * it.
 */

/** From this version on npm passes SIGTERM to what it runs; those before take it, and wait. */
const PASSES_FROM = [10, 5] as const;

/** @param agent what npm says of itself in `npm_config_user_agent`. @returns a sentence, or undefined when all is well. */
export function deafNpmSentence(agent: string | undefined, pid: number): string | undefined {
  const [, major, minor] = /^npm\/(\d+)\.(\d+)/.exec(agent ?? "") ?? [];
  if (major === undefined) return undefined;
  const [least, leastMinor] = PASSES_FROM;
  if (Number(major) > least || (Number(major) === least && Number(minor) >= leastMinor)) return undefined;
  return `npm ${major}.${minor} keeps SIGTERM for itself; send it to process ${pid}, start with node server/boot/launch.mjs server/boot/start.ts, or take npm ${PASSES_FROM.join(".")} or newer`;
}
