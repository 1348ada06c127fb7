/** The switch of clients between the planes: at their own request, or because they cannot stay in lockstep. */
import { Down, DownEncoder } from "../../engine/protocol/down.ts";
import type { Plane, PlaneReason } from "../../engine/protocol/plane.ts";
import type { ClientSession } from "../peers/client-session.ts";
import { allowWhole } from "../peers/lag.ts";
import type { Outbox } from "../peers/outbox.ts";
import { enter, type Listeners, SILENT, STREAMING } from "../peers/session-state.ts";

/** A client changes planes at its own request at most this often, in milliseconds: each change costs a whole world. */
const INTERVAL_MS = 2000;

export type PlaneAnswer = "plane" | "plane/too-often" | "plane/refused";

export class PlaneSwitch {
  /** How many moves there were. */
  moves = 0;
  readonly #listeners: Listeners;
  readonly #outbox: Outbox;
  readonly #encoder = new DownEncoder();

  constructor(listeners: Listeners, outbox: Outbox) {
    this.#listeners = listeners;
    this.#outbox = outbox;
  }

  /** A client asks for a plane; it is told where it is, unless it asks too often. */
  wish(session: ClientSession, plane: Plane, tick: number, now: number): PlaneAnswer {
    if (plane === session.state.plane) return this.tell(session, plane, "wish");
    if (plane === "lockstep" && tick < session.divergence.bannedUntilTick) {
      this.tell(session, "stream", "diverging");
      return "plane/refused";
    }
    if (now - session.limits.movedAt < INTERVAL_MS) return "plane/too-often";
    session.limits.movedAt = now;
    this.move(session, plane, "wish");
    return "plane";
  }

  /** Moves a client: on the lockstep plane it is sent nothing before it says that it is ready. */
  move(session: ClientSession, plane: Plane, reason: PlaneReason): void {
    this.moves++;
    enter(session, plane === "stream" ? STREAMING : SILENT, this.#listeners);
    // What waits of the plane it leaves.
    allowWhole(session, this.#outbox.bytesFor(session.peer));
    this.tell(session, plane, reason);
    this.#outbox.add(session.peer, { kind: "move", plane });
  }

  /** Tells a client which plane it is on. */
  tell({ peer }: ClientSession, plane: Plane, reason: PlaneReason): "plane" {
    this.#outbox.send(peer, Down.plane, this.#encoder.plane(plane, reason));
    return "plane";
  }
}
