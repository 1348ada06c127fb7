/** Matches for measuring: the real referee, seats filled by the game's bots, and lockstep peers that only listen. */

import { packForColyseus } from "../../server/rooms/client-peer.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import { Down } from "../../shared/engine/protocol/down.ts";
import { Up, UpEncoder } from "../../shared/engine/protocol/up.ts";
import type { arena } from "../../shared/games/arena/arena.ts";
import type { Match } from "../../shared/referee/match.ts";
import type { Packet } from "../../shared/referee/peers/outbox.ts";
import type { MemoryPeer } from "../kit/memory/delivery.ts";
import { matchInMemory } from "../kit/memory/delivery.ts";

/** The referee of arena. */
export type ArenaMatch = typeof arena extends Game<infer I, infer S> ? Match<I, S> : never;

/** Frames between two acknowledgements: seldom enough to cost nothing, often enough not to be parked (R14). */
const FRAMES_PER_ACKNOWLEDGEMENT = 100;

/** The length of a WebSocket frame is one byte up to this one. */
const SHORT_LENGTH = 125;

/** Counts the bytes of the frames it is sent, Colyseus's envelope included, the WebSocket's header not. */
export class Watcher implements MemoryPeer {
  readonly id: string;
  readonly isJoined = true;
  readonly bufferedBytes = 0;
  readonly writtenBytes = 0;
  readonly takenBytes = 0;
  /** Called now and then with the number of frames so far. */
  acknowledge: (frames: number) => void = () => {};
  frames = 0;
  frameBytes = 0;

  constructor(id: string) {
    this.id = id;
  }

  send(packet: Packet): void {
    const header = packet[1]! <= SHORT_LENGTH ? 2 : 4;
    if (packet[header + 1] !== Down.frame) return;
    this.frames++;
    this.frameBytes += packet.length - header;
    if (this.frames % FRAMES_PER_ACKNOWLEDGEMENT === 0) this.acknowledge(this.frames);
  }

  choke(): void {}

  sendWithNext(): void {}

  flush(): void {}

  refuse(): void {}

  moveTo(): void {}

  close(name: string): void {
    throw new Error(`${this.id} was closed: ${name}`);
  }
}

export interface Watched<I, S> {
  readonly match: Match<I, S>;
  readonly watchers: readonly Watcher[];
}

/** A match in which `bots` seats are held by bots and `count` lockstep peers without a seat receive every frame. */
export function watchedMatch<I, S>(game: Game<I, S>, { seed, bots, count }: MatchWishes): Watched<I, S> {
  const match = matchInMemory(game, { seed, bots, pack: packForColyseus });
  const codec = inputCodecOf(game.input);
  const encoder = new UpEncoder(codec);
  const neutral = codec.create();
  const watchers = Array.from({ length: count }, (_, i) => new Watcher(`watcher:${i}`));
  for (const watcher of watchers) {
    watcher.acknowledge = (frames) => {
      const { tick } = match.world;
      match.sessions.receive(watcher, Up.input, encoder.input(tick, tick, neutral), { now: frames * 1000, phase: 0 });
    };
    match.sessions.admit(watcher, { plane: "lockstep" });
    match.sessions.receive(watcher, Up.ready, encoder.ready(0), { now: 0, phase: 0 });
  }
  return { match, watchers };
}

export interface MatchWishes {
  readonly seed: number;
  readonly bots: number;
  readonly count: number;
}
