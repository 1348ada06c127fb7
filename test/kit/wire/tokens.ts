/** The tokens of the abuse suite: one that is right, and each kind of wrong one. */
import { generateKeyPairSync } from "node:crypto";
import { SignJWT, UnsecuredJWT } from "jose";

export const SECRET = "a secret of the abuse suite, 32+ characters";
const AUDIENCE = "phalanx";

interface Claims {
  readonly subject?: string;
  readonly audience?: string;
  readonly expires?: string | undefined;
  readonly notBefore?: string;
  readonly secret?: string;
  readonly algorithm?: string;
}

function sign(claims: Claims = {}): Promise<string> {
  const { subject = "ada", audience = AUDIENCE, expires = "1h", secret = SECRET, algorithm = "HS256" } = claims;
  const token = new SignJWT({ name: "Ada" }).setProtectedHeader({ alg: algorithm }).setAudience(audience);
  if (subject !== "") token.setSubject(subject);
  if (expires !== "never") token.setExpirationTime(expires);
  if (claims.notBefore !== undefined) token.setNotBefore(claims.notBefore);
  return token.sign(new TextEncoder().encode(secret));
}

/** Changes the payload and leaves the signature. */
function tamper(token: string): string {
  const [head, , signature] = token.split(".");
  const payload = Buffer.from(JSON.stringify({ sub: "root", aud: AUDIENCE, exp: 4_000_000_000 })).toString("base64url");
  return `${head}.${payload}.${signature}`;
}

export async function makeTokens(): Promise<Record<string, string>> {
  const valid = await sign();
  const { privateKey } = generateKeyPairSync("ed25519");
  const edDsa = new SignJWT({ sub: "ada", aud: AUDIENCE }).setProtectedHeader({ alg: "EdDSA" }).setExpirationTime("1h");
  return {
    valid,
    "none at all": "",
    "of somebody else": await sign({ subject: "bob" }),
    expired: await sign({ expires: "-1h" }),
    "for another audience": await sign({ audience: "chess" }),
    "not valid yet": await sign({ notBefore: "1h" }),
    "without a subject": await sign({ subject: "" }),
    "that never expires": await sign({ expires: "never" }),
    "signed with another secret": await sign({ secret: "another secret of 32 characters and more" }),
    "signed with another algorithm": await sign({
      algorithm: "HS512",
      secret: "a longer secret, for the algorithm wants at least 64 bytes of it".padEnd(80, "."),
    }),
    "of an algorithm that has no key here": await edDsa.sign(privateKey),
    "that is not signed (alg: none)": new UnsecuredJWT({ sub: "ada" })
      .setAudience(AUDIENCE)
      .setExpirationTime("1h")
      .encode(),
    "whose payload was changed": tamper(valid),
    "cut in half": valid.slice(0, valid.length / 2),
    "that is no token": "junk",
    "of three dots": "...",
    "far too long": "a".repeat(3000),
  };
}
