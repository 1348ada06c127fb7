/** The speakers of each contender's clients: which of its messages are frames, and how they are answered. */
import { ByteReader } from "../../../../shared/engine/bytes/bytes.ts";
import { inputCodecOf } from "../../../../shared/engine/codec/input-codec.ts";
import { Down } from "../../../../shared/engine/protocol/down.ts";
import { Up, UpEncoder } from "../../../../shared/engine/protocol/up.ts";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { BotTalk } from "./bot-talk.ts";
import { INPUT_BYTES, type Load, type Manner } from "./contender.ts";
import { clientFrame, type RawClient } from "./raw-client.ts";

const BYTES_MESSAGE = 17;
const JOIN = 10;
const PATCH = 15;
/** So much later each room is in what its players say. */
const STAGGER_TICKS = 7;
const NOTHING: readonly Uint8Array[] = [];
const codec = inputCodecOf(arena.input);
const SIDES = [-1, 0, 1] as const;
/** Inputs that differ from each other. */
const INPUTS = Array.from({ length: 16 }, (_, i) => ({
  dx: SIDES[i % 3]!,
  dy: SIDES[(i >> 1) % 3]!,
  aim: i * 16,
  fire: i % 4 === 0,
}));

export interface Speaker {
  /** Answers a message that is no frame, such as that of a join; true when it is a frame. */
  hear(client: RawClient, message: Buffer): boolean;
  /** Whether the frame has the input that the client sent last; false also where inputs cannot be found in frames. */
  isEchoed(client: RawClient, message: Buffer): boolean;
  /** What the client says to a frame. */
  say(client: RawClient, message: Buffer): readonly Uint8Array[];
}

/** Inputs mean nothing; each begins with its turn and its sender, to be found again. */
export class PlainSpeaker implements Speaker {
  readonly #isColyseus: boolean;
  readonly #wrap: (input: Uint8Array) => Uint8Array;
  readonly #every: number;

  constructor(speech: "tcp" | "websocket" | "colyseus", { inputEvery }: Load) {
    this.#isColyseus = speech === "colyseus";
    this.#every = inputEvery;
    if (speech === "tcp") this.#wrap = (input) => Uint8Array.of(INPUT_BYTES, ...input);
    else if (speech === "websocket") this.#wrap = clientFrame;
    else this.#wrap = (input) => clientFrame(Uint8Array.of(BYTES_MESSAGE, 1, ...input));
  }

  hear(client: RawClient, message: Buffer): boolean {
    if (!this.#isColyseus) return true;
    if (message[0] !== JOIN) return message[0] === BYTES_MESSAGE || message[0] === PATCH;
    client.send(clientFrame(Uint8Array.of(JOIN)));
    // A room of patches is silent until something changes.
    client.send(this.#next(client));
    return false;
  }

  isEchoed(client: RawClient, message: Buffer): boolean {
    // A patch has values, not inputs: whatever in it looks like one is something else.
    if (this.#isColyseus && message[0] !== BYTES_MESSAGE) return false;
    for (let at = this.#isColyseus ? 2 : 0; at + INPUT_BYTES <= message.length; at += INPUT_BYTES)
      if (message.readUInt16LE(at + 2) === client.id && message.readUInt16LE(at) === (client.turn & 0xffff))
        return true;
    return false;
  }

  say(client: RawClient): readonly Uint8Array[] {
    return ++client.frames % this.#every === 0 ? [this.#next(client)] : NOTHING;
  }

  #next(client: RawClient): Uint8Array {
    const input = Buffer.alloc(INPUT_BYTES);
    input.writeUInt16LE(++client.turn & 0xffff, 0);
    input.writeUInt16LE(client.id, 2);
    return this.#wrap(input);
  }
}

export class PhalanxSpeaker implements Speaker {
  readonly #talk: BotTalk | undefined;
  readonly #perRoom: number;
  readonly #every: number;
  readonly #encoder = new UpEncoder(codec);

  constructor(manner: Manner, { perRoom, inputEvery }: Load) {
    this.#talk = manner === "as bots" ? new BotTalk(perRoom) : undefined;
    this.#perRoom = perRoom;
    this.#every = inputEvery;
  }

  hear(client: RawClient, message: Buffer): boolean {
    if (message[0] === JOIN) {
      client.send(clientFrame(Uint8Array.of(JOIN)));
      client.send(clientFrame(Uint8Array.of(BYTES_MESSAGE, Up.ready, 0)));
    }
    return message[0] === BYTES_MESSAGE && message[1] === Down.frame;
  }

  /** `turn` is the tick that the last input was for. */
  isEchoed(client: RawClient, message: Buffer): boolean {
    return tickOf(message) >= client.turn;
  }

  say(client: RawClient, message: Buffer): readonly Uint8Array[] {
    const open = tickOf(message) + 1;
    const bodyAt = reader.offset;
    client.frames++;
    if (this.#talk === undefined) return client.frames % this.#every === 0 ? [this.#input(client, open)] : NOTHING;
    noteDigest(client, message, open - 1, bodyAt);
    const { digest } = client;
    // Players of one room say what players of one room said; each room begins at a time of its own.
    const room = Math.floor(client.id / this.#perRoom);
    const said = this.#talk.at(client.id % this.#perRoom, room * STAGGER_TICKS, open, digest);
    return said.map(({ type, tick, bytes }) => {
      // One that is meant for a later tick waits on purpose, and tells nothing about the server.
      if (type === Up.input && tick === open) client.turn = open;
      return clientFrame(Uint8Array.of(BYTES_MESSAGE, type, ...bytes));
    });
  }

  #input(client: RawClient, open: number): Uint8Array {
    client.turn = open;
    const bytes = this.#encoder.input(open, open, INPUTS[(client.id + client.frames) % INPUTS.length]!);
    return clientFrame(Uint8Array.of(BYTES_MESSAGE, Up.input, ...bytes));
  }
}

const reader = new ByteReader(new Uint8Array());

/** Of a frame; the reader is then where its body begins. */
function tickOf(message: Buffer): number {
  reader.reset(message).offset = 2;
  return reader.uvarint();
}

/** A frame's body begins with two bits, of which the second says whether the digest follows. */
function noteDigest(client: RawClient, message: Buffer, tick: number, at: number): void {
  if ((message[at]! & 2) === 0 || message.length < at + 5) return;
  client.digest.tick = tick;
  client.digest.value = ((message.readUInt32LE(at) >>> 2) | (message[at + 4]! << 30)) >>> 0;
}
