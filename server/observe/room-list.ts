/** The list of rooms in `/api/rooms`, for operators and for everybody else: `ROOM_LIST` decides. */
import type { Settings } from "../config/settings.ts";
import { type FullReport, type RoomReport, withoutClients } from "./room-report.ts";

/** How much is going on in the rooms of one game, private ones too. */
export interface GameCounts {
  readonly rooms: number;
  readonly players: number;
  readonly bots: number;
}

export interface RoomList {
  readonly games: readonly string[];
  readonly counts: Readonly<Record<string, GameCounts>>;
  readonly rooms: readonly RoomReport[];
}

/** @param who "operator": everything; else what the setting says, which is not "off". */
export function roomListOf(
  games: readonly string[],
  reports: readonly FullReport[],
  who: "operator" | Exclude<Settings["ROOM_LIST"], "off">,
): RoomList {
  const listed = reports.filter(({ isPrivate }) => !isPrivate).map(withoutClients);
  const rooms = { operator: reports, public: listed, counts: [] }[who];
  return { games, counts: countsOf(games, reports), rooms };
}

function countsOf(games: readonly string[], reports: readonly FullReport[]): Record<string, GameCounts> {
  return Object.fromEntries(
    games.map((name) => {
      const seats = reports.filter(({ game }) => game === name).map((report) => report.seats);
      const sum = (of: "players" | "bots"): number => seats.reduce((total, each) => total + each[of], 0);
      return [name, { rooms: seats.length, players: sum("players"), bots: sum("bots") }];
    }),
  );
}
