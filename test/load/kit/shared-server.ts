/** A server for all runs of a file that are not about one of their own: to start it is most of what a short run costs. */
import { afterAll, beforeAll } from "vitest";
import { Helper } from "../../kit/servers/calls.ts";
import type { ServerCalls } from "../../kit/servers/server-process.ts";

/** To be called at the top of a test file. @returns the arguments that name it, there before the first test. */
export function sharedServer(): readonly string[] {
  const there: string[] = [];
  const server = new Helper<ServerCalls>("server-process.ts");
  beforeAll(async () => {
    there.push("--url", await server.call("url", undefined));
  });
  afterAll(() => server.end());
  return there;
}
