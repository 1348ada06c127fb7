/** The numbers of a room's objects over a restart: none that a client has seen comes again, and a block is told of before it is used. */
import { Encoder, MapSchema, schema, t } from "@colyseus/schema";
import { expect, it } from "vitest";
import { RefIds } from "../../../server/colyseus/schema-encoder.ts";

const Thing = schema({ size: t.uint8() }, "RefIdsThing");
const World = schema({ things: t.map(Thing) }, "RefIdsWorld");

/** Makes so many objects in a room's state: what it was told to write down, and the next number. */
function played(ids: RefIds, count: number): { readonly told: readonly number[]; readonly next: number } {
  const told: number[] = [];
  ids.onBlock = (below) => told.push(below);
  const world = new World();
  const things = new MapSchema<InstanceType<typeof Thing>>();
  world.things = things as never;
  const encoder = new Encoder(world);
  ids.adopt(encoder);
  for (let i = 0; i < count; i++) things.set(String(i), new Thing({ size: i % 256 }));
  return { told, next: (encoder.root as unknown as { nextUniqueId: number }).nextUniqueId };
}

it("of a room that goes on are above all that were written down", () => {
  const first = played(new RefIds(), 3000);
  expect(first.told.length, "in blocks, not one by one").toBeLessThan(6);
  expect(first.told.at(-1)!, "told of before it is used").toBeGreaterThanOrEqual(first.next);
  const later = new RefIds();
  later.skipTo(first.told.at(-1)!);
  const second = played(later, 10);
  expect(second.next).toBeGreaterThan(first.told.at(-1)!);
  expect(second.told.at(-1)!).toBeGreaterThanOrEqual(second.next);
});
