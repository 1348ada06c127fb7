/** Every shape of state that a game may declare, on the stream plane: what a stock SDK reads is the referee's world. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { holds } from "../../kit/holds.ts";
import { failOnComplaints } from "../../kit/parts/complaints.ts";
import { Shapes, TICKS } from "../../kit/parts/shapes.ts";
import { anySchema } from "../../kit/schemas.ts";

failOnComplaints();

it("what a stock SDK has of any world is that world, whenever it came, and however late it reads", () => {
  let compared = 0;
  holds(
    fc.property(anySchema, fc.nat(), (state, seed) => {
      const shapes = new Shapes(state, seed);
      shapes.play();
      compared += shapes.compared;
    }),
    40,
  );
  expect(compared).toBeGreaterThan(TICKS);
});
