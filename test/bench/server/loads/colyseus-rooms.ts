/** Floors with plain Colyseus: inputs broadcast as bytes, or written into a state that is patched. Nothing is stepped. */
import { type Client, Room } from "@colyseus/core";
import { schema, t } from "@colyseus/schema";
import type { Load } from "./contender.ts";

const INPUT = 1;

export function broadcastRoom(load: Load): new () => Room {
  return class extends Room {
    override maxClients = load.perRoom;
    #waiting: Uint8Array[] = [];

    override onCreate(): void {
      this.onMessageBytes(
        INPUT,
        (_client: Client, input: Uint8Array) => void this.#waiting.push(Uint8Array.from(input)),
      );
      this.setTimestep(() => {
        this.broadcastBytes(INPUT, Buffer.concat(this.#waiting), {});
        this.#waiting = [];
      }, 1000 / load.tickRate);
      this.patchRate = null;
    }
  };
}

const Player = schema({ a: t.int32(), b: t.int32() }, "FloorPlayer");
const State = schema({ players: t.map(Player) }, "FloorState");

export function patchRoom(load: Load): new () => Room {
  return class extends Room<{ state: InstanceType<typeof State> }> {
    override maxClients = load.perRoom;
    override state = new State();
    override patchRate = 1000 / load.tickRate;

    override onCreate(): void {
      this.onMessageBytes(INPUT, ({ sessionId }: Client, input: Uint8Array) => {
        const player = this.state.players.get(sessionId)!;
        player.a = input[0]! | (input[1]! << 8);
        player.b = input[2]! | (input[3]! << 8);
      });
    }

    override onJoin({ sessionId }: Client): void {
      this.state.players.set(sessionId, new Player({ a: 0, b: 0 }));
    }
  };
}
