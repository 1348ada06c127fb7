/** A message of ours as one finished WebSocket frame of a server (RFC 6455 section 5.2): binary, whole, not masked. */

const WHOLE_BINARY = 0x82;
const SHORT = 125;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MOST_LENGTH_16 = 0xffff;
/** Colyseus's opcode and our message type. */
const ENVELOPE_BYTES = 2;

/** The frame of the message `opcode type payload`; the payload, of less than 4 GiB, is copied. */
export function webSocketFrame(opcode: number, type: number, payload: Uint8Array): Buffer {
  const length = ENVELOPE_BYTES + payload.length;
  const header = length <= SHORT ? 2 : length <= MOST_LENGTH_16 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = WHOLE_BINARY;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = LENGTH_16;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = LENGTH_64;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame[header] = opcode;
  frame[header + 1] = type;
  frame.set(payload, header + ENVELOPE_BYTES);
  return frame;
}
