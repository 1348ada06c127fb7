/**
 * The way in without a stream: all connections are read into one shared buffer, and the receiver is called with the
 * bytes at once. Node does this for sockets that connect (`onread` of `net.connect`), but has no documented way to ask
 * it of one that was accepted; without it each read costs 64 KiB that are allocated and given back, a `Buffer`, two
 * events and a microtask: about a seventh of what a client costs the server.
 */
import type { Socket } from "node:net";
import { type StreamHandle, streamWrap } from "./stream-wrap.ts";

const SHARED = Buffer.alloc(64 * 1024);

/** Node's own names for what `onread` sets. */
const NAMES = ["kBuffer", "kBufferGen", "kBufferCb"] as const;

/**
 * From now on `take` gets what the socket receives: the first `count` bytes of a buffer, which are gone when it returns.
 * The socket's "data" event still tells of what was read before.
 *
 * @returns false where this Node, or this kind of socket, cannot do it; nothing has changed then.
 */
export function readDirectly(socket: Socket, take: (buffer: Buffer, count: number) => void): boolean {
  const handle = (socket as unknown as { readonly _handle: StreamHandle | null })._handle;
  const symbols = Object.getOwnPropertySymbols(socket);
  const [buffer, next, call] = NAMES.map((name) => symbols.find(({ description }) => description === name));
  if (handle?.useUserBuffer === undefined || !buffer || !next || !call) return false;
  handle.useUserBuffer(SHARED);
  Object.assign(socket, {
    [buffer]: SHARED,
    [next]: null,
    [call]: (count: number) => take(SHARED, count),
  });
  callDirectly(handle, take);
  return true;
}

/** Without a look at the socket, which is then not needed for what was read; its end goes the usual way. */
function callDirectly(handle: StreamHandle, take: (buffer: Buffer, count: number) => void): void {
  const { onread } = handle;
  if (streamWrap === undefined || typeof onread !== "function") return;
  const { streamBaseState, kReadBytesOrError } = streamWrap;
  handle.onread = (buffer) => {
    const count = streamBaseState[kReadBytesOrError]!;
    if (count > 0) take(SHARED, count);
    else onread.call(handle, buffer);
  };
}
