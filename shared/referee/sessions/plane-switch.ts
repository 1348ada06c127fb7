/** Moves clients between the planes: by their own wish, or because they cannot stay in lockstep. */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Plane, PlaneReason } from "../../engine/protocol/plane.ts";
import type { LateJoin } from "../history/late-join.ts";
import type { Member } from "../peers/member.ts";
import { allowWhole } from "../peers/patience.ts";
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
  wish(peer: Peer, member: Member, plane: Plane, tick: number, now: number): PlaneAnswer {
    if (plane === member.plane) return this.tell(peer, member, "wish");
    if (plane === "lockstep" && tick < member.bannedUntilTick) {
      this.tell(peer, member, "diverging");
      return "plane/refused";
    }
    if (now - member.movedAt < INTERVAL_MS) return "plane/too-often";
    member.movedAt = now;
    this.move(peer, member, plane, "wish");
    return "plane";
  }

  /** Moves a client: on the lockstep plane it is sent nothing before it says that it is ready. */
  move(peer: Peer, member: Member, plane: Plane, reason: PlaneReason): void {
    this.moves++;
    this.#lateJoin.drop(peer, member);
    member.plane = plane;
    member.isParked = false;
    // What waits of the plane it leaves.
    allowWhole(peer, member);
    member.broughtTick = undefined;
    member.desync = undefined;
    this.tell(peer, member, reason);
    peer.moveTo(plane);
  }

  /** Tells a client which plane it is on. */
  tell(peer: Peer, member: Member, reason: PlaneReason): "plane" {
    peer.send(this.#pack(Down.plane, this.#encoder.plane(member.plane, reason)));
    return "plane";
  }
}
