/** The load of `npm run bench:server`, in a process of its own: joins, answers frames with inputs, keeps score. */
import { PROTOCOL_VERSION } from "../../../../shared/engine/protocol/version.ts";
import { micros, type Percentiles, percentiles } from "../percentiles.ts";
import { type Contender, type Load, NATURES } from "./contender.ts";
import { RawClient } from "./raw-client.ts";
import { PhalanxSpeaker, PlainSpeaker, type Speaker } from "./speaker.ts";

const JOINS_AT_ONCE = 64;

/** What the generator measured. */
export interface Score {
  readonly clients: number;
  /** Frames a client and second received: the tick rate that was held. */
  readonly tickRate: number;
  readonly bytesDownPerSecond: number;
  readonly bytesUpPerSecond: number;
  /** Messages a client and second sent. */
  readonly saidPerSecond: number;
  /** Between two frames of a client; null when hardly any came. */
  readonly interArrival: Percentiles | null;
  /** From an input's leaving to the frame that has it; null where inputs are not said, or cannot be found in frames. */
  readonly inputToFrame: Percentiles | null;
  /** Share of one core that this process needed: near 1, the generator was the limit. */
  readonly generatorLoad: number;
}

class Crowd {
  readonly #contender: Contender;
  readonly #port: number;
  readonly #load: Load;
  readonly #speaker: Speaker;
  readonly #clients: RawClient[] = [];
  readonly #gaps = micros();
  readonly #latencies = micros();
  #isMeasuring = false;
  #frames = 0;
  #said = 0;
  #bytesUp = 0;

  constructor(contender: Contender, port: number, load: Load) {
    this.#contender = contender;
    this.#port = port;
    this.#load = load;
    const { speech, manner } = NATURES[contender];
    this.#speaker = speech === "phalanx" ? new PhalanxSpeaker(manner, load) : new PlainSpeaker(speech, load);
  }

  async join(): Promise<void> {
    const { rooms, perRoom } = this.#load;
    const { speech } = NATURES[this.#contender];
    if (speech === "tcp" || speech === "websocket") {
      for (let i = 0; i < rooms * perRoom; i++) this.#add("/", i);
      return;
    }
    const queue = Array.from({ length: rooms }, (_, room) => room);
    const work = async (): Promise<void> => {
      for (let room = queue.pop(); room !== undefined; room = queue.pop()) await this.#fillRoom(room);
    };
    await Promise.all(Array.from({ length: JOINS_AT_ONCE }, work));
  }

  async measure(): Promise<Score> {
    const before = process.cpuUsage();
    const started = performance.now();
    const downBefore = this.#bytesDown();
    this.#frames = 0;
    this.#said = 0;
    this.#bytesUp = 0;
    this.#gaps.reset();
    this.#latencies.reset();
    this.#isMeasuring = true;
    process.send!("measuring");
    await sleep(this.#load.seconds);
    this.#isMeasuring = false;
    process.send!("measured");
    const seconds = (performance.now() - started) / 1000;
    const clients = this.#clients.length;
    const { user, system } = process.cpuUsage(before);
    return {
      clients,
      tickRate: this.#frames / clients / seconds,
      bytesDownPerSecond: (this.#bytesDown() - downBefore) / clients / seconds,
      bytesUpPerSecond: this.#bytesUp / clients / seconds,
      saidPerSecond: this.#said / clients / seconds,
      interArrival: percentiles(this.#gaps),
      inputToFrame: percentiles(this.#latencies),
      generatorLoad: (user + system) / 1e6 / seconds,
    };
  }

  #bytesDown(): number {
    return this.#clients.reduce((sum, { bytesDown }) => sum + bytesDown, 0);
  }

  async #fillRoom(room: number): Promise<void> {
    const options = { plane: "lockstep", protocol: PROTOCOL_VERSION };
    const wishes = NATURES[this.#contender].speech === "phalanx" ? options : {};
    const { perRoom } = this.#load;
    const first = await this.#matchmake("create/room", wishes, room * perRoom);
    for (let i = 1; i < perRoom; i++) await this.#matchmake(`joinById/${first}`, wishes, room * perRoom + i);
  }

  async #matchmake(call: string, wishes: object, id: number): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/matchmake/${call}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wishes),
    });
    const { roomId, sessionId, processId, error } = (await response.json()) as Record<string, string>;
    if (roomId === undefined) throw new Error(`${this.#contender}: ${call} was refused: ${error}`);
    // Node takes one new connection a turn of its loop: whoever does not wait fills the kernel's queue of them.
    await this.#add(`/${processId}/${roomId}?sessionId=${sessionId}`, id).opened;
    return roomId;
  }

  #add(path: string, id: number): RawClient {
    const { speech } = NATURES[this.#contender];
    const onMessage = (client: RawClient, message: Buffer): void => this.#take(client, message);
    const client = new RawClient({ port: this.#port, speech, path, id, onMessage });
    this.#clients.push(client);
    return client;
  }

  #take(client: RawClient, message: Buffer): void {
    if (!this.#speaker.hear(client, message)) return;
    const now = performance.now();
    const spent = (since: number): number => Math.max(1, Math.round((now - since) * 1000));
    if (this.#isMeasuring) {
      this.#frames++;
      if (client.lastFrameAt > 0) this.#gaps.recordValue(spent(client.lastFrameAt));
    }
    client.lastFrameAt = now;
    if (client.sentAt > 0 && this.#speaker.isEchoed(client, message)) {
      if (this.#isMeasuring) this.#latencies.recordValue(spent(client.sentAt));
      client.sentAt = 0;
    }
    const turn = client.turn;
    for (const frame of this.#speaker.say(client, message)) {
      this.#said++;
      this.#bytesUp += frame.length;
      client.send(frame);
    }
    if (client.turn !== turn && client.sentAt === 0) client.sentAt = now;
  }
}

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const [contender, port, text] = process.argv.slice(2) as [Contender, string, string];
const load: Load = JSON.parse(text);
const crowd = new Crowd(contender, Number(port), load);
process.once("disconnect", () => process.exit(0));
await crowd.join();
await sleep(load.warmSeconds);
// It measures again as often as it is asked to.
for (;;) {
  const asked = new Promise((resolve) => process.once("message", resolve));
  process.send!({ score: await crowd.measure() });
  await asked;
}
