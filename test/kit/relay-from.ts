/** A relay whose connections come from an address of one's own on the loopback network: a client from somewhere else. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

/** @param from such as 127.0.0.7. */
export async function relayFrom(from: string, port: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const beyond = connect({ port, host: "127.0.0.1", localAddress: from });
    for (const [end, other] of [
      [client, beyond],
      [beyond, client],
    ] as const) {
      open.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        open.delete(end);
        other.destroy();
      });
    }
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
