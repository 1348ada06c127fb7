/** The signing of a player's token: what `npm run token` prints, and what bots show to a server that requires one. */
import type { KeyObject } from "node:crypto";
import { SignJWT } from "jose";

export interface TokenClaims {
  /** A shared secret as bytes, or a private key. */
  readonly key: KeyObject | Uint8Array;
  readonly algorithm: string;
  readonly audience: string;
  /** The player, for the server: two tokens with the same subject are the same player. */
  readonly subject: string;
  /** The name that others read. */
  readonly name: string;
  /** How long it is valid, from now on. */
  readonly seconds: number;
  readonly isOperator?: boolean;
}

export function signToken(claims: TokenClaims): Promise<string> {
  const { key, algorithm, audience, subject, name, seconds, isOperator = false } = claims;
  return new SignJWT({ name, ...(isOperator ? { role: "operator" } : {}) })
    .setProtectedHeader({ alg: algorithm })
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000 + seconds))
    .sign(key);
}
