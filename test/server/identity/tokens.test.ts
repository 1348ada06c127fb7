/** Tokens by secret, by public key and by a set of keys; `npm run token` makes what the server takes. */
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, SignJWT } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { readSettings, SettingError } from "../../../server/config/settings.ts";
import { Tokens } from "../../../server/identity/tokens.ts";
import { TYPESCRIPT } from "../../kit/typescript.ts";

const SECRET = "a secret of at least thirty-two characters";
const folder = mkdtempSync(join(tmpdir(), "phalanx-tokens-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed = generateKeyPairSync("ed25519");
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const pem = (name: string, key: KeyObject): string =>
  file(name, key.export({ format: "pem", type: key.type === "public" ? "spki" : "pkcs8" }) as string);
const tokensOf = (environment: Record<string, string>): Tokens => new Tokens(readSettings(environment));
const sign = (alg: string, key: KeyObject | Uint8Array, kid?: string): Promise<string> =>
  new SignJWT({ name: "Ada" })
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .setSubject("ada")
    .setAudience("phalanx")
    .setExpirationTime("1h")
    .sign(key);

const ADA = { subject: "ada", name: "Ada" };

it("without a key everybody is a guest", async () => {
  const tokens = tokensOf({});
  expect(tokens.isRequired).toBe(false);
  expect(await tokens.identify("whatever")).toEqual({});
});

it("a secret is for HS256", async () => {
  const tokens = tokensOf({ TOKEN_SECRET: SECRET });
  expect(await tokens.identify(await sign("HS256", new TextEncoder().encode(SECRET)))).toEqual(ADA);
  expect(await tokens.identify(undefined)).toBeUndefined();
});

describe.each([
  ["RS256", rsa],
  ["EdDSA", ed],
] as const)("%s", (algorithm, { publicKey, privateKey }) => {
  const TOKEN_KEY = pem(`${algorithm}.pub`, publicKey);

  it("by a public key", async () => {
    expect(await tokensOf({ TOKEN_KEY }).identify(await sign(algorithm, privateKey))).toEqual(ADA);
  });

  it("not with the public key as a secret, which everybody knows", async () => {
    const known = new TextEncoder().encode(publicKey.export({ format: "pem", type: "spki" }) as string);
    expect(await tokensOf({ TOKEN_KEY }).identify(await sign("HS256", known))).toBeUndefined();
  });

  it("by a set of keys", async () => {
    const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: algorithm };
    const TOKEN_JWKS = file(`${algorithm}.json`, JSON.stringify({ keys: [jwk] }));
    const tokens = tokensOf({ TOKEN_JWKS });
    expect(await tokens.identify(await sign(algorithm, privateKey, "one"))).toEqual(ADA);
    expect(await tokens.identify(await sign(algorithm, privateKey, "two"))).toBeUndefined();
  });

  it("as `npm run token` signs it", async () => {
    const key = pem(`${algorithm}.key`, privateKey);
    const token = execFileSync(
      process.execPath,
      [...TYPESCRIPT, "server/cli/token.ts", "--name", "Ada", "--subject", "ada", "--key", key],
      { encoding: "utf8" },
    );
    expect(await tokensOf({ TOKEN_KEY }).identify(token.trim())).toEqual(ADA);
  });
});

it.each([
  [{ TOKEN_KEY: "nowhere.pem" }, /^TOKEN_KEY=nowhere.pem cannot be used: ENOENT/],
  [{ TOKEN_KEY: pem("ec.pub", ec.publicKey) }, /^TOKEN_KEY=.* cannot be used: a key of type ec signs no tokens here/],
  [{ TOKEN_JWKS: file("junk.json", "{}") }, /^TOKEN_JWKS=.* cannot be used: /],
  [
    { TOKEN_KEY: pem("both.pub", ed.publicKey), TOKEN_JWKS: file("none.json", '{"keys":[]}') },
    "two keys are set for EdDSA tokens; give one of them",
  ],
])("%o is refused by name", (environment, message) => {
  expect(() => tokensOf(environment as Record<string, string>)).toThrow(message);
  expect(() => tokensOf(environment as Record<string, string>)).toThrow(SettingError);
});

it("`npm run token` without a secret says what to do", () => {
  const { status, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, "server/cli/token.ts", "--name", "Ada"], {
    encoding: "utf8",
    env: { ...process.env, TOKEN_SECRET: "" },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^there is no TOKEN_SECRET and no --key to sign with\nUsage: TOKEN_SECRET=/);
});
