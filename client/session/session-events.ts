/** The events of a session: functions for its owner to set, each doing nothing by default. */
import type { Plane, PlaneReason } from "../../shared/engine/protocol/plane.ts";
import type { SessionEnd } from "./session-end.ts";

export class SessionEvents {
  /** Called once when the connection is gone for good. */
  onEnd: (end: SessionEnd) => void = () => {};
  /** Called when the connection drops (false: the session is coming back by itself) and when it is there again. */
  onOnline: (isOnline: boolean) => void = () => {};
  /** Called when the server has moved this client to a plane, or answers a wish. */
  onPlane: (plane: Plane, reason: PlaneReason) => void = () => {};
  /** Called with each message of the server as it reaches the runtime; for load bots, which measure. */
  onReceived: (type: number, bytes: Uint8Array) => void = () => {};
  /** Called with what the server has to say to a person: that it goes down soon. */
  onNotice: (message: string) => void = () => {};
}
