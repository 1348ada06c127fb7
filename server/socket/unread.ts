/** A socket that is on its way to another process: what its client says is for that one to read. */
import type { Socket } from "node:net";

interface Reading {
  readonly _handle?: { reading?: boolean; readStop(): void } | null;
}

/** Port: Node reads every socket that it is handed, from the first moment on. @returns what it has read already. */
export function stopReading(socket: Socket): Buffer {
  const { _handle: handle } = socket as unknown as Reading;
  if (handle !== undefined && handle !== null) {
    handle.reading = false;
    handle.readStop();
  }
  return (socket.read() as Buffer | null) ?? Buffer.alloc(0);
}
