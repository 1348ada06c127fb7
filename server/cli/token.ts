/** `npm run token -- --name Ada`: makes a signed token for a player, valid for a day unless asked otherwise. */
import { createPrivateKey, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readSettings } from "../config/settings.ts";
import { signToken } from "../identity/token-signing.ts";
import { algorithmOf } from "../identity/tokens.ts";

const USAGE = `Usage: TOKEN_SECRET=... npm run token -- --name Ada [--subject ada] [--hours 24] [--key private.pem] [--operator]
  Without --key the token is signed with TOKEN_SECRET (at least 32 characters), which the server must have too.
  With --key it is signed with that private key (RSA or Ed25519), whose public key the server has as TOKEN_KEY.
  It is for the audience TOKEN_AUDIENCE (phalanx), which the server must have too.
  With --operator its holder may see the monitor's figures and /metrics, kick players and close rooms.
`;

const SECONDS_PER_HOUR = 3600;

function readFlags() {
  return parseArgs({
    options: {
      name: { type: "string" },
      subject: { type: "string" },
      hours: { type: "string", default: "24" },
      key: { type: "string" },
      operator: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

type Flags = ReturnType<typeof readFlags>;

function keyAndAlgorithm(file: string | undefined, secret: string) {
  if (file !== undefined) {
    const key = createPrivateKey(readFileSync(file));
    return { key, algorithm: algorithmOf(key) };
  }
  if (secret === "") throw new Error("there is no TOKEN_SECRET and no --key to sign with");
  return { key: new TextEncoder().encode(secret), algorithm: "HS256" };
}

/** @throws Error that says what is wrong with what was given. */
function tokenOf({ name, subject = randomUUID(), hours, key, operator: isOperator }: Flags): Promise<string> {
  const seconds = Number(hours) * SECONDS_PER_HOUR;
  if (name === undefined) throw new Error("give the player's name");
  if (!(seconds > 0)) throw new Error(`--hours ${hours} is no time`);
  const { TOKEN_SECRET, TOKEN_AUDIENCE: audience } = readSettings(process.env);
  return signToken({ ...keyAndAlgorithm(key, TOKEN_SECRET), audience, subject, name, seconds, isOperator });
}

try {
  const flags = readFlags();
  process.stdout.write(flags.help ? USAGE : `${await tokenOf(flags)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 1;
}
