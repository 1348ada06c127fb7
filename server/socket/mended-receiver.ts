/**
 * The receiver of `ws` 8.23, mended: the original reads on after it has found a fault. Bytes behind the bad frame,
 * while messages before it wait for their turn, then go to a parser whose mask is gone, and the exception ends the
 * process. Found by `npm run fuzz`; a row in test/conformance shows it.
 */

/** The part of `ws`'s parser that is used. */
export interface Receiver {
  readonly _errored: boolean;
  _write(chunk: Buffer, encoding: string, done: () => void): void;
}

/** From its first fault on the parser drops what comes; `ws` has closed the connection by then. */
export function mendReceiver(receiver: Receiver): void {
  const { _write } = receiver;
  receiver._write = (chunk, encoding, done) => {
    if (receiver._errored) done();
    else _write.call(receiver, chunk, encoding, done);
  };
}
