/**
 * The messages from the server to a client of ours: ten types (frames are read lazily by the inbox). PROTOCOL.md,
 * down.
 */
import { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { Seat } from "../game/game.ts";
import { type CommandOutcome, readOutcome, writeOutcome } from "./command-outcome.ts";
import { type Parcel, type Part, readPart, writePart } from "./parcel.ts";
import { PLANE_REASONS, type Plane, type PlaneReason, planeNumber, planeOf, planeReasonOf } from "./plane.ts";

/** Message types, server to client. */
export const Down = {
  /** A part of the world at a tick; what follows are the frames from that tick on. */
  snapshot: 1,
  /** One closed frame: the message of every tick. */
  frame: 2,
  /** Several closed frames in a row: catch-up. */
  frames: 3,
  /** Answer to a ping. */
  pong: 4,
  /** "Your world at this tick differs: show it to me." */
  ask: 5,
  /** What turns the client's world at a tick into the referee's. */
  heal: 6,
  /** The plane the client is on from now on. */
  plane: 7,
  /** Ticks stand still (a pause, or waiting for a player), or go on. */
  halt: 8,
  /** "Of your commands I have those below this number", after each `ready`; only in games with commands. */
  given: 9,
  /** What became of a command, for whoever does not see it in a frame. */
  answer: 10,
} as const;

/** Bytes of a snapshot in one message: a slow line shows progress, and a small world is one message. */
export const DOWN_PART_BYTES = 16 * 1024;

const NO_SEAT = 255;
const PHASE_STEPS = 65536;

export type DownMessage =
  /** `seat`: the receiver's own, undefined for a client without one. `isStrict`: every tick waits for every seat (R2). */
  | { readonly kind: "snapshot"; readonly seat: Seat | undefined; readonly isStrict: boolean; readonly part: Part }
  /** `count` frame bodies from `firstTick` on, undecoded. */
  | { readonly kind: "frames"; readonly firstTick: number; readonly count: number; readonly bodies: Uint8Array }
  /** `serverTicks`: the tick the server had open when it answered, with the part of it that had passed. */
  | { readonly kind: "pong"; readonly echo: number; readonly serverTicks: number }
  | { readonly kind: "ask"; readonly tick: number }
  /** `hash` of the world at `tick` after `delta` (`applyDelta`) was applied to the snapshot of the client's own. */
  | { readonly kind: "heal"; readonly tick: number; readonly hash: number; readonly delta: Uint8Array }
  | { readonly kind: "plane"; readonly plane: Plane; readonly reason: PlaneReason }
  /** `serverTicks` as in a pong: where ticks stand still, or go on from. */
  | { readonly kind: "halt"; readonly isHalted: boolean; readonly serverTicks: number }
  | { readonly kind: "given"; readonly next: number }
  | { readonly kind: "answer"; readonly number: number; readonly outcome: CommandOutcome }
  | { readonly kind: "malformed" };

const IS_STRICT = 1;

export class DownEncoder {
  readonly #out = new ByteWriter();

  /** Every part of a snapshot, one message each. They stay valid. */
  snapshot(seat: Seat | undefined, isStrict: boolean, parcel: Parcel): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (let offset = 0; offset < parcel.body.length; ) {
      const out = this.#out.reset();
      out.uint8(seat ?? NO_SEAT);
      out.uint8(isStrict ? IS_STRICT : 0);
      offset = writePart(parcel, offset, DOWN_PART_BYTES, out);
      messages.push(out.view().slice());
    }
    return messages;
  }

  /** Valid until the next call. */
  frames(firstTick: number, count: number, bodies: Uint8Array): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(firstTick);
    out.uvarint(count);
    out.raw(bodies);
    return out.view();
  }

  /** Valid until the next call. `serverTicks` as in `DownMessage`, not negative. */
  pong(echo: number, serverTicks: number): Uint8Array {
    this.#out.reset().uint32(echo);
    this.#serverTicks(serverTicks);
    return this.#out.view();
  }

  /** Valid until the next call. */
  ask(tick: number): Uint8Array {
    this.#out.reset().uvarint(tick);
    return this.#out.view();
  }

  /** Valid until the next call. */
  heal(tick: number, hash: number, delta: Uint8Array): Uint8Array {
    const out = this.#out.reset();
    out.uvarint(tick);
    out.uint32(hash);
    out.raw(delta);
    return out.view();
  }

  /** Valid until the next call. */
  plane(plane: Plane, reason: PlaneReason): Uint8Array {
    const out = this.#out.reset();
    out.uint8(planeNumber(plane));
    out.uint8(PLANE_REASONS.indexOf(reason));
    return out.view();
  }

  /** Valid until the next call. */
  halt(isHalted: boolean, serverTicks: number): Uint8Array {
    this.#out.reset().uint8(isHalted ? 1 : 0);
    this.#serverTicks(serverTicks);
    return this.#out.view();
  }

  /** Valid until the next call. */
  given(next: number): Uint8Array {
    this.#out.reset().uvarint(next);
    return this.#out.view();
  }

  /** Valid until the next call. */
  answer(number: number, outcome: CommandOutcome): Uint8Array {
    this.#out.reset().uvarint(number);
    writeOutcome(outcome, this.#out);
    return this.#out.view();
  }

  #serverTicks(serverTicks: number): void {
    const tick = Math.floor(serverTicks);
    this.#out.uvarint(tick);
    this.#out.uint16(Math.min(PHASE_STEPS - 1, Math.floor((serverTicks - tick) * PHASE_STEPS)));
  }
}

/** Decodes what the server sent; never throws. The byte arrays of a message are views on `bytes`. */
export function decodeDown(type: number, bytes: Uint8Array): DownMessage {
  const input = new ByteReader(bytes);
  const message = read(type, input);
  return input.failed ? { kind: "malformed" } : message;
}

const readServerTicks = (input: ByteReader): number => input.uvarint() + input.uint16() / PHASE_STEPS;

function read(type: number, input: ByteReader): DownMessage {
  switch (type) {
    case Down.snapshot: {
      const seat = input.uint8();
      const isStrict = (input.uint8() & IS_STRICT) !== 0;
      return { kind: "snapshot", seat: seat === NO_SEAT ? undefined : seat, isStrict, part: readPart(input) };
    }
    case Down.frame:
      return { kind: "frames", firstTick: input.uvarint(), count: 1, bodies: input.raw(input.remaining) };
    case Down.frames:
      return {
        kind: "frames",
        firstTick: input.uvarint(),
        count: input.uvarint(),
        bodies: input.raw(input.remaining),
      };
    case Down.pong:
      return { kind: "pong", echo: input.uint32(), serverTicks: readServerTicks(input) };
    case Down.ask:
      return { kind: "ask", tick: input.uvarint() };
    case Down.heal:
      return { kind: "heal", tick: input.uvarint(), hash: input.uint32(), delta: input.raw(input.remaining) };
    case Down.plane:
      return { kind: "plane", plane: planeOf(input), reason: planeReasonOf(input) };
    case Down.halt:
      return { kind: "halt", isHalted: input.uint8() === 1, serverTicks: readServerTicks(input) };
    case Down.given:
      return { kind: "given", next: input.uvarint() };
    case Down.answer:
      return { kind: "answer", number: input.uvarint(), outcome: readOutcome(input) };
    default:
      return { kind: "malformed" };
  }
}
