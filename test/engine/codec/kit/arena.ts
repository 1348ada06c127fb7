/** A small world with every kind of field, and the error of what does not fit into it. */
import { schema, t } from "@colyseus/schema";
import { codecOf, ValueError } from "../../../../shared/engine/codec/codec.ts";

const Player = schema({ x: t.int32(), speed: t.float64(), isAlive: t.boolean(), name: t.string() }, "Player");
export const Arena = schema(
  {
    round: t.uint8(),
    spawn: Player,
    players: t.map(Player),
    queue: t.array(Player),
    scores: t.map("int16"),
    walls: t.array("int32"),
    drops: t.array("float64"),
    names: t.array("string"),
  },
  "Arena",
);
export const arena = codecOf(Arena, "arena");

export const player = () => ({ x: 1, speed: 0.5, isAlive: true, name: "p" });
export const fresh = () => ({
  round: 1,
  spawn: player(),
  players: new Map([[3, player()]]),
  queue: [player(), player()],
  scores: new Map([[3, 10]]),
  walls: [1, 2],
  drops: [0.5],
  names: ["a"],
});
export type World = ReturnType<typeof fresh>;
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what the types would refuse
export type Loose = any;

/** What `run` throws; it must be a `ValueError`. */
export const errorOf = (run: () => void): ValueError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

/** What it is, how the world is spoilt, the path that is blamed, and a part of the reason. */
export type Misfit = readonly [string, (world: World, loose: Loose) => void, string, string];
