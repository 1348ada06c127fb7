/** Delivery in memory: does at the peers of a test what a referee's outbox says, as a room does at its clients' connections. */
import type { AnyGame, Game } from "../../../shared/engine/game/game.ts";
import type { CommandOutcome } from "../../../shared/engine/protocol/command-outcome.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import { Match } from "../../../shared/referee/match.ts";
import type { MatchOptions } from "../../../shared/referee/match-options.ts";
import type { Outbox, Packet } from "../../../shared/referee/peers/outbox.ts";
import type { Peer } from "../../../shared/referee/peers/peer.ts";
import { recordWatched } from "./played-matches.ts";

/** A connection of a test. */
export interface MemoryPeer extends Peer {
  send(packet: Packet): void;
  /** To be sent with the next packet, or at the next `flush`. */
  sendWithNext(packet: Packet): void;
  flush(): void;
  refuse(name: string, detail: string): void;
  /** What became of a command that was given by its name. */
  answer(command: string, outcome: CommandOutcome): void;
  moveTo(plane: Plane): void;
  choke(isChoked: boolean): void;
  close(name: string): void;
}

/** Sends all that is in the outbox, and clears it. */
export function deliver(outbox: Outbox): void {
  for (let at = 0; at < outbox.length; at++) {
    const peer = outbox.peerAt(at) as MemoryPeer;
    const content = outbox.contentAt(at);
    if (content instanceof Uint8Array) peer.send(content);
    else if (content.kind === "with-next") peer.sendWithNext(content.packet);
    else if (content.kind === "refuse") peer.refuse(content.name, content.detail);
    else if (content.kind === "answer") peer.answer(content.name, content.outcome);
    else if (content.kind === "move") peer.moveTo(content.plane);
    else if (content.kind === "choke") peer.choke(content.isChoked);
    else peer.close(content.name);
  }
  for (let at = 0; at < outbox.length; at++) {
    const content = outbox.contentAt(at);
    if (!(content instanceof Uint8Array) && content.kind === "with-next") (outbox.peerAt(at) as MemoryPeer).flush();
  }
  outbox.clear();
}

/** From now on whatever this match wants sent is sent before the call returns, and a tick that is closed is finished, too. */
export function delivering<I, S>(match: Match<I, S>): Match<I, S> {
  const { outbox, sessions } = match;
  let isDelivering = false;
  const send = (): void => {
    if (isDelivering) return;
    isDelivering = true;
    try {
      deliver(outbox);
    } finally {
      isDelivering = false;
    }
  };
  const sendAfter = <Given extends unknown[], Answer>(act: (...given: Given) => Answer) => {
    const bound = act.bind(sessions);
    return (...given: Given): Answer => {
      try {
        return bound(...given);
      } finally {
        send();
      }
    };
  };
  sessions.receive = sendAfter(sessions.receive);
  sessions.submit = sendAfter(sessions.submit);
  sessions.submitCommand = sendAfter(sessions.submitCommand);
  sessions.submitPause = sendAfter(sessions.submitPause);
  sessions.pass = sendAfter(sessions.pass);
  sessions.reject = sendAfter(sessions.reject);
  const closeTick = sendAfter(match.closeTick.bind(match));
  match.finishTick = sendAfter(match.finishTick.bind(match));
  match.closeTick = (now) => {
    const closed = closeTick(now);
    match.finishTick(now);
    return closed;
  };
  return match;
}

/** A match of peers in memory, recorded and watched where nobody else records it. */
export const matchInMemory = <I, S>(game: Game<I, S>, options: MatchOptions): Match<I, S> =>
  delivering(new Match(game, { recording: recordWatched(game as AnyGame, options.seed), ...options }));
