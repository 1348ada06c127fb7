/**
 * The owner of the port: has it as long as the primary lives, and shares it with the workers, which take connections themselves. While
 * no worker does, the system keeps those who come.
 */
import { lookup } from "node:dns/promises";
import net from "node:net";
import { getSystemErrorName } from "node:util";

/** Node's handle of a socket that is bound, as its cluster shares it. */
export interface SharedPort {
  getsockname(address: { port?: number }): number;
  close(): void;
}

/** Port: what Node's own cluster opens a shared port with. Returns the number of an error where there is one. */
const { _createServerHandle: bind } = net as unknown as {
  _createServerHandle(
    address: string | null,
    port: number,
    family: number,
    fd: undefined,
    flags: number,
  ): SharedPort | number;
};

const failure = (code: string): Error => Object.assign(new Error(`the port cannot be had: ${code}`), { code });

export class PortOwner {
  readonly shared: SharedPort;
  readonly port: number;

  private constructor(shared: SharedPort, port: number) {
    this.shared = shared;
    this.port = port;
  }

  /**
   * Takes the port; it is open as soon as the first worker listens.
   *
   * @param port 0: any that is free. @param host undefined: all addresses. @throws Error with Node's code when it cannot be had.
   */
  static async take(port: number, host: string | undefined): Promise<PortOwner> {
    const { address, family } = host === undefined ? { address: null, family: 4 } : await lookup(host);
    const shared = bind(address, port, family, undefined, 0);
    if (typeof shared === "number") throw failure(getSystemErrorName(shared));
    const bound: { port?: number } = {};
    const error = shared.getsockname(bound);
    if (error !== 0) throw failure(getSystemErrorName(error));
    // A port that is taken is told of only by whoever listens, and who does not look listens somewhere else.
    if (port !== 0 && bound.port !== port) throw failure("EADDRINUSE");
    return new PortOwner(shared, bound.port ?? port);
  }

  close(): void {
    this.shared.close();
  }
}
