/** The signals that end a server: which of them is a first one, and which a second that hurries. */
import { log } from "../base/log.ts";
import { deafNpmSentence } from "./deaf-npm.ts";

/** A terminal, or systemd, signals npm and this process, and npm passes its own on: what comes within this time came once. */
export const ONE_PRESS_MS = 500;

/**
 * SIGTERM, SIGINT (Ctrl-C) and SIGHUP (the terminal was closed) are to go down in order; a second one, or SIGQUIT, at
 * once.
 */
export function onSignals(goDown: (signal: string, isHurried: boolean) => void): void {
  let pressedAt: number | undefined;
  const onSignal = (signal: string): void => {
    const now = performance.now();
    const isSecond = pressedAt !== undefined && now - pressedAt > ONE_PRESS_MS;
    pressedAt = now;
    goDown(signal, signal === "SIGQUIT" || isSecond);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]) process.on(signal, onSignal);
}

/** Tells the operator when the npm that has started this process keeps signals to itself. */
export function warnOfDeafNpm(): void {
  const deaf =
    process.platform === "win32" ? undefined : deafNpmSentence(process.env.npm_config_user_agent, process.pid);
  if (deaf !== undefined) log.warn(deaf);
}
