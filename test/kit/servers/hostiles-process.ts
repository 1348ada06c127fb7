/** A process of connections from many addresses that do nothing, read nothing or flood; whoever is thrown out comes again. */
import { setPriority } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { BINARY, binary, frame } from "../wire/frames.ts";
import { RawConnection } from "../wire/raw-connection.ts";
import { handshake, head, Target } from "../wire/target.ts";
import { answerCalls } from "./calls.ts";

/** Attackers have machines of their own: here they get what the server and its players leave. */
const LOWEST_PRIORITY = 19;
setPriority(LOWEST_PRIORITY);

/** An address has at most 64 connections. */
const PER_ADDRESS = 40;
const LEAST_AGAIN_MS = 500;
const MOST_AGAIN_MS = 2500;
const READY = binary(17, 1, 0);
/** Some 16 KB in a hundred messages: what a connection may send in a second. */
const FLOOD = Buffer.concat(
  Array.from({ length: 100 }, () => frame(BINARY, Uint8Array.of(17, 2, ...new Uint8Array(60)))),
);

export interface HostileWishes {
  readonly port: number;
  /** The room that those join who read nothing or flood. */
  readonly roomId: string;
  readonly idle: number;
  readonly deaf: number;
  readonly flooding: number;
}

let isOver = false;
const open = new Set<RawConnection>();
const tally = { idle: 0, joined: 0, thrownOut: 0, refused: 0 };

const addressOf = (group: number, i: number): string => `127.0.${group}.${1 + Math.floor(i / PER_ADDRESS)}`;

/** Half of them say nothing at all; the others are WebSockets that send no message. */
async function idle({ port }: HostileWishes, i: number): Promise<void> {
  const connection = await RawConnection.open(port, addressOf(10, i));
  open.add(connection);
  if (i % 2 === 0) connection.write(handshake());
  tally.idle++;
  await gone(connection);
}

async function join({ port, roomId }: HostileWishes, from: string): Promise<RawConnection | undefined> {
  const target = new Target(port, { valid: "" }, roomId);
  try {
    const connection = await target.enter(await target.reserve("lockstep", { from }), from);
    open.add(connection);
    connection.write(binary(10));
    tally.joined++;
    return connection;
  } catch {
    tally.refused++;
    return undefined;
  }
}

/** Asks for every frame, and reads none. */
async function deaf(wishes: HostileWishes, i: number): Promise<void> {
  const connection = await join(wishes, addressOf(20, i));
  if (connection === undefined) return;
  connection.write(READY);
  connection.pause();
  // Who reads nothing hears of no end: by then the server has given it up.
  await Promise.race([gone(connection), after(10_000)]);
  connection.end();
}

/** Sends as much as the socket takes until it is thrown out. */
async function flood(wishes: HostileWishes, i: number): Promise<void> {
  const connection = await join(wishes, addressOf(30, i));
  if (connection === undefined) return;
  while (!connection.isClosed && !isOver) {
    for (let burst = 0; burst < 20; burst++) connection.write(FLOOD);
    connection.write(head("GET /", { Host: "x" }));
    await after(1);
  }
  await gone(connection);
}

async function gone(connection: RawConnection): Promise<void> {
  while (!connection.isClosed && !isOver) await after(100);
  if (!isOver) tally.thrownOut++;
  open.delete(connection);
  connection.end();
}

async function forever(act: () => Promise<void>): Promise<void> {
  while (!isOver) {
    await act();
    await after(LEAST_AGAIN_MS + Math.random() * (MOST_AGAIN_MS - LEAST_AGAIN_MS));
  }
}

const CALLS = {
  begin(wishes: HostileWishes): void {
    const each = (count: number, act: (wishes: HostileWishes, i: number) => Promise<void>): void => {
      for (let i = 0; i < count; i++) void forever(() => act(wishes, i));
    };
    each(wishes.idle, idle);
    each(wishes.deaf, deaf);
    each(wishes.flooding, flood);
  },

  /** What they have done so far, and how many connections they have. */
  stand: () => ({ ...tally, open: open.size }),

  end(): void {
    isOver = true;
    for (const connection of open) connection.end();
    open.clear();
  },
};

export type HostileCalls = typeof CALLS;

answerCalls(CALLS);
