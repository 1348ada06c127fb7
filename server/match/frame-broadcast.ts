/** Encodes each closed frame once, logs it, and writes it to every lockstep client: one write a tick (R1). */
import { ByteWriter } from "../../shared/engine/codec/bytes.ts";
import type { Plain } from "../../shared/engine/codec/plain.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import { Down, DownEncoder } from "../../shared/engine/protocol/down.ts";
import { encodeFrame } from "../../shared/engine/protocol/frame-codec.ts";
import type { Frame } from "../../shared/engine/sim/frame.ts";
import { FrameLog } from "../../shared/engine/sim/frame-log.ts";
import type { SeatInputs } from "../../shared/engine/sim/seat-inputs.ts";
import type { Pack, Peer } from "./peer.ts";

/** How far back a client may come and still get frames instead of a snapshot, in seconds. */
const LOG_SECONDS = 60;

export class FrameBroadcast<I> {
  readonly #log: FrameLog;
  readonly #body = new ByteWriter();
  readonly #message = new ByteWriter();
  readonly #encoder = new DownEncoder();
  readonly #listeners = new Set<Peer>();
  readonly #pack: Pack;

  constructor(game: Game<I, unknown>, pack: Pack) {
    this.#pack = pack;
    this.#log = new FrameLog(LOG_SECONDS * game.tickRate);
  }

  get listeners(): ReadonlySet<Peer> {
    return this.#listeners;
  }

  /** From the next frame on this peer receives every frame. */
  listen(peer: Peer): void {
    this.#listeners.add(peer);
  }

  forget(peer: Peer): void {
    this.#listeners.delete(peer);
  }

  /** Sends the frames from `tick` to the newest; false when they have left the log. */
  sendSince(tick: number, peer: Peer): boolean {
    const bodies = this.#log.since(tick);
    if (bodies === undefined) return false;
    const count = this.#log.nextTick - tick;
    if (count > 0) peer.send(this.#pack(Down.frames, this.#encoder.frames(tick, count, bodies)));
    return true;
  }

  /** Closes a frame: encoded against the seats before it, logged, and sent. `hash` is of the world before it. */
  close(frame: Frame<Plain<I>>, before: SeatInputs<I>, hash: number | undefined): void {
    encodeFrame(frame, before, hash, this.#body.reset());
    const body = this.#body.view();
    this.#log.append(frame.tick, body);
    if (this.#listeners.size === 0) return;
    this.#message.reset().uvarint(frame.tick);
    this.#message.raw(body);
    const packet = this.#pack(Down.frame, this.#message.view());
    for (const peer of this.#listeners) peer.send(packet);
  }
}
