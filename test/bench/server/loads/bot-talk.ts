/**
 * The talk of the clients of arena's bots: recorded from real client runtimes in memory, and repeated by the generator.
 */
import { inputCodecOf } from "../../../../shared/engine/codec/input-codec.ts";
import { BotTurn } from "../../../../shared/engine/game/bot-turn.ts";
import { Up, UpEncoder, type UpMessage } from "../../../../shared/engine/protocol/up.ts";
import { UpDecoder } from "../../../../shared/engine/protocol/up-decoder.ts";
import { arena } from "../../../../shared/games/arena/arena.ts";
import { Table } from "../../../kit/memory/table.ts";

const SEED = 11;
const WARM_UP_TICKS = 200;
const RECORDED_TICKS = 400;
/** A good line, and a page that draws 60 times a second. */
const LINE = { delayMs: 20, jitterMs: 5 };
const DRAW_MS = 1000 / 60;

const codec = inputCodecOf(arena.input);
type Message = UpMessage<ReturnType<typeof codec.create>>;

/** One message, and the open tick at which it came. */
interface Said {
  readonly message: Message;
  readonly open: number;
}

/** One message said again; `tick` is the one that an input is for. */
export interface Spoken {
  readonly type: number;
  readonly tick: number;
  readonly bytes: Uint8Array;
}

const NOTHING: readonly Spoken[] = [];

export class BotTalk {
  /** By player and tick. */
  readonly #said: readonly (readonly Said[])[][];
  readonly #encoder = new UpEncoder(codec);

  constructor(players: number) {
    const table = new Table({
      game: arena,
      seed: SEED,
      network: () => LINE,
      drawMs: DRAW_MS,
      script: (state, seat, tick, random) => arena.bot!(state, seat, new BotTurn(arena, random).begin(tick)),
    });
    const seated = Array.from({ length: Math.min(players, arena.seats.max) }, () => table.add());
    const said = seated.map(() => Array.from({ length: RECORDED_TICKS }, (): Said[] => []));
    const receive = table.match.sessions.receive.bind(table.match.sessions);
    table.match.sessions.receive = (peer, type, bytes, moment) => {
      const open = table.match.world.tick;
      if (open >= WARM_UP_TICKS && open < WARM_UP_TICKS + RECORDED_TICKS)
        said[seated.indexOf(peer as never)]![open - WARM_UP_TICKS]!.push({
          // A decoder of its own, because it gives its input away only once.
          message: new UpDecoder(codec).decode(type, bytes),
          open,
        });
      return receive(peer, type, bytes, moment);
    };
    table.runTo(WARM_UP_TICKS + RECORDED_TICKS);
    this.#said = said;
  }

  /** Messages of one client in a second. */
  get perSecond(): number {
    const all = this.#said.flat().reduce((sum, { length }) => sum + length, 0);
    return (all / this.#said.length / RECORDED_TICKS) * arena.tickRate;
  }

  /**
   * What a client says while `open` is the open tick.
   *
   * @param later how many ticks later in what was recorded.
   * @param digest the newest digest of the server and its tick, which an honest client has too.
   */
  at(player: number, later: number, open: number, digest: { tick: number; value: number }): readonly Spoken[] {
    const said = this.#said[player % this.#said.length]![(open + later) % RECORDED_TICKS]!;
    return said.length === 0 ? NOTHING : said.flatMap((one) => this.#again(one, open, digest));
  }

  #again({ message, open: at }: Said, open: number, digest: { tick: number; value: number }): Spoken | [] {
    if (message.kind === "ping") return { type: Up.ping, tick: open, bytes: this.#encoder.ping(message.echo) };
    if (message.kind === "hash")
      return { type: Up.hash, tick: open, bytes: this.#encoder.hash(digest.tick, digest.value) };
    if (message.kind !== "input") return [];
    const tick = open + message.tick - at;
    return { type: Up.input, tick, bytes: this.#input(message, tick, open - at, digest) };
  }

  /** An input said again so much later; where a digest rode on it, the newest one does, with what it is a digest of. */
  #input(
    { confirmedTick, input, echo, ...riders }: Message & { kind: "input" },
    tick: number,
    later: number,
    digest: { tick: number; value: number },
  ): Uint8Array {
    return riders.digest === undefined
      ? this.#encoder.input(tick, Math.max(0, confirmedTick + later), input, { echo })
      : this.#encoder.input(tick, digest.tick, input, { echo, digest: digest.value });
  }
}
