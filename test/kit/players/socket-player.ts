/** A lockstep client over a real socket that plays by itself and notes its hash at every confirmed tick. */
import { Session, type SessionOptions } from "../../../client/session/session.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { botScript } from "../scripts.ts";

const DRAW_MS = 10;

export interface SocketPlayer {
  readonly session: Session<unknown, unknown>;
  readonly hashes: Map<number, number>;
  /** Stops and starts the draws, as a page does that is hidden and seen again. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export async function joinPlayer(
  game: AnyGame,
  options: Omit<SessionOptions<unknown>, "sample">,
  seed: number,
): Promise<SocketPlayer> {
  const random = new WorldRandom(seed);
  const script = botScript<unknown, unknown>(game);
  const session: Session<unknown, unknown> = await Session.join<unknown, unknown>(game, {
    ...options,
    sample: () =>
      script(
        session.client.state,
        session.client.seat!,
        session.client.predictedTick,
        random,
        (name, fields) => void session.give(name, fields),
      ),
  });
  const hashes = new Map<number, number>();
  let isPaused = false;
  const timer = setInterval(() => {
    if (isPaused) return;
    session.advance(performance.now());
    const { client } = session;
    if (client.isSynced && !hashes.has(client.confirmedTick)) hashes.set(client.confirmedTick, client.confirmed.hash());
  }, DRAW_MS);
  return {
    session,
    hashes,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    stop: async () => {
      clearInterval(timer);
      await session.leave();
    },
  };
}
