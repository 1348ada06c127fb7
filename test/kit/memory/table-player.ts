/** A player at a table in memory: a real client runtime behind two links pumped by hand. */

import { PlaneRouter } from "../../../client/match/plane-router.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import type { CommandOutcome } from "../../../shared/engine/protocol/command-outcome.ts";
import type { Plane } from "../../../shared/engine/protocol/plane.ts";
import type { SessionOptions } from "../../../shared/referee/peers/client-session.ts";
import type { Packet } from "../../../shared/referee/peers/outbox.ts";
import type { MemoryPeer } from "./delivery.ts";
import { Link, type LinkOptions } from "./link.ts";
import type { TableOptions } from "./table-options.ts";

/** What of a table its players know. */
interface Surroundings<I, S> {
  readonly now: number;
  hear(player: TablePlayer<I, S>, type: number, bytes: Uint8Array): void;
  remove(player: TablePlayer<I, S>): void;
}

/** Everyone at the table is compared tick by tick with the referee. */
export class TablePlayer<I, S> implements MemoryPeer {
  readonly id: string;
  readonly isJoined = true;
  readonly bufferedBytes = 0;
  readonly writtenBytes = 0;
  readonly takenBytes = 0;
  readonly client: LockstepClient<I, S>;
  /** Confirmed ticks whose hash was compared with the referee's by the test, and how many differed. */
  compared = 0;
  differed = 0;
  closedWith: string | undefined;
  /** What became of commands that were given by their names, in order. */
  readonly answers: CommandOutcome[] = [];
  admission: SessionOptions = { plane: "lockstep" };
  /** The plane it is on, as the referee says. */
  plane: Plane = "lockstep";
  nextDrawAt: number;
  /** When a player who was cut is back; Infinity for one who was not. */
  backAt = Number.POSITIVE_INFINITY;
  readonly up: Link<{ type: number; bytes: Uint8Array }>;
  readonly down: Link<Packet>;

  constructor(table: Surroundings<I, S>, id: string, options: TableOptions<I, S>, random: WorldRandom) {
    this.id = id;
    this.nextDrawAt = table.now + random.float() * 20;
    const { inputDelay, clock } = options;
    this.client = new LockstepClient(options.game, {
      ...(inputDelay === undefined ? {} : { inputDelay }),
      ...(clock === undefined ? {} : { clock }),
      sample: () => {
        const { client } = this;
        return options.script(
          client.state,
          client.seat!,
          client.predictedTick,
          random,
          (name, fields) => void client.give(name, fields),
        );
      },
    });
    this.#router = new PlaneRouter(this.client, "lockstep");
    const network = options.network(random);
    this.up = new Link(
      network,
      random,
      ({ bytes }) => bytes.length + 1,
      ({ type, bytes }) => table.hear(this, type, bytes),
    );
    this.down = new Link(
      network,
      random,
      ({ length }) => length,
      (packet) => this.#take(packet),
    );
    this.#table = table;
  }

  /** How the referee let it in: on the stream plane it plays nothing here. */
  isAdmittedAs(admission: SessionOptions): void {
    this.admission = admission;
    this.plane = admission.plane;
    this.#router = new PlaneRouter(this.client, admission.plane);
  }

  /** Another network for both directions from now on; `up.change` and `down.change` for one. */
  changeNetwork(network: LinkOptions): void {
    this.up.change(network);
    this.down.change(network);
  }

  /** Whether the connection is lost now. */
  get isCut(): boolean {
    return this.backAt !== Number.POSITIVE_INFINITY;
  }

  /** Ends whatever keeps this player away: a cut, a stalled line, a sleep. */
  restore(): void {
    const { now } = this.#table;
    for (const link of [this.up, this.down]) {
      link.hold(0);
      if (this.isCut) link.cut(now, 0);
    }
    if (this.isCut) this.backAt = now;
    this.nextDrawAt = now;
  }

  /** The plane it is on, as it knows itself. */
  get shown(): Plane {
    return this.#router.plane;
  }

  #router: PlaneRouter;
  readonly #table: Surroundings<I, S>;

  send(packet: Packet): void {
    this.down.send(packet, this.#table.now);
  }

  choke(): void {}

  sendWithNext(packet: Packet): void {
    this.send(packet);
  }

  flush(): void {}

  /** On the stream plane it is sent patches, which are not played here: it stands still until it is back. */
  moveTo(plane: Plane): void {
    this.plane = plane;
  }

  #take(packet: Packet): void {
    this.#router.receive(packet[0]!, packet.subarray(1), this.#table.now);
  }

  refuse(name: string): void {
    this.closedWith ??= name;
  }

  answer(_command: string, outcome: CommandOutcome): void {
    this.answers.push(outcome);
  }

  close(name: string): void {
    this.closedWith = name;
    this.#table.remove(this);
  }
}
