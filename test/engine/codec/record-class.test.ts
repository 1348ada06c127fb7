/** Records that rules write as literals keep one hidden class of V8's, whatever numbers they hold. */
import { setTimeout as after } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { schema, t } from "@colyseus/schema";
import { expect, it } from "vitest";
import { codecOf } from "../../../shared/engine/codec/codec.ts";

setFlagsFromString("--expose-gc --allow-natives-syntax");
const collect = runInNewContext("gc") as () => void;
/** V8 keeps the classes of what is gone for a few collections more. */
const COLLECTIONS = 12;
const isOneClass = new Function("a", "b", "return %HaveSameMap(a, b);") as (a: object, b: object) => boolean;

/** A rule's literal; no other test may have one with the same keys, which would be of the same class. */
const shoot = (oddX: number, oddY: number) => ({ oddX, oddY, oddAim: 3 });

/** In a function of its own, so that nothing of it is left in the frame of who calls it. */
const makeCodec = () => codecOf(schema({ oddX: t.uint16(), oddY: t.uint16(), oddAim: t.uint8() }, "OddBullet"));

it("a number that is kept as a float does not make the class of the others obsolete", async () => {
  const codec = makeCodec();
  for (let i = 0; i < COLLECTIONS; i++) {
    collect();
    await after(1);
  }
  const early = shoot(1, 2);
  const late = shoot(1, 2);
  late.oddX += 0.5;
  expect(isOneClass(early, late)).toBe(true);
  expect(isOneClass(early, shoot(1, 2))).toBe(true);
  expect(codec.layout.fields).toHaveLength(3);
});
