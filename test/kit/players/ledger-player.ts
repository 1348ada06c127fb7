/** A player of the ledger over a real socket, and what the rules made of all that was given. */
import { Session } from "../../../client/session/session.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { afterTick } from "../after-tick.ts";
import { ledger } from "../games/ledger-game.ts";
import type { RealServer } from "../servers/server.ts";

const DRAW_MS = 10;

export type LedgerSession = Session<unknown, unknown>;

export interface LedgerWishes {
  readonly url?: string;
  readonly roomId?: string;
  readonly plane?: "lockstep" | "stream";
  readonly sample?: () => { dx: number };
}

export async function joinLedger(server: RealServer, options: LedgerWishes = {}) {
  const session: LedgerSession = await Session.join<unknown, unknown>(ledger as AnyGame, {
    ...{ url: server.url, name: "Ada", newRoom: options.roomId === undefined, sample: () => ({ dx: 0 }) },
    ...options,
  });
  const timer = setInterval(() => session.advance(performance.now()), DRAW_MS);
  return { session, stop: () => [clearInterval(timer), session.leave()] };
}

/** Every entry that the rules made, in order. */
export function entriesOf(
  server: RealServer,
  roomId: string,
): { tick: number; seat: number; key: number; amount: number }[] {
  const { match } = server.room(roomId);
  const entries: ReturnType<typeof entriesOf> = [];
  afterTick(match, () => {
    const { state, tick } = match.world;
    for (const entry of (state as { entries: typeof entries }).entries)
      if (entry.tick === tick - 1) entries.push({ ...entry });
  });
  return entries;
}
