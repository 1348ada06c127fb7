/** Every row of the abuse suite. */
import type { Row } from "../row.ts";
import { flowRows } from "./flows.ts";
import { frameRows } from "./frames.ts";
import { handshakeRows } from "./handshake.ts";
import { httpRows } from "./http.ts";
import { matchmakingRows } from "./matchmaking.ts";
import { roomRows } from "./room.ts";
import { slowRows } from "./slow.ts";
import { tokenRows } from "./tokens.ts";

export const rows: readonly Row[] = [
  ...handshakeRows,
  ...frameRows,
  ...roomRows,
  ...httpRows,
  ...matchmakingRows,
  ...tokenRows,
  ...flowRows,
  ...slowRows,
];
