/** The room's own bots: they fill empty seats and play by the game's `bot`, each with a random stream of its own. */
import { ByteReader, ByteWriter } from "../../engine/bytes/bytes.ts";
import type { InputCodec } from "../../engine/codec/input-codec.ts";
import { BotTurn, type GivenCommand } from "../../engine/game/bot-turn.ts";
import type { Game, Seat } from "../../engine/game/game.ts";
import { WorldRandom } from "../../engine/game/random.ts";
import { RulesError } from "../../engine/game/rules-error.ts";
import type { Frozen, Plain } from "../../engine/layout/plain.ts";
import type { SeatOwner, Seats } from "./seats.ts";

export interface SavedBots {
  /** How many there have been: no id comes twice. */
  readonly created: number;
  /** The state of each seat's random stream, 16 bytes a seat: what bots will want follows from it. */
  readonly randoms: Uint8Array;
}

export class SeatBots<I, S> {
  readonly #game: Game<I, S>;
  readonly #codec: InputCodec<Plain<I>>;
  readonly #target: number;
  readonly #randoms: WorldRandom[];
  readonly #turn: BotTurn;
  /** Of a game without input, whose bot returns nothing. */
  readonly #neutral: Plain<I>;
  #created = 0;
  /** `Seats.revision` when they were last balanced. */
  #balanced = -1;

  /** @param target how many seats bots fill up to, counting players; 0 for no bots. */
  constructor(game: Game<I, S>, codec: InputCodec<Plain<I>>, target: number, seed: number) {
    this.#game = game;
    this.#codec = codec;
    this.#neutral = codec.create();
    this.#target = game.bot === undefined ? 0 : target;
    this.#turn = new BotTurn(game, new WorldRandom(seed));
    this.#randoms = Array.from({ length: game.seats.max }, (_, seat) => new WorldRandom(seed + seat + 1));
  }

  /** Takes or frees bot seats so that the table holds the wanted number. */
  balance(seats: Seats): void {
    if (this.#balanced === seats.revision) return;
    this.#fill(seats);
    this.#balanced = seats.revision;
  }

  #fill(seats: Seats): void {
    let missing = this.#target - seats.held();
    for (; missing > 0; missing--) {
      this.#created++;
      const bot: SeatOwner = { kind: "bot", id: `bot:${this.#created}`, name: `Bot ${this.#created}` };
      if (seats.take(bot) === undefined) return;
    }
    for (let seat = seats.count - 1; seat >= 0 && missing < 0; seat--) {
      if (seats.holder(seat)?.kind !== "bot") continue;
      seats.free(seat);
      missing++;
    }
  }

  save(): SavedBots {
    const out = new ByteWriter();
    for (const random of this.#randoms) random.encode(out);
    return { created: this.#created, randoms: out.view().slice() };
  }

  /** The commands that the bot asked last gave, in order. */
  get given(): readonly GivenCommand[] {
    return this.#turn.given;
  }

  /** Takes over what was saved; false when it cannot be read. */
  load({ created, randoms }: SavedBots): boolean {
    const input = new ByteReader(randoms);
    for (const random of this.#randoms) random.decode(input);
    this.#created = created;
    return !input.failed && input.remaining === 0;
  }

  /**
   * Asks the bot of a seat what it wants. What it gave is in `given` until the next call.
   *
   * @throws RulesError when the game's `bot` throws, or its input does not fit the declaration.
   */
  play(seat: Seat, state: Plain<S>, tick: number): Plain<I> {
    const random = this.#randoms[seat]!;
    random.beginTick(tick);
    const turn = this.#turn.begin(tick);
    turn.random = random;
    try {
      // Nothing, where the game has no input.
      const input = (this.#game.bot!(state as Frozen<Plain<S>>, seat, turn) ?? this.#neutral) as Plain<I>;
      this.#codec.settle(input);
      return input;
    } catch (cause) {
      throw new RulesError(this.#game.name, "bot", cause);
    }
  }
}
