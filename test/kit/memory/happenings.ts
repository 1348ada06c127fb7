/** Happenings to the clients of a table of the mixed game: drops, joins, pauses, inputs by hand, bad memory, changes of planes. */
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { Game } from "../../../shared/engine/game/game.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { atMost, defineGame, schema, t } from "../../../shared/engine/index.ts";
import { Up, UpEncoder } from "../../../shared/engine/protocol/up.ts";
import { anyMixedInput, mixedGame } from "../games/mixed-game.ts";
import { flipBit } from "./flip-bit.ts";
import type { Table } from "./table.ts";
import type { TablePlayer } from "./table-player.ts";

export const SEATS = 5;
export const TICK_RATE = 10;

const Hit = schema({ power: t.int32(), marks: atMost(5, t.array("int8")) }, "HappeningsHit");

export const game = defineGame({
  ...mixedGame(SEATS, TICK_RATE),
  commands: {
    hit: {
      fields: Hit,
      accepts: (_state, _seat, { power }) => power !== 0 || "a hit needs power",
      apply(state, seat, { power, marks }, { random }) {
        state.trail.push(seat, power, ...marks, random.int(0, 9));
      },
    },
  },
});
/** Rules that give another result every time: whoever has them is healed, moved to the stream plane, and closed. */
export const otherRules: typeof game = {
  ...game,
  step(state, context) {
    game.step(state, context);
    state.ticks ^= 1;
  },
};

type Happening = (table: MixedTable, player: MixedPlayer, random: WorldRandom) => void;
type Of<G> =
  G extends Game<infer I, infer S> ? { readonly table: Table<I, S>; readonly player: TablePlayer<I, S> } : never;
export type MixedTable = Of<typeof game>["table"];
type MixedPlayer = Of<typeof game>["player"];

const encoder = new UpEncoder(inputCodecOf(game.input));

const anyHit = (random: WorldRandom) => ({
  power: random.int(-2, 2),
  marks: Array.from({ length: random.int(0, 5) }, () => random.int(-128, 127)),
});

/** What may happen to a player who is connected. */
export const HAPPENINGS: Readonly<Record<string, Happening>> = {
  drop: (table, player, random) => table.cut(player, random.int(1, 4000)),
  leave: (table, player) => table.remove(player),
  pause: ({ match, refereeNow }, player) => void match.sessions.submitPause(player, true, refereeNow),
  "pause, too": ({ match, refereeNow, players }) => {
    for (const player of [...players]) if (!player.isCut) match.sessions.submitPause(player, true, refereeNow);
  },
  "go on": ({ match, refereeNow }, player) => void match.sessions.submitPause(player, false, refereeNow),
  hold: ({ match, refereeNow }, player, random) =>
    void match.sessions.submit(player, anyMixedInput(random), refereeNow),
  // Early, in time or late.
  say: (table, player, random) =>
    table.hear(
      player,
      Up.input,
      encoder.input(Math.max(0, table.match.world.tick + random.int(-4, 12)), 0, anyMixedInput(random)),
    ),
  "say late": (table, player, random) => {
    for (let i = 0; i < 3; i++) {
      const tick = Math.max(0, table.match.world.tick - random.int(1, 5));
      table.hear(player, Up.input, encoder.input(tick, 0, anyMixedInput(random)));
    }
  },
  give: (_table, { client }, random) => {
    if (client.isSynced && client.seat !== undefined) client.give("hit", anyHit(random));
  },
  // Some ticks ahead, so that it waits for its frame.
  "give ahead": ({ match }, { client }, random) => {
    const tick = match.world.tick + random.int(2, 9);
    if (client.isSynced && client.seat !== undefined) client.commands.give("hit", anyHit(random), tick);
  },
  "give by name": ({ match, refereeNow }, player, random) =>
    void match.sessions.submitCommand(player, "hit", anyHit(random), refereeNow),
  bit: (_table, { client }, random) => {
    if (client.isSynced) flipBit(client.confirmed, random);
  },
  plane: (_table, { client, shown }) => client.line.plane(shown === "lockstep" ? "stream" : "lockstep"),
};
