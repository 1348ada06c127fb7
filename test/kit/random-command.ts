/** A random command of a game: whatever fits the declared types, small numbers mostly, no longer than one may be. */

import { INT_WIRES } from "../../shared/engine/bytes/int-wire.ts";
import type { GivenCommand } from "../../shared/engine/game/bot-turn.ts";
import { commandsOf } from "../../shared/engine/game/command-table.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import type { FieldType } from "../../shared/engine/layout/layout.ts";

const USUAL = 40;
const MOST_RANDOM_ITEMS = 20;
const LONGEST_TEXT = 40;
/** The long ones are cut to what may come: rules that cut them again must not leave half an emoji, wherever they cut. */
const TEXTS = ["", "a", "帧同步", "\0", "😀", "😀".repeat(LONGEST_TEXT), `a${"😀".repeat(LONGEST_TEXT)}`];
const HALF_AN_EMOJI = /[\uD800-\uDBFF]$/;

/** Undefined for a game without commands. */
export function randomCommand(game: AnyGame, random: WorldRandom): GivenCommand | undefined {
  const table = commandsOf(game);
  if (table.length === 0) return undefined;
  const kind = random.int(0, table.length - 1);
  const fields = Object.fromEntries(table[kind]!.codec.fields.map(({ name, type }) => [name, anyOf(type, random)]));
  return { kind, fields };
}

function anyOf(type: FieldType, random: WorldRandom): unknown {
  switch (type.kind) {
    case "int": {
      const { min, max } = INT_WIRES[type.wire];
      return random.chance(0.8)
        ? random.int(Math.max(min, -1), Math.min(max, USUAL))
        : Math.floor(min + random.float() * (max - min));
    }
    case "float64":
      return random.chance(0.9) ? random.float() * USUAL : random.pick([Infinity, -Infinity, -0, 1e300]);
    case "boolean":
      return random.chance(0.5);
    case "string":
      return random.pick(TEXTS).slice(0, Math.min(type.most!, LONGEST_TEXT)).replace(HALF_AN_EMOJI, "");
    case "record":
      return Object.fromEntries(type.record.fields.map(({ name, type: of }) => [name, anyOf(of, random)]));
    case "array":
      return Array.from({ length: random.int(0, Math.min(type.most!, MOST_RANDOM_ITEMS)) }, () =>
        anyOf(type.of, random),
      );
    case "map":
      throw new Error("a command has no maps");
  }
}
