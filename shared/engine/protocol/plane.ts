/** The two ways to take part: frames to step oneself, or the world as schema patches. */
import type { ByteReader } from "../bytes/bytes.ts";

export type Plane = "lockstep" | "stream";

/** Why a client is on the plane it is told: it asked for it, the server decided so, or its world kept differing. */
export const PLANE_REASONS = ["wish", "server", "diverging"] as const;
export type PlaneReason = (typeof PLANE_REASONS)[number];

const PLANES: readonly Plane[] = ["lockstep", "stream"];

export const planeNumber = (plane: Plane): number => PLANES.indexOf(plane);

/** Reads a plane; fails the input when there is no such one. */
export function planeOf(input: ByteReader): Plane {
  const plane = PLANES[input.uint8()];
  if (plane === undefined) input.fail();
  return plane ?? "lockstep";
}

/** Reads a reason; fails the input when there is no such one. */
export function planeReasonOf(input: ByteReader): PlaneReason {
  const reason = PLANE_REASONS[input.uint8()];
  if (reason === undefined) input.fail();
  return reason ?? "wish";
}
