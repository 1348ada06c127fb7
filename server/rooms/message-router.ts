/**
 * The message router: WebSocket messages of joined clients take the short way to the match if they are ours, Colyseus's
 * way if not.
 */
import { unpack } from "msgpackr";
import type { ClientSessions } from "../../shared/referee/sessions/client-sessions.ts";
import type { Arrival } from "../../shared/referee/sessions/message-handlers.ts";
import { classifyMessage, UP_PAYLOAD_AT } from "../colyseus/envelope.ts";
import type { ChatService } from "./chat-service.ts";
import type { ClientPeer } from "./client-peer.ts";
import type { Sender } from "./sender.ts";

export interface MessageRouterOptions {
  readonly chat: ChatService;
  /** Sends what the match answers. */
  readonly sender: Pick<Sender, "send">;
  /** How much of the open tick has passed, 0 .. 1. */
  readonly phase: () => number;
  /** Is told when something threw on a message, which is lost. */
  readonly onFault: (error: unknown, peer: ClientPeer) => void;
}

/** When a message came; how much of the open tick had passed is computed only when asked for. */
class LazyArrival implements Arrival {
  now = 0;
  readonly #phase: () => number;

  constructor(phase: () => number) {
    this.#phase = phase;
  }

  get phase(): number {
    return this.#phase();
  }
}

export class MessageRouter<I, S> {
  readonly #sessions: ClientSessions<I, S>;
  readonly #chat: ChatService;
  readonly #sender: MessageRouterOptions["sender"];
  /** The arrival of the message being handled: one object, reused for all of them. */
  readonly #moment: LazyArrival;
  readonly #onFault: MessageRouterOptions["onFault"];

  constructor(sessions: ClientSessions<I, S>, { chat, sender, phase, onFault }: MessageRouterOptions) {
    this.#sessions = sessions;
    this.#chat = chat;
    this.#sender = sender;
    this.#moment = new LazyArrival(phase);
    this.#onFault = onFault;
  }

  /** @param now when the message came, in milliseconds of the monotonic clock. */
  take(peer: ClientPeer | undefined, frame: unknown, now: number): "taken" | "for-colyseus" {
    if (peer === undefined) return "taken";
    try {
      return this.#judge(peer, frame, now);
    } catch (error) {
      this.#onFault(error, peer);
      return "taken";
    } finally {
      this.#sender.send();
    }
  }

  #judge(peer: ClientPeer, frame: unknown, now: number): "taken" | "for-colyseus" {
    const verdict = classifyMessage(frame);
    if (verdict.kind === "leave") return "for-colyseus";
    if (verdict.kind === "colyseus") return this.#sessions.pass(peer, now) === "passed" ? "for-colyseus" : "taken";
    if (!peer.isJoined) this.#sessions.reject(peer, now);
    else if (verdict.kind === "bytes") {
      this.#moment.now = now;
      this.#sessions.receive(peer, verdict.type, verdict.frame, this.#moment, UP_PAYLOAD_AT);
    } else if (verdict.kind === "input") this.#sessions.submit(peer, unpackOrNothing(verdict.payload), now);
    else if (verdict.kind === "pause") this.#sessions.submitPause(peer, unpackOrNothing(verdict.payload), now);
    else if (verdict.kind === "named") this.#sessions.submitCommand(peer, verdict.name, fieldsIn(verdict.payload), now);
    else if (verdict.kind === "chat") {
      if (this.#sessions.pass(peer, now) === "passed") this.#chat.hear(peer, unpackOrNothing(verdict.payload));
    } else this.#sessions.reject(peer, now);
    return "taken";
  }
}

/** Given with a command, and no msgpack: a text, which no command's fields are. */
const UNREADABLE = "unreadable";

/** What came with a command: undefined when it was sent by its name alone. */
function fieldsIn(payload: Uint8Array): unknown {
  if (payload.length === 0) return undefined;
  try {
    return unpack(payload);
  } catch {
    return UNREADABLE;
  }
}

/** The message of a stream client, or undefined when it is no msgpack at all (which is then refused by name). */
function unpackOrNothing(payload: Uint8Array): unknown {
  try {
    return unpack(payload);
  } catch {
    return undefined;
  }
}
