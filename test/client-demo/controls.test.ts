/** Any game is playable: its input fields find their keys, and the legend says which. */
import { describe, expect, test } from "vitest";
import { controlsOf } from "../../client-demo/app/input/controls.ts";
import { InputMapper } from "../../client-demo/app/input/input-mapper.ts";
import type { Keys } from "../../client-demo/app/input/keys.ts";
import { legendOf } from "../../client-demo/app/input/legend.ts";
import type { Pointer } from "../../client-demo/app/input/pointer.ts";
import { Stick, snap } from "../../client-demo/app/input/stick.ts";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { schema, t } from "../../shared/engine/index.ts";
import { games } from "../../shared/games/index.ts";

const controls = (fields: Parameters<typeof schema>[0]) =>
  controlsOf(inputCodecOf(schema(fields, "ControlsInput")).fields);

/** Hands of a player who holds these keys and points there. */
function hold(fields: Parameters<typeof schema>[0], codes: readonly string[], mouse?: { x: number; y: number }) {
  const keys = {
    isDown: (...wanted: string[]) => wanted.some((code) => codes.includes(code)),
    digit: () => codes.filter((code) => code.startsWith("Digit")).map((code) => Number(code.slice(5)))[0],
    settle() {},
  } as unknown as Keys;
  const pointer = { move: new Stick(), act: new Stick(), at: mouse, isTouch: false, isDown: () => false, settle() {} };
  const hand = new InputMapper(controls(fields), keys, pointer as unknown as Pointer);
  return hand.sample({ focus: { x: 100, y: 100 }, toWorld: ({ x, y }) => ({ x: x * 2, y: y * 2 }) });
}

describe("fields find their keys", () => {
  test("dx and dy are arrows or WASD", () => {
    const fields = { dx: t.int8(), dy: t.int8() };
    expect(hold(fields, ["ArrowLeft", "KeyW"])).toEqual({ dx: -1, dy: -1 });
    expect(hold(fields, [])).toEqual({ dx: 0, dy: 0 });
  });

  test("a diagonal of fractions is not faster", () => {
    const { x, y } = hold({ x: t.float64(), y: t.float64() }, ["KeyD", "KeyS"]) as { x: number; y: number };
    expect(Math.hypot(x, y)).toBeCloseTo(1);
  });

  test("left, right, up and down are sides, as booleans or numbers", () => {
    expect(hold({ left: t.boolean(), right: t.uint8() }, ["KeyD"])).toEqual({ left: false, right: 1 });
  });

  test("an aim is the pointer's angle in parts of a turn, signed parts, or radians", () => {
    const below = { x: 100, y: 200 };
    expect(hold({ aim: t.uint8() }, [], below)).toEqual({ aim: 64 });
    expect(hold({ angle: t.int16() }, [], { x: 100, y: 0 })).toEqual({ angle: -16384 });
    expect(hold({ heading: t.float64() }, [], below)).toEqual({ heading: Math.PI / 2 });
  });

  test("places are where the pointer is in the world, within the field's type", () => {
    expect(hold({ targetX: t.uint16(), targetY: t.uint8() }, [], { x: 30, y: 900 })).toEqual({
      targetX: 60,
      targetY: 255,
    });
  });

  test("booleans take space, then letters; other numbers take digits", () => {
    const fields = { jump: t.boolean(), use: t.boolean(), card: t.uint8(), dir: t.uint8() };
    expect(hold(fields, ["KeyE", "Digit4", "ArrowDown"])).toEqual({ jump: false, use: true, card: 4, dir: 3 });
  });
});

test.each(games.filter(({ input }) => input !== undefined).map((game) => [game.name, game as AnyGame] as const))(
  "every field of %s has a control and is in the legend",
  (_, game) => {
    const { fields, create, settle } = inputCodecOf(game.input, game.name);
    const found = controlsOf(fields);
    expect(found.map(({ field }) => field)).toEqual(Object.keys(create()));
    expect(legendOf(found, false).length).toBeGreaterThan(0);
    expect(legendOf(found, true).length).toBeGreaterThan(0);
    expect(() => settle(create())).not.toThrow();
  },
);

test("a thumb's push snaps to eight directions, and a small one is none", () => {
  const stick = new Stick();
  stick.grab(1, { x: 0, y: 0 });
  stick.move(1, { x: 3, y: 0 });
  expect(snap(stick.push)).toEqual({ x: 0, y: 0 });
  stick.move(1, { x: 40, y: -35 });
  expect(snap(stick.push)).toEqual({ x: 1, y: -1 });
  stick.move(2, { x: -40, y: 0 });
  expect(snap(stick.push)).toEqual({ x: 1, y: -1 });
  stick.release(1);
  expect(stick.push).toEqual({ x: 0, y: 0 });
});
