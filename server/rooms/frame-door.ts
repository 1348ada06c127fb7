/** Where WebSocket frames of joined clients come in: the short way to the match for ours, Colyseus for its own. */
import { type Client, ClientState, Room } from "@colyseus/core";
import { unpack } from "msgpackr";
import type { Reception } from "../match/reception.ts";
import type { ClientPeer } from "./client-peer.ts";
import { judgeFrame } from "./message-gate.ts";

type ColyseusOnMessage = (client: Client, frame: Buffer) => void;
type TakeFrame = (client: Client, frame: unknown) => "taken" | "for-colyseus";

/**
 * Puts `take` in front of Colyseus's own reading of frames: see message-gate.ts for why it must not see every one.
 *
 * @returns what Colyseus now calls for each frame, for whoever gets frames without Colyseus.
 */
export function takeFrames(room: Room, take: TakeFrame): ColyseusOnMessage {
  const stock = (Room.prototype as unknown as { _onMessage: ColyseusOnMessage })._onMessage;
  const onMessage: ColyseusOnMessage = (client, frame) => {
    if (take(client, frame) === "for-colyseus") stock.call(room, client, frame);
  };
  // Bound by Colyseus for each client that joins.
  (room as unknown as { _onMessage: ColyseusOnMessage })._onMessage = onMessage;
  return onMessage;
}

export class FrameDoor<I, S> {
  readonly #reception: Reception<I, S>;
  /** When the message came that is being dealt with: one object for all of them. */
  readonly #moment: { now: number; readonly phase: number };
  readonly #onFault: (error: unknown) => void;

  /**
   * @param phase how much of the open tick has passed, 0 .. 1.
   * @param onFault is told when the match threw on a frame.
   */
  constructor(reception: Reception<I, S>, phase: () => number, onFault: (error: unknown) => void) {
    this.#reception = reception;
    this.#moment = {
      now: 0,
      get phase() {
        return phase();
      },
    };
    this.#onFault = onFault;
  }

  take(client: Client, peer: ClientPeer | undefined, frame: unknown): "taken" | "for-colyseus" {
    if (peer === undefined) return "taken";
    try {
      return this.#judge(client, peer, frame);
    } catch (error) {
      this.#onFault(error);
      return "taken";
    }
  }

  #judge(client: Client, peer: ClientPeer, frame: unknown): "taken" | "for-colyseus" {
    const verdict = judgeFrame(frame);
    if (verdict.kind === "leave") return "for-colyseus";
    const now = performance.now();
    if (verdict.kind === "colyseus") return this.#reception.pass(peer, now) === "passed" ? "for-colyseus" : "taken";
    if (client.state !== ClientState.JOINED) this.#reception.reject(peer, now);
    else if (verdict.kind === "bytes") {
      this.#moment.now = now;
      this.#reception.receive(peer, verdict.type, verdict.payload, this.#moment);
    } else if (verdict.kind === "input") this.#reception.submit(peer, unpackOrNothing(verdict.payload), now);
    else if (verdict.kind === "pause") this.#reception.submitPause(peer, unpackOrNothing(verdict.payload), now);
    else this.#reception.reject(peer, now);
    return "taken";
  }
}

/** What a stream client sent, or undefined when it is no msgpack at all (which is then refused by name). */
function unpackOrNothing(payload: Uint8Array): unknown {
  try {
    return unpack(payload);
  } catch {
    return undefined;
  }
}
