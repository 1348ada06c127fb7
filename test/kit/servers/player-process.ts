/** A process that plays one seat of arena through a session, and misbehaves when told. */
import { arena } from "../../../shared/games/arena/arena.ts";
import { joinPlayer, type SocketPlayer } from "../players/socket-player.ts";
import { answerCalls } from "./calls.ts";

/** What the ws package's sockets can do. */
interface Socket {
  pause(): void;
  resume(): void;
  terminate(): void;
}

let player: SocketPlayer;
let isDeaf = false;
let drops = 0;

const socket = (): Socket => (player.session.room.connection.transport as unknown as { readonly ws: Socket }).ws;

const CALLS = {
  async join({ url, roomId, seed }: { url: string; roomId: string; seed: number }): Promise<void> {
    player = await joinPlayer(arena, { url, roomId }, seed);
    player.session.on("online", (isOnline) => {
      if (!isOnline) drops++;
      // The server gives a connection up that answers no ping; the next one is not read either.
      else if (isDeaf) socket().pause();
    });
  },

  /** Reads nothing more from the socket, or reads on. */
  deafen(isWanted: boolean): void {
    isDeaf = isWanted;
    if (isDeaf) socket().pause();
    else socket().resume();
  },

  /** Cuts the own connection. */
  cut: () => socket().terminate(),

  /** Where it stands: the confirmed tick and its hash, and what it has been through. */
  stand() {
    const { session, hashes } = player;
    const { client, isOnline } = session;
    const { snapshots, hashMismatches } = client.stats;
    const { confirmedTick: tick, isSynced, seat } = client;
    return { tick, hash: hashes.get(tick), seat, isOnline, isSynced, drops, snapshots, hashMismatches };
  },
};

export type PlayerCalls = typeof CALLS;

answerCalls(CALLS);
