/**
 * The internals of Node that its own sockets read and write with; `process.binding` is how outsiders can reach them.
 * Callers have another way where a Node no longer shows it.
 */

/** Node's request to its native side for one write. */
export interface WriteRequest {
  oncomplete?: (status: number) => void;
  /** Kept from the collector as long as it is not written. */
  buffer?: Uint8Array;
}

export interface StreamWrap {
  readonly WriteWrap: new () => WriteRequest;
  /** The outcome of the last call of any stream, at these places. */
  readonly streamBaseState: ArrayLike<number>;
  readonly kReadBytesOrError: number;
  readonly kLastWriteWasAsync: number;
}

/** The native side of a socket, as far as it is used. */
export interface StreamHandle {
  useUserBuffer?(buffer: Buffer): void;
  /** Is called when something was read, or reading has ended. */
  onread?: (buffer: unknown) => unknown;
  /** Bytes that wait to be written; undefined when the socket is closed. */
  readonly writeQueueSize?: number;
  /** Bytes that were given to it to be written, all in all. */
  readonly bytesWritten?: number;
  /** The socket below one of TLS. */
  readonly _parent?: StreamHandle;
  /** 0 when the bytes are written or wait to be; otherwise nothing is written. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}

function find(): StreamWrap | undefined {
  try {
    const { binding } = process as unknown as { binding?(name: string): StreamWrap };
    const found = binding?.("stream_wrap");
    const { WriteWrap, streamBaseState, kReadBytesOrError, kLastWriteWasAsync } = found ?? {};
    const isWhole = typeof WriteWrap === "function" && typeof streamBaseState === "object";
    return isWhole && kReadBytesOrError !== undefined && kLastWriteWasAsync !== undefined ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined on a Node that does not show it. */
export const streamWrap = find();
