/**
 * The chat service: connects the chat of a room with its clients; lines go out at once, receipts and missed lines a few
 * times a second (R14).
 */
import { tagOf } from "../../shared/chat/chat-command.ts";
import { type ChatOptions, guardFilter } from "../../shared/chat/filter.ts";
import type { Line } from "../../shared/chat/line-log.ts";
import { refusal } from "../../shared/chat/refusals.ts";
import { RoomChat, type SavedChat } from "../../shared/chat/room-chat.ts";
import { CHAT, type ChatNews, type ChatRefusal } from "../../shared/engine/protocol/chat.ts";
import { log } from "../base/log.ts";
import { namedMessage } from "../colyseus/envelope.ts";
import type { ClientPeer } from "./client-peer.ts";
import type { RoomFaults } from "./room-faults.ts";
import type { RoomNotes } from "./room-notes.ts";

/** The settings of the chat, for every room of the process. */
export interface ChatServices extends ChatOptions {
  readonly isOn: boolean;
  /** Characters of a line, and lines a minute of one participant. */
  readonly length: number;
  readonly linesPerMinute: number;
}

const FLUSH_MS = 200;
/** While more than this waits in a socket, the game comes first: what was said stays in the log. */
const MOST_BUFFERED_BYTES = 32 * 1024;

/** The connections of those who are in the room. */
export type ChatPeers = Pick<ReadonlyMap<string, ClientPeer>, "get"> & { values(): Iterable<ClientPeer> };

/** The room that it is the chat of: a fault of the chat costs a line or a piece of news, and nobody their place in it. */
interface ChatRoom {
  readonly roomId: string;
  readonly faults: Pick<RoomFaults, "contain">;
  /** The name of its game. */
  readonly game: { readonly name: string };
}

export class ChatService {
  readonly #room: ChatRoom;
  readonly #chat: RoomChat;
  readonly #isOn: boolean;
  readonly #peers: () => ChatPeers;
  /** Where is written what outlives the process; nowhere before the room is made. */
  notes: Pick<RoomNotes, "said" | "heard"> | undefined;
  /** Is told of each line before anybody is. */
  onLine: (line: Line) => void = () => {};
  #timer: NodeJS.Timeout | undefined;

  /** @param peers who is in the room when it is asked. */
  constructor(room: ChatRoom, { isOn, length, linesPerMinute, filter }: ChatServices, peers: () => ChatPeers) {
    this.#room = room;
    this.#peers = peers;
    const game = room.game.name;
    this.#isOn = isOn;
    const filtered = guardFilter(filter, (err) => log.error({ room: room.roomId, game, err }, "the chat filter threw"));
    this.#chat = new RoomChat({
      length,
      linesPerMinute,
      filter: ({ id: from, seat, name }, text) => {
        const subject = this.#peers().get(from)?.options.subject;
        const optional = { ...(subject === undefined ? {} : { subject }), ...(seat === undefined ? {} : { seat }) };
        return filtered({ room: room.roomId, game, from, name, text, ...optional });
      },
    });
  }

  /** What was said in this room before it went on here. */
  load(saved: SavedChat): void {
    this.#chat.load(saved, performance.now());
  }

  /** A client has a connection, for the first time or again. */
  admit(peer: ClientPeer, seat: number | undefined): void {
    const { id } = peer;
    const { name, subject } = peer.options;
    if (!this.#isOn) return;
    this.#attempt("somebody is not in the chat", id, () => this.#chat.enter({ id, key: subject ?? id, name, seat }));
    this.#tendSoon();
  }

  /** A client is gone for good. */
  forget(id: string): void {
    this.#attempt("somebody who left is still in the chat", id, () => this.#chat.leave(id));
    this.#tendSoon();
  }

  /** Takes a message of a client: whatever it is, the client stays. */
  hear(peer: ClientPeer, untrusted: unknown): void {
    const { newest } = this.#chat;
    const refused = this.#isOn ? this.#answer(peer, untrusted) : refusal("chat/off");
    // Whoever was told so is silent after a restart, too.
    if (refused?.name === "chat/muted-by-room") this.#noteMembers();
    if (refused !== undefined)
      this.#attempt("a refusal is not told", peer.id, () => this.#send(peer, "error", refused));
    if (this.#chat.newest > newest) {
      for (const line of this.#chat.linesAfter(newest)) {
        this.notes?.said(line);
        this.onLine(line);
      }
      for (const other of this.#peers().values()) this.#tell(other, false);
    }
    this.#tendSoon();
  }

  /** The answer to the client: that the line is lost, when it is. */
  #answer(peer: ClientPeer, untrusted: unknown): ChatRefusal | undefined {
    const moment = { now: performance.now(), unixMs: Date.now() };
    try {
      return this.#chat.hear(peer.id, untrusted, moment);
    } catch (error) {
      this.#room.faults.contain(error, "a line of the chat is lost", { client: peer.id });
      return refusal("chat/fault", tagOf(untrusted));
    }
  }

  /** The room takes nothing that a client says for some seconds; 0: it does again. */
  silence(id: string, seconds: number): void {
    const until = performance.now() + seconds * 1000;
    this.#attempt("somebody is not silenced", id, () => this.#chat.silence(id, until));
    this.#noteMembers();
  }

  /** The room is gone. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** However much happens until then, it goes out together. */
  #tendSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Marks and mutes before anybody is told of them, then what everybody was sent.
      this.#noteMembers();
      for (const peer of this.#peers().values()) this.#tell(peer, true);
      this.#noteMembers();
      // A client has not joined yet, does not read, or has missed much.
      const isBehind = ({ id }: ClientPeer): boolean | undefined =>
        this.#attempt("somebody is told late", id, () => this.#chat.isBehind(id));
      if ([...this.#peers().values()].some(isBehind)) this.#tendSoon();
    }, FLUSH_MS);
  }

  /** Writes down what has changed of them. */
  #noteMembers(): void {
    this.notes?.heard(this.#chat.saveMembers(performance.now()));
  }

  #tell(peer: ClientPeer, isTimely: boolean): void {
    this.#attempt("news of the chat is lost", peer.id, () => {
      if (!peer.isJoined || peer.bufferedBytes > MOST_BUFFERED_BYTES) return;
      const news = this.#chat.next(peer.id, isTimely);
      if (news !== undefined) this.#send(peer, CHAT, news);
    });
  }

  #attempt<Result>(cost: string, client: string, act: () => Result): Result | undefined {
    try {
      return act();
    } catch (error) {
      this.#room.faults.contain(error, cost, { client });
      return undefined;
    }
  }

  /** Only to a client that has acknowledged its join and reads: nothing of the chat waits for anybody but in the log. */
  #send(peer: ClientPeer, type: string, message: ChatNews | ChatRefusal): void {
    if (!peer.isJoined || peer.bufferedBytes > MOST_BUFFERED_BYTES) return;
    peer.client.raw(namedMessage(type, message));
  }
}
