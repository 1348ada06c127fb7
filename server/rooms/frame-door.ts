/** Where WebSocket frames of joined clients come in: the short way to the match for ours, Colyseus for its own. */
import { type Client, ClientState, Room } from "@colyseus/core";
import { unpack } from "msgpackr";
import type { Reception } from "../match/reception.ts";
import type { ChatDoor } from "./chat-door.ts";
import type { ClientPeer } from "./client-peer.ts";
import { judgeFrame } from "./message-gate.ts";

type ColyseusOnMessage = (client: Client, frame: Buffer) => void;
type TakeFrame = (client: Client, frame: unknown) => "taken" | "for-colyseus";

/** Puts `take` in front of Colyseus's own reading of frames: see message-gate.ts for why it must not see every one. */
export function takeFrames(room: Room, take: TakeFrame): void {
  const stock = (Room.prototype as unknown as { _onMessage: ColyseusOnMessage })._onMessage;
  // Bound by Colyseus for each client that joins.
  (room as unknown as { _onMessage: ColyseusOnMessage })._onMessage = (client, frame) => {
    if (take(client, frame) === "for-colyseus") stock.call(room, client, frame);
  };
}

export class FrameDoor<I, S> {
  readonly #reception: Reception<I, S>;
  readonly #phase: () => number;
  readonly #chat: ChatDoor;

  /** @param phase how much of the open tick has passed, 0 .. 1. */
  constructor(reception: Reception<I, S>, phase: () => number, chat: ChatDoor) {
    this.#reception = reception;
    this.#phase = phase;
    this.#chat = chat;
  }

  take(client: Client, peer: ClientPeer | undefined, frame: unknown): "taken" | "for-colyseus" {
    if (peer === undefined) return "taken";
    const verdict = judgeFrame(frame);
    if (verdict.kind === "leave") return "for-colyseus";
    const now = performance.now();
    if (verdict.kind === "colyseus") return this.#reception.pass(peer, now) === "passed" ? "for-colyseus" : "taken";
    if (client.state !== ClientState.JOINED) this.#reception.reject(peer, now);
    else if (verdict.kind === "bytes")
      this.#reception.receive(peer, verdict.type, verdict.payload, { now, phase: this.#phase() });
    else if (verdict.kind === "input") this.#reception.submit(peer, unpackOrNothing(verdict.payload), now);
    else if (verdict.kind === "pause") this.#reception.submitPause(peer, unpackOrNothing(verdict.payload), now);
    else if (verdict.kind === "chat") {
      if (this.#reception.pass(peer, now) === "passed") this.#chat.hear(peer, unpackOrNothing(verdict.payload));
    } else this.#reception.reject(peer, now);
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
