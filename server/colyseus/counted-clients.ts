/** The clients of a room that Colyseus has counted: those that another process counted, and that may come back to this one. */
import { matchMaker, type Room } from "@colyseus/core";

interface Listing {
  clients: number;
}

const listingOf = (room: Room): Listing => {
  const { _listing } = room as unknown as { readonly _listing: Listing };
  if (typeof _listing.clients !== "number")
    throw new Error("@colyseus/core counts a room's clients elsewhere than it did");
  return _listing;
};

/** Port: to be called in `onCreate`, before the matchmaker knows the room. */
export function countLeftClients(room: Room, clients: number): void {
  listingOf(room).clients = clients;
  matchMaker.stats.local.ccu += clients;
}

/** Port: one of them does not come back. */
export async function discountLeftClient(room: Room): Promise<void> {
  matchMaker.stats.local.ccu--;
  await matchMaker.driver.update(listingOf(room) as never, { $inc: { clients: -1 } });
}
