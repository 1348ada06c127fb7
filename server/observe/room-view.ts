/** The view of a room that reports and the monitor read from outside. */
import type { Room } from "@colyseus/core";
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { Match } from "../../shared/referee/match.ts";
import type { DesyncNotes } from "./desync-notes.ts";
import type { JoinLog } from "./join-log.ts";
import type { TickMeter } from "./tick-meter.ts";

export interface RoomView<I, S> {
  readonly roomId: string;
  readonly isPrivate: boolean;
  readonly clients: Room["clients"];
  readonly match: Match<I, S>;
  readonly meter: TickMeter;
  readonly joins: JoinLog;
  readonly desyncs: DesyncNotes;
  /** Tells every client something that a person should know. */
  notify(name: CloseName, message: string): void;
  /** Closes every client with this name, and then the room. */
  end(name: CloseName): void;
  /** The process ends, and another one goes on with the match: ticks stand still, and clients are sent to come again. */
  suspend(): void;
}
