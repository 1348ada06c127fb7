/**
 * The broadcast of frames: encodes each once, logs it, and puts it into the outbox for every lockstep client, one packet a tick (R1).
 */
import { ByteWriter } from "../../engine/bytes/bytes.ts";
import type { Game } from "../../engine/game/game.ts";
import type { Plain } from "../../engine/layout/plain.ts";
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import { encodeFrame } from "../../engine/protocol/frame-codec.ts";
import type { Frame } from "../../engine/sim/frame.ts";
import { FrameLog } from "../../engine/sim/frame-log.ts";
import type { SeatInputs } from "../../engine/sim/seat-inputs.ts";
import type { Outbox, Packet } from "./outbox.ts";
import type { Peer } from "./peer.ts";

/** How far back a client may come and still get frames instead of a snapshot, in seconds. */
const LOG_SECONDS = 60;

/** The peers that are sent frames: players first, spectators after them. */
export interface FrameReader {
  readonly isSpectator: boolean;
  /** How far behind the present, in ticks; the same for every delayed spectator of a room. */
  readonly delayTicks: number;
}

/** Where frames are encoded before they are copied: one for all rooms, so that it stays in the processor's cache. */
const bodyOut = new ByteWriter();
const messageOut = new ByteWriter();

export class FrameBroadcast<I> {
  readonly log: FrameLog;
  readonly #encoder = new DownEncoder();
  readonly #players = new Set<Peer>();
  readonly #spectators = new Set<Peer>();
  readonly #delayed = new Map<Peer, number>();
  readonly #outbox: Outbox;

  /** @param firstTick the tick of the first frame to come. */
  constructor(game: Game<I, unknown>, outbox: Outbox, firstTick = 0) {
    this.#outbox = outbox;
    this.log = new FrameLog(LOG_SECONDS * game.tickRate, firstTick);
  }

  /** From the next frame on this peer receives every frame. */
  listen(peer: Peer, { isSpectator, delayTicks }: FrameReader): void {
    if (delayTicks > 0) this.#delayed.set(peer, delayTicks);
    else (isSpectator ? this.#spectators : this.#players).add(peer);
  }

  forget(peer: Peer): void {
    this.#players.delete(peer);
    this.#spectators.delete(peer);
    this.#delayed.delete(peer);
  }

  /** Sends the frames from `tick` to `until` (exclusive); the bytes of that, undefined when not all of them are in the log. */
  sendSince(tick: number, until: number, peer: Peer): number | undefined {
    const bodies = this.log.since(tick, until);
    if (bodies === undefined) return undefined;
    if (until <= tick) return 0;
    return this.#outbox.send(peer, Down.frames, this.#encoder.frames(tick, until - tick, bodies));
  }

  /**
   * Closes a frame: encoded against the seats before it, logged, and put into the outbox. `digest` is of the worlds before it.
   *
   * @returns its bytes, good until the next frame of any match is closed.
   */
  close(frame: Frame<Plain<I>>, before: SeatInputs<I>, digest: number | undefined): Uint8Array {
    encodeFrame(frame, before, digest, bodyOut.reset());
    const body = bodyOut.view();
    this.log.append(frame.tick, body);
    if (this.#players.size + this.#spectators.size > 0) {
      const packet = this.#packetOf(frame.tick, body);
      for (const peer of this.#players) this.#outbox.add(peer, packet);
      for (const peer of this.#spectators) this.#outbox.add(peer, packet);
    }
    if (this.#delayed.size > 0) this.#closeDelayed(frame.tick);
    return body;
  }

  #closeDelayed(openTick: number): void {
    let tick: number | undefined;
    let packet: Packet | undefined;
    for (const [peer, delayTicks] of this.#delayed) {
      if (tick !== openTick - delayTicks) {
        tick = openTick - delayTicks;
        const body = this.log.since(tick, tick + 1);
        packet = body && this.#packetOf(tick, body);
      }
      if (packet !== undefined) this.#outbox.add(peer, packet);
    }
  }

  #packetOf(tick: number, body: Uint8Array): Packet {
    messageOut.reset().uvarint(tick);
    messageOut.raw(body);
    return this.#outbox.pack(Down.frame, messageOut.view());
  }
}
