/** `settleStrict` also finds what the check after every step is too quick to see. */
import { describe, expect, it } from "vitest";
import { arena, errorOf, fresh, type Misfit, player } from "./kit/arena.ts";

const HIDDEN: readonly Misfit[] = [
  [
    "one record twice in an array",
    (w) => (w.queue[1] = w.queue[0]!),
    "arena.queue[1]",
    "same object as arena.queue[0]",
  ],
  ["one record in two fields", (w) => (w.spawn = w.players.get(3)!), "arena.players[3]", "same object as arena.spawn"],
  ["one array twice", (w) => (w.drops = w.walls), "arena.drops", "is the same object as arena.walls"],
  [
    "an instance of a class",
    (w) => (w.spawn = Object.assign(new (class Hero {})(), player())),
    "arena.spawn",
    "is an instance of a class",
  ],
  [
    "a subclass of Map",
    (w) => (w.scores = new (class Scores extends Map<number, number> {})()),
    "arena.scores",
    "is an instance of a class",
  ],
  [
    "a getter",
    (w) => Object.defineProperty(w.spawn, "x", { get: () => 1, enumerable: true }),
    "arena.spawn.x",
    "is a getter or setter",
  ],
  ["a property under a symbol", (_, l) => (l.spawn[Symbol("tag")] = 1), "arena.spawn.Symbol(tag)", "is not declared"],
  [
    "a property hidden from loops",
    (w) => Object.defineProperty(w.spawn, "secret", { value: 1 }),
    "arena.spawn.secret",
    "is not declared in Player",
  ],
  ["a property on an array", (_, l) => (l.walls.top = 1), "arena.walls", "is an array with named properties"],
  ["a property on a map", (_, l) => (l.scores.best = 1), "arena.scores", "is a Map with properties of its own"],
];

describe("settleStrict", () => {
  it.each(HIDDEN)("finds %s", (_, spoil, path, reason) => {
    const world = fresh();
    spoil(world, world);
    const error = errorOf(() => arena.settleStrict(world));
    expect(error.path).toBe(path);
    expect(error.message).toContain(reason);
  });
});
