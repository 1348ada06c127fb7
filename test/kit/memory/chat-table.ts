/** A chat in memory: the server's heart, real client models, and lines between them that are pumped by hand and can be cut. */
import { pack, unpack } from "msgpackr";
import { type ChatRoom, ChatView } from "../../../client/chat/chat-view.ts";
import type { ChatRules } from "../../../shared/chat/line-judge.ts";
import { RoomChat } from "../../../shared/chat/room-chat.ts";
import { CHAT, type ChatNews, type ChatRefusal } from "../../../shared/engine/protocol/chat.ts";

type Handler = (message: unknown) => void;

export const RULES: ChatRules = { length: 300, linesPerMinute: 600, filter: (_speaker, text) => text };

/** One participant: what it holds, and what is on its way. */
export class ChatSeat implements ChatRoom {
  client: ChatView;
  /** Texts and names of what was refused. */
  readonly refused: (readonly [name: string, text: string | undefined])[] = [];
  /** Ids of all lines that were ever here. */
  readonly received = new Set<number>();
  readonly sessionId: string;
  readonly seat: number | undefined;
  isOnline = true;
  up: Uint8Array[] = [];
  down: [type: string, message: Uint8Array][] = [];
  readonly #handlers = new Map<string, Handler>();
  #drop: () => void = () => {};
  #back: () => void = () => {};

  constructor(sessionId: string, seat: number | undefined) {
    this.sessionId = sessionId;
    this.seat = seat;
    this.client = this.#open();
  }

  send(_type: string, message: unknown): void {
    if (this.isOnline) this.up.push(pack(message).slice());
  }

  onMessage<Message>(type: string, hear: (message: Message) => void): void {
    this.#handlers.set(type, hear as Handler);
  }

  onDrop(drop: () => void): void {
    this.#drop = drop;
  }

  onReconnect(back: () => void): void {
    this.#back = back;
  }

  /** What is on its way, either way, is lost. */
  cut(): void {
    this.isOnline = false;
    this.up = [];
    this.down = [];
    this.#drop();
  }

  return(): void {
    this.isOnline = true;
    this.#back();
  }

  /** A page that was loaded anew remembers nothing. */
  reload(): void {
    this.client = this.#open();
  }

  hear(type: string, message: unknown): void {
    this.#handlers.get(type)!(message);
    if (type === CHAT) for (const { id } of (message as ChatNews).lines) this.received.add(id);
  }

  get texts(): string[] {
    return this.client.lines.map(({ text }) => text);
  }

  #open(): ChatView {
    const client = new ChatView(this);
    client.on("refused", ({ name }, text) => this.refused.push([name, text]));
    return client;
  }
}

export class ChatTable {
  readonly server: RoomChat;
  readonly seats: ChatSeat[] = [];
  /** Milliseconds. */
  now = 0;

  constructor(rules: Partial<ChatRules> = {}) {
    this.server = new RoomChat({ ...RULES, ...rules });
  }

  /** @param seat undefined for a spectator. */
  join(id: string, seat?: number, key = id): ChatSeat {
    const joined = new ChatSeat(id, seat);
    this.seats.push(joined);
    this.server.enter({ id, key, name: id, seat });
    return joined;
  }

  drop(seat: ChatSeat): void {
    seat.cut();
  }

  /** Comes back on a new connection, with the same page or a new one. */
  back(seat: ChatSeat, isReloaded = false): void {
    if (isReloaded) seat.reload();
    this.server.enter({ id: seat.sessionId, key: seat.sessionId, name: seat.sessionId, seat: seat.seat });
    seat.return();
  }

  /** Takes what one client has sent, the oldest first. */
  pumpUp(seat: ChatSeat, most = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < most && seat.up.length > 0; i++) {
      const untrusted = unpack(seat.up.shift()!);
      const refusal: ChatRefusal | undefined = this.server.hear(seat.sessionId, untrusted, {
        now: this.now,
        unixMs: 1_000_000 + this.now,
      });
      if (refusal !== undefined) seat.down.push(["error", pack(refusal).slice()]);
      this.#tell(false);
    }
  }

  pumpDown(seat: ChatSeat, most = Number.POSITIVE_INFINITY): void {
    for (let i = 0; i < most && seat.down.length > 0; i++) {
      const [type, message] = seat.down.shift()!;
      seat.hear(type, unpack(message));
    }
  }

  /** The moment for receipts and for what was missed. */
  flush(): void {
    this.#tell(true);
  }

  /** Lets everything arrive, until nothing is on its way any more. */
  settle(): void {
    for (let round = 0; round < 100; round++) {
      this.now += 2000;
      for (const seat of this.seats.filter(({ isOnline }) => isOnline)) {
        this.pumpUp(seat);
        this.pumpDown(seat);
      }
      this.flush();
      if (this.seats.every(({ up, down }) => up.length + down.length === 0)) return;
    }
    throw new Error("the chat does not come to rest");
  }

  #tell(isTimely: boolean): void {
    for (const seat of this.seats) {
      if (!seat.isOnline) continue;
      const news: ChatNews | undefined = this.server.next(seat.sessionId, isTimely);
      if (news !== undefined) seat.down.push([CHAT, pack(news).slice()]);
    }
  }
}
