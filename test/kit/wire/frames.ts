/** WebSocket frames, right and wrong, as a client writes them; and those of a server, read. */

export interface FrameOptions {
  readonly fin?: boolean;
  /** Bits of RSV1 (4), RSV2 (2), RSV3 (1). */
  readonly rsv?: number;
  readonly isMasked?: boolean;
  /** Four bytes. */
  readonly mask?: readonly number[];
  /** What the header says the length is. */
  readonly says?: number | bigint;
  /** How many bits the header writes the length in; the fewest by default. */
  readonly bits?: 7 | 16 | 64;
}

const MASK = [0x37, 0xfa, 0x21, 0x3d];

export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

function lengthBytes(length: bigint, isMasked: boolean, bits: 7 | 16 | 64): number[] {
  const mask = isMasked ? 0x80 : 0;
  if (bits === 7) return [mask | Number(length)];
  const wide = Buffer.alloc(8);
  wide.writeBigUInt64BE(BigInt.asUintN(64, length));
  return bits === 16 ? [mask | 126, ...wide.subarray(6)] : [mask | 127, ...wide];
}

export function frame(opcode: number, payload: string | Uint8Array = "", options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, isMasked = true, mask = MASK } = options;
  const bytes = typeof payload === "string" ? Buffer.from(payload) : Buffer.from(payload);
  const length = BigInt(options.says ?? bytes.length);
  const bits = options.bits ?? (length < 126n ? 7 : length < 65536n ? 16 : 64);
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode, ...lengthBytes(length, isMasked, bits)];
  if (!isMasked) return Buffer.concat([Buffer.from(head), bytes]);
  for (let i = 0; i < bytes.length; i++) bytes[i]! ^= mask[i % 4]!;
  return Buffer.concat([Buffer.from([...head, ...mask]), bytes]);
}

export const binary = (...bytes: number[]): Buffer => frame(BINARY, Uint8Array.from(bytes));

/** A close frame with a code and a reason. */
export const close = (code: number, reason: string | Uint8Array = ""): Buffer =>
  frame(CLOSE, Buffer.concat([Uint8Array.of(code >> 8, code & 255), Buffer.from(reason as string)]));

export const times = <T>(count: number, of: T): T[] => Array.from({ length: count }, () => of);

export interface ServerFrame {
  readonly opcode: number;
  readonly isMasked: boolean;
  readonly payload: Buffer;
}

/** The complete frames at the start of what a server sent. */
export function frames(bytes: Buffer): ServerFrame[] {
  const found: ServerFrame[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const short = bytes[at + 1]! & 127;
    const isMasked = (bytes[at + 1]! & 128) !== 0;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (at + head > bytes.length) break;
    const length =
      short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
    if (at + head + length > bytes.length) break;
    found.push({ opcode: bytes[at]! & 15, isMasked, payload: bytes.subarray(at + head, at + head + length) });
    at += head + length;
  }
  return found;
}
