/** Addresses of Colyseus: `/process/room?sessionId=...` of a handshake, `/matchmake/method/name` of a request for a seat. */

/** The parts of the target of a handshake. */
export interface HandshakeAddress {
  /** "latency": the "/" by which SDKs measure a round trip. */
  readonly kind: "room" | "latency" | "unknown";
  /** Whatever stands at the room's place, in an unknown address too. */
  readonly room: string | undefined;
  readonly session: string | undefined;
  /** A player's token, for SDKs that cannot set headers. */
  readonly token: string | undefined;
  /** Whether a parameter that Colyseus reads is given twice: it would read one of them. */
  readonly isAmbiguous: boolean;
}

const ROOM_PATH = /^\/[\w-]{1,64}\/[\w-]{1,64}$/;
const SESSION = /^[\w-]{1,64}$/;
const PARAMETERS = ["sessionId", "reconnectionToken", "_authToken", "skipHandshake"];

export const isSession = (text: string): boolean => SESSION.test(text);

/** @param target a path with its query. @throws TypeError when it is none. */
export function readHandshake(target: string): HandshakeAddress {
  const { pathname, searchParams } = new URL(target, "ws://host");
  const names = [...searchParams.keys()];
  const kind = pathname === "/" ? "latency" : ROOM_PATH.test(pathname) ? "room" : "unknown";
  return {
    kind,
    room: pathname.split("/")[2],
    session: searchParams.get("sessionId") ?? undefined,
    token: searchParams.get("_authToken") ?? undefined,
    isAmbiguous: names.some((name) => PARAMETERS.includes(name) && names.indexOf(name) !== names.lastIndexOf(name)),
  };
}

/** The parts of the target of a request for a seat. */
export interface MatchmakingAddress {
  /** "joinOrCreate", "create", "join", "joinById", "reconnect", or one that Colyseus will refuse. */
  readonly method: string;
  /** A room type; for "joinById" and "reconnect" a room. */
  readonly name: string;
}

const MATCHMAKING = /^\/matchmake\/(\w+)\/([\w-]{1,64})$/;
/** However it is spelled: what Colyseus may take for matchmaking. */
const LIKE_MATCHMAKING = /^\/matchmake/i;

/** Undefined for anything that is not matchmaking, in the one spelling that counts. @param target a path with its query. */
export function readMatchmaking(target: string): MatchmakingAddress | undefined {
  const [, method, name] = MATCHMAKING.exec(target.split("?", 1)[0]!) ?? [];
  return method === undefined || name === undefined ? undefined : { method, name };
}

/** Whether a path is matchmaking in another spelling, which nobody looks for. */
export const isMisspeltMatchmaking = (target: string): boolean =>
  LIKE_MATCHMAKING.test(target) && readMatchmaking(target) === undefined;

/** The same request by another method. */
export const byMethod = (target: string, method: string): string =>
  target.replace(/^(\/matchmake\/)\w+/, `$1${method}`);
