/** The scripts of a test's players: the game's own bot, and now and then something no bot would do. */
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { BotTurn } from "../../shared/engine/game/bot-turn.ts";
import { commandsOf } from "../../shared/engine/game/command-table.ts";
import type { Game } from "../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import type { Script } from "./memory/table-options.ts";
import { randomCommand } from "./random-command.ts";

const EXTREMES = { int8: [-128, 127], uint8: [0, 255], int16: [-32768, 32767], uint16: [0, 65535] } as const;

/** A random input that fits the declared types of a game and that the game accepts. */
export function randomInput<I, S>(game: Game<I, S>, random: WorldRandom): Plain<I> {
  const codec = inputCodecOf(game.input);
  for (let i = 0; i < 100; i++) {
    const input = codec.create() as Record<string, unknown>;
    for (const { name, type } of codec.fields) {
      if (type.kind === "boolean") input[name] = random.chance(0.5);
      else if (type.kind === "int") {
        const [min, max] = EXTREMES[type.wire as keyof typeof EXTREMES] ?? [-1000, 1000];
        input[name] = random.chance(0.7) ? random.int(Math.max(min, -1), 1) : random.int(min, max);
      } else input[name] = random.float() * 2 - 1;
    }
    if (game.accepts === undefined || game.accepts(input as never)) return input as Plain<I>;
  }
  return codec.create();
}

/** Mostly the game's bot, sometimes a random input, and a random command. */
export function botScript<I, S>(game: Game<I, S>): Script<I, S> {
  const neutral = inputCodecOf(game.input).create();
  const table = commandsOf(game);
  return (state, seat, tick, random, give) => {
    const stray = table.length > 0 && random.chance(0.02) ? randomCommand(game, random) : undefined;
    if (stray !== undefined) give(table[stray.kind]!.name, stray.fields);
    if (game.bot === undefined || random.chance(0.1)) return randomInput(game, random);
    const turn = new BotTurn(game, random).begin(tick);
    const input = (game.bot(state, seat, turn) ?? neutral) as Plain<I>;
    for (const { kind, fields } of turn.given) give(table[kind]!.name, fields);
    return input;
  };
}
