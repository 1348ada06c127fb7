/** The server under attack, as an attacker knows it: where it is, which tokens there are, and how to take a seat. */
import { request } from "node:http";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { RawConnection } from "./raw-connection.ts";

export interface Seat {
  readonly roomId: string;
  readonly processId: string;
  readonly sessionId: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

export interface Ask {
  readonly options?: object;
  readonly token?: string | undefined;
  readonly from?: string;
  readonly headers?: Record<string, string>;
}

export class Target {
  readonly port: number;
  /** By what is right or wrong with them; "valid" is Ada's. */
  readonly tokens: Readonly<Record<string, string>>;
  /** A room that attackers may join; the watched match is another one. */
  readonly roomId: string;

  constructor(port: number, tokens: Readonly<Record<string, string>>, roomId: string) {
    this.port = port;
    this.tokens = tokens;
    this.roomId = roomId;
  }

  /** Matchmaking as the SDK does it: `joinOrCreate/tag`, say. */
  ask(path: string, { options = {}, token = this.tokens.valid, from = "127.0.0.1", headers = {} }: Ask = {}) {
    const body = JSON.stringify(options);
    return new Promise<Answer>((resolve) => {
      const asking = request(
        {
          port: this.port,
          host: "127.0.0.1",
          localAddress: from,
          path: `/matchmake/${path}`,
          method: "POST",
          agent: false,
          headers: {
            ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
            ...headers,
          },
        },
        (response) => {
          let text = "";
          response.on("data", (bytes: Buffer) => {
            text += bytes;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
        },
      );
      asking.on("error", () => resolve({ status: 0, body: "" }));
      asking.end(body);
    });
  }

  /** A place to look on from, so that the room is never full; or to play from, in any room. @throws Error when refused. */
  async reserve(plane: "lockstep" | "stream" = "lockstep", ask: Ask = {}): Promise<Seat> {
    const watch = plane === "lockstep";
    const options = { plane, protocol: PROTOCOL_VERSION, watch, ...ask.options };
    const { status, body } = await this.ask(watch ? `joinById/${this.roomId}` : "joinOrCreate/tag", {
      ...ask,
      options,
    });
    if (status !== 200) throw new Error(`no seat: ${status} ${body}`);
    return JSON.parse(body) as Seat;
  }

  /** The head of a handshake for a seat. */
  handshakeFor({ processId, roomId, sessionId }: Seat, token = this.tokens.valid): string {
    const path = `/${processId}/${roomId}?sessionId=${sessionId}${token === "" ? "" : `&_authToken=${token}`}`;
    return handshake({}, path);
  }

  /** An open WebSocket to a seat: the server has offered the join. @throws Error when it does not come to that. */
  async enter(seat: Seat, from?: string): Promise<RawConnection> {
    const connection = await RawConnection.open(this.port, from);
    connection.write(this.handshakeFor(seat));
    if (!(await connection.until(() => connection.frames.length > 0, 4000)))
      throw new Error(`the join was not offered: ${connection.text}`);
    return connection;
  }
}

/** The head of a request; a header that is undefined is left out. */
export function head(line: string, headers: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return `${[`${line} HTTP/1.1`, ...given.map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`;
}

/** A right handshake but for what is given; "/" is Colyseus's measurement of latency. */
export const handshake = (headers: Readonly<Record<string, string | undefined>> = {}, path = "/"): string =>
  head(`GET ${path}`, {
    Host: "game.example",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": KEY,
    ...headers,
  });
