/** WebSocket frames: conversations that were right, with headers and bytes changed. */
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { BINARY, CLOSE, CONTINUATION, type FrameOptions, frame, PING, PONG, TEXT } from "../../kit/wire/frames.ts";
import { EXEMPT, type FuzzCase } from "../fuzz-case.ts";
import { inPieces, joined, mutate } from "../mutate.ts";

const LENGTHS = [0, 1, 125, 126, 127, 65535, 65536, 2 ** 31, 2 ** 32, 2 ** 53];
const CODES = [0, 999, 1000, 1001, 1004, 1005, 1006, 1011, 1014, 1015, 2999, 3000, 4000, 4010, 4999, 5000, 65535];
const TELLING = [
  [0x88, 0x80],
  [0x89, 0x80],
  [0x82, 0xfe],
  [0x82, 0xff],
  [0x02, 0x80],
  [0x80, 0x80],
  [0xc2, 0x80],
  [0x81, 0x80],
].map((bytes) => Uint8Array.from(bytes));

function payload(random: WorldRandom): Uint8Array {
  const length = random.chance(0.1) ? random.int(120, 5000) : random.int(0, 24);
  return Uint8Array.from({ length }, () => random.int(0, 255));
}

function closePayload(random: WorldRandom): Uint8Array {
  const code = random.pick(CODES);
  const reason = random.chance(0.5) ? Uint8Array.from([0xc3, 0x28, 0xff]) : new Uint8Array(random.int(0, 130)).fill(65);
  return random.chance(0.1) ? Uint8Array.of(3) : joined(Uint8Array.of(code >> 8, code & 255), reason);
}

function header(random: WorldRandom): FrameOptions {
  if (random.chance(0.6)) return {};
  return {
    fin: random.chance(0.6),
    rsv: random.chance(0.2) ? random.int(0, 7) : 0,
    isMasked: random.chance(0.9),
    ...(random.chance(0.2) ? { says: random.pick(LENGTHS) } : {}),
    ...(random.chance(0.2) ? { bits: random.pick([7, 16, 64] as const) } : {}),
  };
}

/** A message in fragments, with control frames in between as the standard allows. */
function fragmented(random: WorldRandom): Uint8Array {
  const count = random.chance(0.05) ? 300 : random.int(1, 5);
  const middle = Array.from({ length: count }, () =>
    random.chance(0.3)
      ? frame(PING, payload(random).subarray(0, 125))
      : frame(CONTINUATION, payload(random), { fin: false }),
  );
  return joined(frame(BINARY, payload(random), { fin: false }), ...middle, frame(CONTINUATION, payload(random)));
}

function oneFrame(random: WorldRandom): Uint8Array {
  switch (random.int(0, 7)) {
    case 0:
      return frame(PING, payload(random).subarray(0, 130), header(random));
    case 1:
      return frame(PONG, payload(random).subarray(0, 130), header(random));
    case 2:
      return random.chance(0.3) ? frame(CLOSE, closePayload(random), header(random)) : fragmented(random);
    case 3:
      return frame(random.chance(0.2) ? TEXT : random.int(0, 15), payload(random), header(random));
    default:
      return frame(BINARY, payload(random), header(random));
  }
}

export function framesCase(random: WorldRandom): FuzzCase {
  const isInRoom = random.chance(0.4);
  const acknowledged = isInRoom && random.chance(0.9) ? [frame(BINARY, Uint8Array.of(10))] : [];
  const right = joined(...acknowledged, ...Array.from({ length: random.int(1, 12) }, () => oneFrame(random)));
  const bytes = random.chance(0.4) ? mutate(right, random, TELLING) : right;
  return {
    kind: "frames",
    on: isInRoom ? "spectator" : "websocket",
    from: EXEMPT,
    pieces: inPieces(bytes, random),
  };
}
