/** Relays in front of servers of this machine: clients that come from somewhere else, and servers that share an address. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

/** @param connectOn where a new connection leads; undefined: nowhere, it is cut. */
async function startRelay(connectOn: () => Promise<Socket | undefined>): Promise<Relay> {
  const open = new Set<Socket>();
  const join = (end: Socket, other: Socket): void => {
    open.add(end);
    end.pipe(other);
    end.on("error", () => other.destroy());
    end.on("close", () => {
      open.delete(end);
      other.destroy();
    });
  };
  const server = createServer(async (client) => {
    client.on("error", () => client.destroy());
    const beyond = await connectOn();
    if (beyond === undefined) {
      client.destroy();
      return;
    }
    join(client, beyond);
    join(beyond, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Its connections come from an address of its own on the loopback network, such as 127.0.0.7. */
export const relayFrom = (from: string, port: number): Promise<Relay> =>
  startRelay(async () => connect({ port, host: "127.0.0.1", localAddress: from }));

/** Leads each new connection to the first of these servers that says it is ready, as a load balancer does. */
export function balance(ports: readonly number[]): Promise<Relay> {
  return startRelay(async () => {
    for (const port of ports) {
      const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return connect({ port, host: "127.0.0.1" });
    }
    return undefined;
  });
}
