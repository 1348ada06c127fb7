/** `npm run token -- --name Ada`: makes a signed token for a player, valid for a day unless asked otherwise. */
import { createPrivateKey, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { algorithmOf } from "./front/tokens.ts";
import { settings } from "./start-settings.ts";

const USAGE = `Usage: TOKEN_SECRET=... npm run token -- --name Ada [--subject ada] [--hours 24] [--key private.pem] [--operator]
  Without --key the token is signed with TOKEN_SECRET (at least 32 characters), which the server must have too.
  With --key it is signed with that private key (RSA or Ed25519), whose public key the server has as TOKEN_KEY.
  With --operator its holder may see the monitor's figures and /metrics, kick players and close rooms.`;

const { values } = parseArgs({
  options: {
    name: { type: "string" },
    subject: { type: "string" },
    hours: { type: "string", default: "24" },
    key: { type: "string" },
    operator: { type: "boolean", default: false },
  },
});

function keyAndAlgorithm() {
  if (values.key !== undefined) {
    const key = createPrivateKey(readFileSync(values.key));
    return { key, algorithm: algorithmOf(key) };
  }
  if (settings.TOKEN_SECRET === "") throw new Error("there is no TOKEN_SECRET and no --key to sign with");
  return { key: new TextEncoder().encode(settings.TOKEN_SECRET), algorithm: "HS256" };
}

try {
  const hours = Number(values.hours);
  if (values.name === undefined) throw new Error("give the player's name");
  if (!(hours > 0)) throw new Error(`--hours ${values.hours} is no time`);
  const { key, algorithm } = keyAndAlgorithm();
  const token = await new SignJWT({ name: values.name, ...(values.operator ? { role: "operator" } : {}) })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(values.subject ?? randomUUID())
    .setAudience(settings.TOKEN_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000 + hours * 3600))
    .sign(key);
  process.stdout.write(`${token}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
  process.exit(1);
}
