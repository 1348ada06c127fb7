/** The load of `npm run bench:server`, in a process of its own: joins, answers frames with inputs, keeps score. */
import { build, type Histogram } from "hdr-histogram-js";
import { BitWriter } from "../../../shared/engine/codec/bits.ts";
import { ByteReader, ByteWriter } from "../../../shared/engine/codec/bytes.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { type Contender, INPUT_BYTES, type Load, SPEECH } from "./contender.ts";
import { clientFrame, RawClient } from "./raw-client.ts";

const BYTES_MESSAGE = 17;
const JOIN = 10;
const PATCH = 15;
const JOINS_AT_ONCE = 16;

/** What the generator measured. */
export interface Score {
  readonly clients: number;
  /** Frames a client and second received: the tick rate that was held. */
  readonly tickRate: number;
  readonly bytesDownPerSecond: number;
  readonly bytesUpPerSecond: number;
  /** Milliseconds between two frames of a client. */
  readonly interArrival: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Share of one core that this process needed: near 1, the generator was the limit. */
  readonly generatorLoad: number;
}

class Crowd {
  readonly #contender: Contender;
  readonly #port: number;
  readonly #load: Load;
  readonly #clients: RawClient[] = [];
  readonly #gaps: Histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 });
  readonly #out = new ByteWriter();
  readonly #inputs: Uint8Array[];
  readonly #plainInput = Uint8Array.from({ length: INPUT_BYTES }, (_, i) => i);
  #isMeasuring = false;
  #frames = 0;
  #bytesUp = 0;

  constructor(contender: Contender, port: number, load: Load) {
    this.#contender = contender;
    this.#port = port;
    this.#load = load;
    this.#inputs = inputsOfArena();
  }

  async join(): Promise<void> {
    const { rooms, perRoom } = this.#load;
    const speech = SPEECH[this.#contender];
    if (speech === "tcp" || speech === "websocket") {
      for (let i = 0; i < rooms * perRoom; i++) this.#add("/");
      return;
    }
    const queue = Array.from({ length: rooms }, (_, room) => room);
    const work = async (): Promise<void> => {
      while (queue.pop() !== undefined) await this.#fillRoom();
    };
    await Promise.all(Array.from({ length: JOINS_AT_ONCE }, work));
  }

  async measure(): Promise<Score> {
    await sleep(this.#load.warmSeconds);
    const before = process.cpuUsage();
    const started = performance.now();
    const downBefore = this.#bytesDown();
    this.#frames = 0;
    this.#bytesUp = 0;
    this.#isMeasuring = true;
    process.send!("measuring");
    await sleep(this.#load.seconds);
    this.#isMeasuring = false;
    process.send!("measured");
    const seconds = (performance.now() - started) / 1000;
    const clients = this.#clients.length;
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (percentile: number): number => this.#gaps.getValueAtPercentile(percentile) / 1000;
    return {
      clients,
      tickRate: this.#frames / clients / seconds,
      bytesDownPerSecond: (this.#bytesDown() - downBefore) / clients / seconds,
      bytesUpPerSecond: this.#bytesUp / clients / seconds,
      interArrival: { p50: milliseconds(50), p99: milliseconds(99), max: this.#gaps.maxValue / 1000 },
      generatorLoad: (user + system) / 1e6 / seconds,
    };
  }

  #bytesDown(): number {
    return this.#clients.reduce((sum, { bytesDown }) => sum + bytesDown, 0);
  }

  async #fillRoom(): Promise<void> {
    const options = { plane: "lockstep", protocol: PROTOCOL_VERSION };
    const wishes = SPEECH[this.#contender] === "phalanx" ? options : {};
    const first = await this.#matchmake("create/room", wishes);
    for (let i = 1; i < this.#load.perRoom; i++) await this.#matchmake(`joinById/${first}`, wishes);
  }

  async #matchmake(call: string, wishes: object): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/matchmake/${call}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wishes),
    });
    const { roomId, sessionId, processId, error } = (await response.json()) as Record<string, string>;
    if (roomId === undefined) throw new Error(`${this.#contender}: ${call} was refused: ${error}`);
    this.#add(`/${processId}/${roomId}?sessionId=${sessionId}`);
    return roomId;
  }

  #add(path: string): void {
    const seed = this.#clients.length;
    let seen = 0;
    this.#clients.push(
      new RawClient({
        port: this.#port,
        speech: SPEECH[this.#contender],
        path,
        onMessage: (client, message) => {
          const tick = this.#tickOf(client, message);
          if (tick === undefined) return;
          this.#count(client);
          if (++seen % this.#load.inputEvery === 0) this.#answer(client, tick, seed + seen);
        },
      }),
    );
  }

  /** The tick of a frame, some number where frames have none; undefined for what is no frame. */
  #tickOf(client: RawClient, message: Buffer): number | undefined {
    const speech = SPEECH[this.#contender];
    if (speech === "tcp" || speech === "websocket") return 0;
    if (message[0] === JOIN) {
      client.send(clientFrame(Uint8Array.of(JOIN)));
      if (speech === "phalanx") client.send(clientFrame(Uint8Array.of(BYTES_MESSAGE, 1, 0)));
      // A room of patches is silent until something changes.
      else this.#answer(client, 0, 0);
      return undefined;
    }
    if (speech === "colyseus") return message[0] === BYTES_MESSAGE || message[0] === PATCH ? 0 : undefined;
    if (message[0] !== BYTES_MESSAGE || message[1] !== 2) return undefined;
    return new ByteReader(message.subarray(2)).uvarint();
  }

  #count(client: RawClient): void {
    const now = performance.now();
    if (this.#isMeasuring) {
      this.#frames++;
      if (client.lastFrameAt > 0) this.#gaps.recordValue(Math.max(1, Math.round((now - client.lastFrameAt) * 1000)));
    }
    client.lastFrameAt = now;
  }

  #answer(client: RawClient, tick: number, turn: number): void {
    const frame = this.#inputFrame(tick, turn);
    this.#bytesUp += frame.length;
    client.send(frame);
  }

  #inputFrame(tick: number, turn: number): Uint8Array {
    switch (SPEECH[this.#contender]) {
      case "tcp":
        return Uint8Array.of(INPUT_BYTES, ...this.#plainInput);
      case "websocket":
        return clientFrame(this.#plainInput);
      case "colyseus":
        return clientFrame(
          Uint8Array.of(BYTES_MESSAGE, 1, turn & 255, (turn >> 8) & 255, ...this.#plainInput.subarray(2)),
        );
      case "phalanx": {
        const out = this.#out.reset();
        out.uint8(BYTES_MESSAGE);
        out.uint8(2);
        out.uvarint(tick + 1);
        out.uvarint(tick);
        out.raw(this.#inputs[turn % this.#inputs.length]!);
        return clientFrame(out.view());
      }
    }
  }
}

/** Some inputs that differ from each other, as bits. */
function inputsOfArena(): Uint8Array[] {
  const codec = inputCodecOf(arena.input);
  return Array.from({ length: 16 }, (_, i) => {
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    const input = { dx: (i % 3) - 1, dy: ((i >> 1) % 3) - 1, aim: i * 16, fire: i % 4 === 0 };
    codec.writeDelta(codec.create(), input as never, bits);
    bits.flush();
    return out.view().slice();
  });
}

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const [contender, port, load] = process.argv.slice(2) as [Contender, string, string];
const crowd = new Crowd(contender, Number(port), JSON.parse(load));
await crowd.join();
process.send!({ score: await crowd.measure() });
process.exit(0);
