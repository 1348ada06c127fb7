/** A match and one client of it whose world is put wrong by hand: what it says, and what it is told. */

import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { Game } from "../../../shared/engine/game/game.ts";
import { type Parcel, wrap } from "../../../shared/engine/protocol/parcel.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import type { Simulation } from "../../../shared/engine/sim/simulation.ts";
import type { DesyncReport } from "../../../shared/referee/desync/desync-report.ts";
import type { Match } from "../../../shared/referee/match.ts";
import type { Answer } from "../../../shared/referee/sessions/client-sessions.ts";
import { matchInMemory } from "../memory/delivery.ts";
import { RecordingPeer } from "../memory/recording-peer.ts";
import { packInMemory } from "../memory/table.ts";

export class SickClient<I, S> {
  readonly match: Match<I, S>;
  readonly peer = new RecordingPeer("sick");
  readonly reports: DesyncReport[] = [];
  readonly #encoder;
  now = 0;

  constructor(game: Game<I, S>, bots = 2) {
    const onReport = (report: DesyncReport) => void this.reports.push(report);
    this.match = matchInMemory(game, { seed: 5, bots, pack: packInMemory, engine: "Server 1", onReport });
    this.#encoder = new UpEncoder(inputCodecOf(game.input));
    this.match.takeSeat({ kind: "player", id: "sick", name: "sick" });
    this.match.sessions.admit(this.peer, { plane: "lockstep", engine: "Client 2" });
    this.say(Up.ready, this.#encoder.ready(0));
  }

  say(type: number, bytes: Uint8Array): Answer {
    return this.match.sessions.receive(this.peer, type, bytes, { now: this.now, phase: 0 });
  }

  /** Plays on; what is sent meanwhile is left out, but for what is no frame. */
  play(ticks: number): void {
    for (let i = 0; i < ticks; i++) {
      this.match.closeTick();
      this.now += 1000 / this.match.game.tickRate;
      const { tick } = this.match.world;
      const neutral = inputCodecOf(this.match.game.input).create();
      if (tick % 20 === 0) this.say(Up.input, this.#encoder.input(tick, tick, neutral));
    }
  }

  /** The referee's world at a tick, changed: what the client has. */
  damaged(tick: number, change: (state: Simulation<I, S>["state"]) => void): Simulation<I, S> {
    const world = this.match.keyframes.worldAt(tick)!;
    change(world.state);
    return world;
  }

  trail(firstTick: number, hashes: readonly number[]): Answer {
    return this.say(Up.trail, this.#encoder.trail(firstTick, hashes));
  }

  /** Says that everything was right before `tick`, where it had this hash. */
  complain(tick: number, hash: number): Answer {
    const known = [tick - 2, tick - 1].map((at) => this.match.hashes.trail.hashAt(at)!);
    return this.trail(tick - 2, [...known, hash]);
  }

  /** Shows a world, in as many parts as it takes; the answer to the last one. */
  show(tick: number, again: number | undefined, bytes: Uint8Array, parcel: Parcel = wrap(bytes)): Answer {
    let answer: Answer = "state";
    for (const part of this.#encoder.state(tick, again, parcel)) answer = this.say(Up.state, part);
    return answer;
  }

  /** What was sent since the last call and is no frame. */
  told() {
    return this.peer.take().filter((message) => message.kind !== "frames");
  }
}
