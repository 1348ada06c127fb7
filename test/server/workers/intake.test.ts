/** The intake of a worker: it listens on the port that it is given, and says so when another program has come first. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { PortOwner } from "../../../server/primary/port-owner.ts";
import { Intake } from "../../../server/workers/intake.ts";

const HOST = "127.0.0.1";
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A worker that begins to listen. @returns "listening", or the code of the error that it ends with. */
function listening({ shared }: PortOwner): Promise<unknown> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => {
    const transport = { listen: (..._given: unknown[]): unknown => undefined };
    const onError = (error: unknown): void => resolve((error as NodeJS.ErrnoException).code);
    new Intake(server).replaceListening(transport, Promise.resolve(shared), onError);
    transport.listen(0, undefined, undefined, () => resolve("listening"));
  });
}

it("a port that was bound, and then taken by another program, is told of", async () => {
  const first = await PortOwner.take(0, HOST);
  const second = await PortOwner.take(first.port, HOST);
  expect(await listening(first)).toBe("listening");
  expect((servers[0]!.address() as AddressInfo).port).toBe(first.port);
  expect(await listening(second)).toBe("EADDRINUSE");
  second.close();
});

it("a port that somebody listens on cannot be had, nor can one of another machine", async () => {
  const first = await PortOwner.take(0, HOST);
  expect(await listening(first)).toBe("listening");
  await expect(PortOwner.take(first.port, HOST)).rejects.toMatchObject({ code: "EADDRINUSE" });
  await expect(PortOwner.take(0, "192.0.2.1")).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
});
