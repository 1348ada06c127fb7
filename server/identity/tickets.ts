/** The tickets that give a seat back: signed by the server, so that it has to remember nothing to verify them. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** The content of a ticket. */
export interface Ticket {
  /** The session whose seat it is, as Colyseus names it. */
  readonly session: string;
  /** How often its holder had come in by then, as a new page does; a connection that is made again is no entry. */
  readonly entry: number;
}

const SECRET_BYTES = 32;
/** 192 bits: nobody guesses them. Base64 makes 32 characters of them. */
const SIGNATURE_BYTES = 24;
/** Colyseus sends it with one byte of length in front, the SDK cuts it at ":", and it is part of an address. */
const TICKET = /^([\w-]{1,64})\.([0-9a-z]{1,7})\.([\w-]{32})$/;

/** The session whose seat a ticket is for, if it is valid, which is not checked. */
export function sessionOf(untrusted: unknown): string {
  return typeof untrusted === "string" ? untrusted.split(".", 1)[0]! : "";
}

export class Tickets {
  /** Known to all that are to accept them. Left out: one of this process, so they are good while it lives. */
  secret: Uint8Array;

  constructor(secret: Uint8Array = randomBytes(SECRET_BYTES)) {
    this.secret = secret;
  }

  issue(room: string, { session, entry }: Ticket): string {
    const claim = `${session}.${entry.toString(36)}`;
    return `${claim}.${this.#sign(room, claim).toString("base64url")}`;
  }

  /** The content of a ticket for this room; undefined for anything that was not issued for it. */
  read(room: string, untrusted: unknown): Ticket | undefined {
    const [, session, entry, signature] = (typeof untrusted === "string" && TICKET.exec(untrusted)) || [];
    if (session === undefined || entry === undefined || signature === undefined) return undefined;
    const isOurs = timingSafeEqual(this.#sign(room, `${session}.${entry}`), Buffer.from(signature, "base64url"));
    return isOurs ? { session, entry: Number.parseInt(entry, 36) } : undefined;
  }

  #sign(room: string, claim: string): Buffer {
    const whole = createHmac("sha256", this.secret).update(`${room}/${claim}`).digest();
    return whole.subarray(0, SIGNATURE_BYTES);
  }
}
