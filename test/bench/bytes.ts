/** Section: bytes per client per second of arena, by both planes and in both directions, beside naive frames. */

import { INT_WIRES } from "../../shared/engine/bytes/int-wire.ts";
import type { InputCodec } from "../../shared/engine/codec/input-codec.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { BotTurn } from "../../shared/engine/game/bot-turn.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { Down } from "../../shared/engine/protocol/down.ts";
import { Up } from "../../shared/engine/protocol/up.ts";
import { arena } from "../../shared/games/arena/arena.ts";
import type { Input } from "../../shared/games/arena/schema.ts";
import { Table } from "../kit/memory/table.ts";
import { floorOf, type Row, Samples, type Section } from "./row.ts";
import { openStream } from "./stream.ts";
import { Watcher, watchedMatch } from "./watchers.ts";

const SEATS = 8;
const TICKS = 2400;
const SEEDS = [1, 2, 3, 4, 5];
const ONE_WAY_MS = 75;
const JITTER_MS = 10;

/** Colyseus's opcode and message type. WebSocket and TCP headers come on top of every row alike. */
const ENVELOPE_BYTES = 2;
const TICK_BYTES = 4;
/** The naive client says for which tick, and everything it wants, in every tick. */
const LEAST_RATIO = 2;

type Name = "frames" | "busy" | "stream" | "up" | "upAlone" | "messages" | "pings";

const perSecond = (count: number): number => (count / TICKS) * arena.tickRate;

/** Every field at its declared width; a boolean is a byte. */
function inputBytes(codec: InputCodec<Input>): number {
  let bytes = 0;
  for (const { type } of codec.fields)
    bytes += type.kind === "int" ? INT_WIRES[type.wire].bits / 8 : type.kind === "float64" ? 8 : 1;
  return bytes;
}

/** Bots in the server; every tick also goes out as a schema patch. */
function measureDown(seed: number, samples: Samples<Name>): void {
  const { match, watchers } = watchedMatch(arena, { seed, bots: SEATS, count: 1 });
  const stream = openStream(match);
  let bytes = 0;
  for (let i = 0; i < TICKS; i++) bytes += stream.tick().bytes;
  if (watchers[0]!.frames !== TICKS) throw new Error(`${watchers[0]!.frames} frames came of ${TICKS}`);
  samples.add("frames", perSecond(watchers[0]!.frameBytes));
  samples.add("stream", perSecond(bytes));
}

/** The worst hands there are: the bots' decisions, but every aim moves in every tick, as under a mouse. */
function measureBusy(seed: number, samples: Samples<Name>): void {
  const { match, watchers } = watchedMatch(arena, { seed, bots: 0, count: 1 });
  const random = new WorldRandom(seed);
  const players = Array.from({ length: SEATS }, (_, i) => new Watcher(`player:${i}`));
  for (const { id } of players) match.takeSeat({ kind: "player", id, name: id });
  for (let tick = 0; tick < TICKS; tick++) {
    for (let seat = 0; seat < SEATS; seat++) {
      const input = arena.bot!(match.world.state, seat, new BotTurn(arena, random).begin(tick));
      match.intake.hold(seat, { ...input, aim: (input.aim + random.int(1, 9)) & 255 });
    }
    match.closeTick();
  }
  samples.add("busy", perSecond(watchers[0]!.frameBytes));
}

/** One real client runtime plays the bot from afar, among seven bots of the server. */
function measureUp(seed: number, samples: Samples<Name>): void {
  const table = new Table({
    game: arena,
    seed,
    bots: SEATS,
    network: () => ({ delayMs: ONE_WAY_MS, jitterMs: JITTER_MS }),
    script: (state, seat, tick, random) => arena.bot!(state, seat, new BotTurn(arena, random).begin(tick)),
  });
  const player = table.add();
  const bytesOf = new Map<number, number>();
  let messages = 0;
  let pings = 0;
  const { up, down } = player;
  const [sendUp, sendDown] = [up.send.bind(up), down.send.bind(down)];
  up.send = (message, now) => {
    messages++;
    bytesOf.set(message.type, (bytesOf.get(message.type) ?? 0) + message.bytes.length + ENVELOPE_BYTES);
    sendUp(message, now);
  };
  down.send = (packet, now) => {
    if (packet[0] === Down.pong) pings += packet.length - 1 + ENVELOPE_BYTES;
    sendDown(packet, now);
  };
  table.runTo(TICKS);
  if (player.differed > 0 || player.closedWith !== undefined) throw new Error("the client did not play along");
  const of = (type: number): number => perSecond(bytesOf.get(type) ?? 0);
  samples.add("up", of(Up.input) + of(Up.ping) + of(Up.hash));
  samples.add("upAlone", of(Up.ping) + of(Up.hash));
  samples.add("messages", perSecond(messages));
  samples.add("pings", perSecond(pings));
}

export function measureBytes(): Section {
  const samples = new Samples<Name>();
  for (const seed of SEEDS) {
    measureDown(seed, samples);
    measureBusy(seed, samples);
    measureUp(seed, samples);
  }
  const width = inputBytes(inputCodecOf(arena.input));
  const naiveDown = arena.tickRate * (ENVELOPE_BYTES + TICK_BYTES + SEATS * width);
  const naiveUp = arena.tickRate * (ENVELOPE_BYTES + TICK_BYTES + width);
  const always = (value: number): number[] => SEEDS.map(() => value);
  const against = (name: Name, floorName: string, floor: readonly number[]) => ({
    ours: samples.spread(name),
    unit: "B/s",
    floor: floorOf(floorName, floor, samples.of(name)),
  });
  const plain = (name: Name, unit = "B/s") => ({ ours: samples.spread(name), unit });
  const naive = `naive frames, a uint32 tick and ${SEATS} x ${width} B of input, + ${ENVELOPE_BYTES} B envelope`;
  const down = against("frames", naive, always(naiveDown));
  const rows: Row[] = [
    {
      name: "frames",
      ...down,
      aim: { text: `> ${LEAST_RATIO} x`, isMet: down.floor.ratio.median > LEAST_RATIO },
      about: `every Down.frame of ${TICKS} ticks (tick, events, digest every quarter second, inputs as deltas, envelope)`,
    },
    {
      name: "frames beside schema patches",
      ...against("frames", "the stream plane in the same match", samples.of("stream")),
      about: "the same frames; the patches are the whole world for a stock SDK client, opcode included",
    },
    {
      name: "frames, every aim moves every tick",
      ...against("busy", naive, always(naiveDown)),
      about: "the worst hands: the bots' decisions with every seat's aim changed in every tick",
    },
    {
      name: "answers to pings",
      ...plain("pings"),
      about: "Down.pong of one client, envelope included; on top of its frames",
    },
    {
      name: "upstream",
      ...against("up", `a uint32 tick and the whole input (${width} B) in every tick, + envelope`, always(naiveUp)),
      about: `a LockstepClient that plays arena's bot over ${2 * ONE_WAY_MS} ms round trip: inputs on change and as heartbeats, with pings and digests on them; envelopes`,
    },
    { name: "- alone", ...plain("upAlone"), about: "of it pings and digests that rode on no input" },
    { name: "messages up", ...plain("messages", "/s"), about: "messages a second of that client; naive: one a tick" },
  ];
  return {
    title: `bytes: arena, ${SEATS} players, ${arena.tickRate} Hz, per client and second, ${SEEDS.length} seeds`,
    rows,
  };
}
