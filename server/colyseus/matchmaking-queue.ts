/**
 * The matchmaking of one game, one request after the other: each finds the rooms as the one before has left them. Side
 * by side, as Colyseus does it, a whole crowd is sent to the one room that was just made, and clients that it has no
 * seat for wait up to seconds before their next try.
 */
import { matchMaker } from "@colyseus/core";
import { addressOf } from "./http-request.ts";

/** Methods that look for a room, and so depend on what others are given. */
const SEARCHING: readonly string[] = ["joinOrCreate", "join"];
/** A request that takes longer lets the next one begin: a room that hangs must not hold up all others. */
const LONGEST_TURN_MS = 500;

const { controller } = matchMaker;
const stock = controller.invokeMethod.bind(controller);

/**
 * Lines up what comes to Colyseus's matchmaking over HTTP.
 *
 * @param onReserved is told who was given a seat: the address that asked, the session that it is for, and whether in a room
 * of its own.
 */
export function queueMatchmaking(onReserved: (address: string, session: string, isCreation: boolean) => void): void {
  const turns = new Map<string, Promise<unknown>>();
  controller.invokeMethod = (method, roomName, options, context) => {
    const invoke = async (): Promise<unknown> => {
      const seat = (await stock(method, roomName, options, context)) as { readonly sessionId: string };
      onReserved(addressOf(context?.headers), seat.sessionId, method === "create");
      return seat;
    };
    if (!SEARCHING.includes(method)) return invoke();
    const turn = (turns.get(roomName) ?? Promise.resolve()).then(invoke);
    const over = settled(turn);
    turns.set(roomName, over);
    // Names are what clients send: nothing is kept of those that nobody waits for.
    void over.then(() => turns.get(roomName) === over && turns.delete(roomName));
    return turn;
  };
}

/** Fulfilled when something has come to an end, good or bad, or has taken too long. */
function settled(turn: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_TURN_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    turn.then(end, end);
  });
}
