/**
 * The serializer of a room: who is here for everybody, and the world for each audience. A client's decoder puts both
 * together. Colyseus would have it by a StateView, which loses data: @colyseus/schema 5.0.34 never sends a view what is
 * in an array or map of numbers, texts or booleans inside a record of a map or array.
 */
import { type Client, ClientState, type Serializer } from "@colyseus/core";
import { Reflection, type Schema } from "@colyseus/schema";
import type { Game } from "../../shared/engine/game/game.ts";
import { FULL_STATE, STATE_PATCH, TO_ROOT } from "../colyseus/envelope.ts";
import { RefIds } from "../colyseus/schema-encoder.ts";
import { Audience } from "./audience.ts";
import type { RoomState } from "./room-state.ts";
import { StateEncoder } from "./state-encoder.ts";

export type OnWhole = (client: Client, bytes: number) => void;

/** A full state, and what it is made of. */
interface Whole {
  readonly roster: Uint8Array;
  readonly world: Uint8Array;
  readonly bytes: Uint8Array;
}

export class PlaneSerializer implements Serializer<RoomState> {
  /** By this name an SDK knows how to read. */
  readonly id = "schema";
  /** Of all objects that its clients are sent. */
  readonly ids = new RefIds();
  readonly #roster: StateEncoder;
  readonly #audiences: Audience[] = [];
  readonly #onWhole: OnWhole;
  #handshake: Uint8Array | undefined;
  /** The newest full state, for all who are sent it before anything changes. */
  #whole: Whole | undefined;

  /**
   * @param roster the part of the room's state that everybody is sent.
   * @param onWhole is told of each client that will be sent a whole world next, and of its bytes.
   */
  constructor(roster: RoomState, onWhole: OnWhole = () => {}) {
    this.#onWhole = onWhole;
    this.#roster = new StateEncoder(roster, this.ids);
    this.#roster.discardChanges();
  }

  /** Colyseus says which state is the room's: it has been here from the start. */
  reset(): void {}

  /** The classes of the whole state, for SDKs that were given none. */
  handshake(): Uint8Array {
    this.#handshake ??= Reflection.encode(this.#roster.encoder);
    return this.#handshake;
  }

  /** Clients of their own with a world of their own, which at first is this one. */
  createAudience(game: Game<never, never>, world: Schema): Audience {
    const audience = new Audience(game, world, this.ids);
    this.#audiences.push(audience);
    return audience;
  }

  /** Bytes of their own: what waits in a socket must not change with the next patch. */
  getFullState(client?: Client): Uint8Array {
    const audience = client && this.#audiences.find(({ shown }) => shown.has(client));
    const roster = this.#roster.full;
    if (client === undefined || audience === undefined) return Buffer.concat([FULL_STATE, roster]);
    const world = audience.full;
    if (this.#whole?.roster !== roster || this.#whole.world !== world)
      this.#whole = { roster, world, bytes: Buffer.concat([FULL_STATE, roster, TO_ROOT, world]) };
    this.#onWhole(client, this.#whole.bytes.length);
    return this.#whole.bytes;
  }

  /** One patch for each audience, and where the roster changed one for everybody else, who is skipped otherwise. */
  applyPatches(clients: readonly Client[]): boolean {
    this.#whole = undefined;
    const roster = this.#roster.takeChanges();
    let isSent = roster !== undefined;
    for (const audience of this.#audiences) {
      if (!isHeard(audience)) {
        // Most often that is a whole world, for the first client, and encoding a large one takes a second.
        audience.discardChanges();
        continue;
      }
      const patch = patchOf(roster, audience.takeChanges());
      if (patch === undefined) continue;
      for (const client of audience.shown) send(client, patch);
      isSent = true;
    }
    if (roster === undefined) return isSent;
    const patch = Buffer.concat([STATE_PATCH, roster]);
    for (const client of clients) if (!this.#audiences.some(({ shown }) => shown.has(client))) send(client, patch);
    return isSent;
  }
}

/** A copy: the encoders write the next patch where they wrote this one, and a slow client's still waits in its socket. */
function patchOf(roster: Uint8Array | undefined, world: Uint8Array | undefined): Uint8Array | undefined {
  if (world === undefined) return roster && Buffer.concat([STATE_PATCH, roster]);
  return Buffer.concat(roster === undefined ? [STATE_PATCH, world] : [STATE_PATCH, roster, TO_ROOT, world]);
}

/** Whether a patch would reach anybody. */
function isHeard({ shown }: Audience): boolean {
  for (const client of shown) if (client.state === ClientState.JOINED) return true;
  return false;
}

/** Not to a client that has not acknowledged its join: it is sent everything when it does. */
function send(client: Client, patch: Uint8Array): void {
  if (client.state === ClientState.JOINED) client.raw(patch);
}
