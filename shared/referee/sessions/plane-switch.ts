/** Moves clients between the planes: by their own wish, or because they cannot stay in lockstep. */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Plane, PlaneReason } from "../../engine/protocol/plane.ts";
import type { LateJoin } from "../history/late-join.ts";
import type { ClientSession } from "../peers/client-session.ts";
import { allowWhole } from "../peers/lag.ts";
import type { Pack, Peer } from "../peers/peer.ts";

/** A client changes planes by its own wish at most this often, in milliseconds: each change costs a whole world. */
const INTERVAL_MS = 2000;

export type PlaneAnswer = "plane" | "plane/too-often" | "plane/refused";

export class PlaneSwitch {
  /** How many moves there were. */
  moves = 0;
  readonly #lateJoin: Pick<LateJoin<never, never>, "drop">;
  readonly #pack: Pack;
  readonly #encoder = new DownEncoder();

  constructor(lateJoin: Pick<LateJoin<never, never>, "drop">, pack: Pack) {
    this.#lateJoin = lateJoin;
    this.#pack = pack;
  }

  /** A client wishes to be on a plane; it is told where it is in any case but when it asks too often. */
  wish(peer: Peer, session: ClientSession, plane: Plane, tick: number, now: number): PlaneAnswer {
    if (plane === session.plane) return this.tell(peer, session, "wish");
    if (plane === "lockstep" && tick < session.bannedUntilTick) {
      this.tell(peer, session, "diverging");
      return "plane/refused";
    }
    if (now - session.movedAt < INTERVAL_MS) return "plane/too-often";
    session.movedAt = now;
    this.move(peer, session, plane, "wish");
    return "plane";
  }

  /** Moves a client: on the lockstep plane it is sent nothing before it says that it is ready. */
  move(peer: Peer, session: ClientSession, plane: Plane, reason: PlaneReason): void {
    this.moves++;
    this.#lateJoin.drop(peer, session);
    session.plane = plane;
    session.isParked = false;
    // What waits of the plane it leaves.
    allowWhole(peer, session);
    session.broughtTick = undefined;
    session.desync = undefined;
    this.tell(peer, session, reason);
    peer.moveTo(plane);
  }

  /** Tells a client which plane it is on. */
  tell(peer: Peer, session: ClientSession, reason: PlaneReason): "plane" {
    peer.send(this.#pack(Down.plane, this.#encoder.plane(session.plane, reason)));
    return "plane";
  }
}
