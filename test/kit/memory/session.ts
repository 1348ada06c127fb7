/** A session made by hand, of a connection that only writes down what it is sent. */
import {
  type ClientSession,
  createClientSession,
  type SessionOptions,
} from "../../../shared/referee/peers/client-session.ts";
import { RecordingPeer } from "./recording-peer.ts";

export function sessionOf(
  peer = new RecordingPeer("a"),
  options: SessionOptions = { plane: "lockstep" },
): ClientSession {
  return createClientSession(peer, options, 0);
}
