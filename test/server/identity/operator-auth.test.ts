/** The door of the monitor: password, ticket and operator's token; wrong passwords run out, by address. */
import { SignJWT } from "jose";
import { afterEach, expect, it, vi } from "vitest";
import { readSettings } from "../../../server/config/settings.ts";
import { OperatorAuth } from "../../../server/identity/operator-auth.ts";
import { Tokens } from "../../../server/identity/tokens.ts";

const MONITOR_PASSWORD = "pass:word with a colon, ü";
const TOKEN_SECRET = "a secret of at least thirty-two characters";
const [HERE, THERE] = ["192.0.2.1", "192.0.2.2"];

function doorOf(env: Record<string, string>): OperatorAuth {
  const settings = readSettings(env);
  return new OperatorAuth(settings, new Tokens(settings));
}

const basic = (password: string, user = "anybody"): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const statusOf = async (operators: OperatorAuth, authorization?: string, address = HERE): Promise<number> =>
  (await operators.judge(authorization, address))?.status ?? 200;
const tokenOf = (claims: object, secret = TOKEN_SECRET): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("ada")
    .setAudience("phalanx")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secret));

afterEach(() => {
  vi.useRealTimers();
});

it("without password and keys it is closed, and opened by development alone", async () => {
  const operators = doorOf({});
  expect(await statusOf(operators)).toBe(403);
  expect(await statusOf(operators, basic(""))).toBe(403);
  expect(await statusOf(operators, `Bearer ${operators.ticket()}`), "nobody can have got one").toBe(403);
  expect(await operators.admits(undefined)).toBe(false);
  operators.isOpen = true;
  expect([await statusOf(operators), await operators.admits(undefined)]).toEqual([200, true]);
});

it("the password opens it, whatever the user name; nothing else does", async () => {
  const operators = doorOf({ MONITOR_PASSWORD });
  expect(await statusOf(operators, basic(MONITOR_PASSWORD))).toBe(200);
  expect(await statusOf(operators, basic(MONITOR_PASSWORD, ""))).toBe(200);
  for (const wrong of [undefined, basic(""), `Digest ${MONITOR_PASSWORD}`, "Basic", basic(`${MONITOR_PASSWORD} `)])
    expect(await statusOf(operators, wrong), wrong).toBe(401);
});

it("wrong passwords run out by address, the right one is refused then, and time brings them back", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const operators = doorOf({ MONITOR_PASSWORD });
  for (let i = 0; i < 5; i++) expect(await statusOf(operators, basic(`wrong ${i}`))).toBe(401);
  expect(await statusOf(operators, basic("wrong"))).toBe(429);
  expect(await statusOf(operators, basic(MONITOR_PASSWORD))).toBe(429);
  expect(await statusOf(operators, basic(MONITOR_PASSWORD), THERE), "elsewhere").toBe(200);
  expect(await statusOf(operators, `Bearer ${operators.ticket()}`), "who is in already").toBe(200);
  vi.advanceTimersByTime(10_000);
  expect(await statusOf(operators, basic(MONITOR_PASSWORD))).toBe(200);
  expect(await statusOf(operators, basic("wrong"))).toBe(401);
  expect(await statusOf(operators, basic("wrong")), "one in ten seconds").toBe(429);
});

it("the right password as often as one likes", async () => {
  const operators = doorOf({ MONITOR_PASSWORD });
  for (let i = 0; i < 50; i++) expect(await statusOf(operators, basic(MONITOR_PASSWORD))).toBe(200);
});

it("a ticket is for twelve hours, for its process, and cannot be made", async () => {
  vi.useFakeTimers({ toFake: ["hrtime"] });
  const operators = doorOf({ MONITOR_PASSWORD });
  const ticket = operators.ticket();
  const [until, signature] = ticket.split(".");
  expect(await operators.admits(ticket)).toBe(true);
  for (const forged of ["", ".", `${until}.`, `${Number(until) + 1}.${signature}`, `${ticket}=`, signature])
    expect(await operators.admits(forged), forged).toBe(false);
  expect(await doorOf({ MONITOR_PASSWORD }).admits(ticket), "of another process").toBe(false);
  vi.advanceTimersByTime(12 * 3_600_000 - 1);
  expect(await operators.admits(ticket)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(await operators.admits(ticket)).toBe(false);
});

it("an operator's token opens it, a player's does not", async () => {
  const operators = doorOf({ TOKEN_SECRET });
  expect(await statusOf(operators, `Bearer ${await tokenOf({ role: "operator" })}`)).toBe(200);
  expect(await statusOf(operators, `Bearer ${await tokenOf({ name: "Ada" })}`)).toBe(401);
  expect(await statusOf(operators, `Bearer ${await tokenOf({ role: "operator" }, `${TOKEN_SECRET}!`)}`)).toBe(401);
  expect(await statusOf(operators, basic("")), "there is no password to know").toBe(403);
  expect(await statusOf(operators)).toBe(403);
});
