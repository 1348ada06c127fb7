/**
 * The identity of a player: a signed token (JWT), by a shared secret, a public key, or a set of keys; or a guest, where
 * none is set.
 */
import { createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { SettingError, type Settings } from "../config/settings.ts";

export interface Identity {
  /** The token's subject; undefined for a guest. */
  readonly subject?: string;
  /** What the token says the player is called. */
  readonly name?: string;
  /** May see the monitor and `/metrics`, kick and close. */
  readonly isOperator?: boolean;
}

type TokenSettings = Pick<Settings, "TOKEN_SECRET" | "TOKEN_KEY" | "TOKEN_JWKS" | "TOKEN_AUDIENCE">;
type Verify = (token: string) => ReturnType<typeof jwtVerify>;

const LONGEST_TOKEN = 2048;
const CLOCK_TOLERANCE_SECONDS = 5;

/** The one algorithm a public key is for: a token must not choose. @throws Error for other kinds of keys. */
export function algorithmOf({ asymmetricKeyType }: KeyObject): "RS256" | "EdDSA" {
  if (asymmetricKeyType === "rsa") return "RS256";
  if (asymmetricKeyType === "ed25519") return "EdDSA";
  throw new Error(`a key of type ${asymmetricKeyType} signs no tokens here; give RSA or Ed25519`);
}

/** @throws SettingError that names the setting when its file cannot be read. */
function fromFile<T>(setting: keyof TokenSettings, path: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(path, "utf8"));
  } catch (error) {
    throw new SettingError(`${setting}=${path} cannot be used: ${(error as Error).message}`);
  }
}

export class Tokens {
  readonly #verify = new Map<string, Verify>();
  readonly #onRefused: (why: string) => void;

  /**
   * @param onRefused is told why a token is none, in the words of the library that has read it; nothing of the token.
   * @throws SettingError when a key cannot be read, or two of them are for one algorithm.
   */
  constructor(settings: TokenSettings, onRefused: (why: string) => void = () => {}) {
    const { TOKEN_SECRET, TOKEN_KEY, TOKEN_JWKS, TOKEN_AUDIENCE } = settings;
    this.#onRefused = onRefused;
    const add = (algorithm: string, key: KeyObject | Uint8Array | JWTVerifyGetKey): void => {
      if (this.#verify.has(algorithm))
        throw new SettingError(`two keys are set for ${algorithm} tokens; give one of them`);
      const options = {
        algorithms: [algorithm],
        audience: TOKEN_AUDIENCE,
        requiredClaims: ["sub", "exp"],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      };
      this.#verify.set(algorithm, (token) =>
        typeof key === "function" ? jwtVerify(token, key, options) : jwtVerify(token, key, options),
      );
    };
    if (TOKEN_SECRET !== "") add("HS256", new TextEncoder().encode(TOKEN_SECRET));
    if (TOKEN_KEY !== "") {
      const [algorithm, key] = fromFile("TOKEN_KEY", TOKEN_KEY, (pem) => {
        const publicKey = createPublicKey(pem);
        return [algorithmOf(publicKey), publicKey] as const;
      });
      add(algorithm, key);
    }
    if (TOKEN_JWKS !== "") {
      const set = fromFile("TOKEN_JWKS", TOKEN_JWKS, (text) => createLocalJWKSet(JSON.parse(text) as JSONWebKeySet));
      for (const algorithm of ["RS256", "EdDSA"]) add(algorithm, set);
    }
  }

  get isRequired(): boolean {
    return this.#verify.size > 0;
  }

  /** The identity behind a token; undefined when one is needed and this is none that is valid now. */
  async identify(token: string | null | undefined): Promise<Identity | undefined> {
    if (!this.isRequired) return {};
    if (!token || token.length > LONGEST_TOKEN) return this.#refuse(token ? "it is too long" : "there was none");
    try {
      const { payload } = await this.#verify.get(decodeProtectedHeader(token).alg ?? "")!(token);
      const { sub, name, role } = payload;
      const isOperator = role === "operator";
      return { subject: sub!, ...(typeof name === "string" ? { name } : {}), ...(isOperator ? { isOperator } : {}) };
    } catch (error) {
      return this.#refuse(
        error instanceof errors.JOSEError ? error.message : "it cannot be read, or no key is for its kind",
      );
    }
  }

  #refuse(why: string): undefined {
    this.#onRefused(why);
    return undefined;
  }
}
