/** What the clients of arena's bots say: recorded from real client runtimes in memory, and said again by the generator. */
import { ByteReader, ByteWriter } from "../../../shared/engine/codec/bytes.ts";
import { Up } from "../../../shared/engine/protocol/up.ts";
import { arena } from "../../../shared/games/arena/arena.ts";
import { Table } from "../../kit/table.ts";

const SEED = 11;
const WARM_UP_TICKS = 200;
const RECORDED_TICKS = 400;
/** A good line, and a page that draws 60 times a second. */
const LINE = { delayMs: 20, jitterMs: 5 };
const DRAW_MS = 1000 / 60;

/** One message, with its ticks as differences to the open tick at which it came. */
interface Said {
  readonly type: number;
  /** Of an input: for which tick it is, and which was confirmed. */
  readonly ahead: number;
  readonly behind: number;
  readonly rest: Uint8Array;
}

/** One message said again; `tick` is the one that an input is for. */
export interface Spoken {
  readonly type: number;
  readonly tick: number;
  readonly bytes: Uint8Array;
}

export class BotTalk {
  /** By player and tick. */
  readonly #said: readonly (readonly Said[])[][];
  readonly #out = new ByteWriter();

  constructor(players: number) {
    const table = new Table({
      game: arena,
      seed: SEED,
      network: () => LINE,
      drawMs: DRAW_MS,
      script: (state, seat, tick, random) => arena.bot!(state, seat, { tick, random }),
    });
    const seated = Array.from({ length: Math.min(players, arena.seats.max) }, () => table.add());
    const said = seated.map(() => Array.from({ length: RECORDED_TICKS }, (): Said[] => []));
    const receive = table.match.reception.receive.bind(table.match.reception);
    table.match.reception.receive = (peer, type, bytes, moment) => {
      const open = table.match.world.tick;
      if (open >= WARM_UP_TICKS && open < WARM_UP_TICKS + RECORDED_TICKS)
        said[seated.indexOf(peer as never)]![open - WARM_UP_TICKS]!.push(readSaid(type, bytes, open));
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
   * What a client says while `open` is the open tick: types and payloads, which the next call overwrites.
   *
   * @param later how many ticks later in what was recorded.
   * @param digest the newest digest of the server and its tick, which an honest client has too.
   */
  *at(player: number, later: number, open: number, digest: { tick: number; value: number }): Generator<Spoken> {
    for (const { type, ahead, behind, rest } of this.#said[player % this.#said.length]![
      (open + later) % RECORDED_TICKS
    ]!) {
      const out = this.#out.reset();
      if (type === Up.input) {
        out.uvarint(open + ahead);
        out.uvarint(Math.max(0, open - behind));
      } else if (type === Up.hash) {
        out.uvarint(digest.tick);
        out.uint32(digest.value);
      }
      if (type !== Up.hash) out.raw(rest);
      yield { type, tick: open + ahead, bytes: out.view() };
    }
  }
}

function readSaid(type: number, bytes: Uint8Array, open: number): Said {
  const reader = new ByteReader(bytes);
  const ahead = type === Up.input ? reader.uvarint() - open : 0;
  const behind = type === Up.input ? open - reader.uvarint() : 0;
  return { type, ahead, behind, rest: bytes.slice(reader.offset) };
}
