/** Rows: tokens that are wrong, and seats that are somebody else's. */
import { RawConnection } from "../../kit/wire/raw-connection.ts";
import type { Target } from "../../kit/wire/target.ts";
import { flow as row } from "../row.ts";
import { endOf } from "../run-row.ts";

const WRONG_TOKENS = [
  "none at all",
  "expired",
  "for another audience",
  "not valid yet",
  "without a subject",
  "that never expires",
  "signed with another secret",
  "signed with another algorithm",
  "of an algorithm that has no key here",
  "that is not signed (alg: none)",
  "whose payload was changed",
  "cut in half",
  "that is no token",
  "of three dots",
  "far too long",
];

/** The handshake for a seat of Ada's, with a token: its status, or how the WebSocket ended. */
async function takeSeat(target: Target, token: string | undefined): Promise<string> {
  const connection = await RawConnection.open(target.port);
  connection.write(target.handshakeFor(await target.reserve(), token));
  await connection.until(() => connection.statuses !== "", 4000);
  connection.end();
  return connection.statuses;
}

const tokens = [
  ...WRONG_TOKENS.map((name) =>
    row("RFC 8725", `matchmaking with a token ${name}`, "401", async (target) => {
      const { status } = await target.ask("joinOrCreate/tag", { token: target.tokens[name], options: { watch: true } });
      return String(status);
    }),
  ),
  ...[...WRONG_TOKENS, "of somebody else"].map((name) =>
    row("RFC 8725", `a seat of Ada's with a token ${name}`, name === "far too long" ? "401|414" : "401", (target) =>
      takeSeat(target, target.tokens[name]),
    ),
  ),
  row("RFC 8725", "a seat of Ada's with her token", "101", (target) => takeSeat(target, undefined)),
];

const seats = [
  row("replay", "a seat that is taken twice", "close 4002", async (target) => {
    const seat = await target.reserve();
    const first = await target.enter(seat);
    const second = await RawConnection.open(target.port);
    second.write(target.handshakeFor(seat));
    const end = await endOf(second);
    first.end();
    return end;
  }),
  row("squatting", "a seat that nobody reserved", "close 4002", async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.write(target.handshakeFor({ ...(await target.reserve()), sessionId: "guessed" }));
    return endOf(connection);
  }),
  row("squatting", "a seat of a room that is none", "close 4002", async (target) => {
    const connection = await RawConnection.open(target.port);
    connection.write(target.handshakeFor({ ...(await target.reserve()), roomId: "nowhere" }));
    return endOf(connection);
  }),
  row("replay", "coming back with a token that is none", "close 4003|close 4002", async (target) => {
    const seat = await target.reserve();
    const connection = await RawConnection.open(target.port);
    const head = target
      .handshakeFor({ ...seat, sessionId: "gone" })
      .replace("sessionId", "reconnectionToken=x&sessionId");
    connection.write(head);
    return endOf(connection);
  }),
];

export const tokenRows = [...tokens, ...seats];
