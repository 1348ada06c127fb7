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

/** Rules' literals; nothing else may have one with the same keys, which would be of the same class. */
const shoot = (oddX: number, oddY: number) => ({ oddX, oddY, oddAim: 3 });
const throwAt = (evenX: number, evenY: number) => ({ evenX, evenY, evenAim: 3 });

// In functions of their own, so that nothing of them is left in the frame of who calls them.
const bullet = () => schema({ oddX: t.uint16(), oddY: t.uint16(), oddAim: t.uint8() }, "OddBullet");
const stone = () => schema({ evenX: t.uint16(), evenY: t.uint16(), evenAim: t.uint8() }, "EvenStone");

async function collectAll(): Promise<void> {
  for (let i = 0; i < COLLECTIONS; i++) {
    collect();
    await after(1);
  }
}

it("a number that is kept as a float does not make the class of the others obsolete", async () => {
  const codec = codecOf(bullet());
  await collectAll();
  const early = shoot(1, 2);
  const late = shoot(1, 2);
  late.oddX += 0.5;
  expect(isOneClass(early, late)).toBe(true);
  expect(isOneClass(early, shoot(1, 2))).toBe(true);
  expect(codec.layout.fields).toHaveLength(3);
});

it("nor when the schema's own literal was gone before the codec was made", async () => {
  const type = stone();
  await collectAll();
  const codec = codecOf(type);
  await collectAll();
  const early = throwAt(1, 2);
  const late = throwAt(1, 2);
  late.evenX += 0.5;
  expect(isOneClass(early, late)).toBe(true);
  expect(codec.layout.fields).toHaveLength(3);
});
