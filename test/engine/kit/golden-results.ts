/** Seeded results of the kit and their golden hashes, as for the math; no test framework in it, so that any engine can run it. */
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { angleDifference, approachAngle } from "../../../shared/engine/kit/angle.ts";
import { FixedPoint } from "../../../shared/engine/kit/fixed-point.ts";
import { Grid } from "../../../shared/engine/kit/grid.ts";
import * as overlap from "../../../shared/engine/kit/overlap.ts";
import { PathGrid } from "../../../shared/engine/kit/path.ts";
import { pushCircleFromCircle, pushCircleFromRect, pushRectFromRect } from "../../../shared/engine/kit/push-out.ts";
import type { Rect } from "../../../shared/engine/kit/rect.ts";
import { approach, clamp, lerp, wrap } from "../../../shared/engine/kit/scalar.ts";
import { segmentHitsCircle, segmentHitsRect } from "../../../shared/engine/kit/segment.ts";
import { sortBy } from "../../../shared/engine/kit/sort-by.ts";
import * as vec from "../../../shared/engine/kit/vec.ts";
import type { Inputs } from "../math/inputs.ts";

/** A third of whole numbers, a third of fractions of game sizes, a third around one. */
function coordinate(inputs: Inputs, index: number): number {
  if (index % 3 === 0) return inputs.whole(-200, 200);
  return index % 3 === 1 ? inputs.between(-200, 200) : inputs.ofExponent(-8, 8);
}

const point = (inputs: Inputs, index: number): vec.Vec => ({
  x: coordinate(inputs, index),
  y: coordinate(inputs, index),
});

const size = (inputs: Inputs, index: number): number => Math.abs(coordinate(inputs, index));

function rect(inputs: Inputs, index: number): Rect {
  const { x, y } = point(inputs, index);
  return { left: x, top: y, right: x + size(inputs, index), bottom: y + size(inputs, index) };
}

/** Both parts of a vector count, in turns. */
const part = ({ x, y }: vec.Vec, index: number): number => (index % 2 === 0 ? x : y);

const bits = (...claims: boolean[]): number => claims.reduce((all, claim) => all * 2 + (claim ? 1 : 0), 0);

const SCALARS = [
  (inputs: Inputs, i: number) => clamp(coordinate(inputs, i), -size(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => lerp(coordinate(inputs, i), coordinate(inputs, i), inputs.between(-1, 2)),
  (inputs: Inputs, i: number) => approach(coordinate(inputs, i), coordinate(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => wrap(coordinate(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => angleDifference(coordinate(inputs, i), coordinate(inputs, i)),
  (inputs: Inputs, i: number) => approachAngle(coordinate(inputs, i), coordinate(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => vec.dot(point(inputs, i), point(inputs, i)),
  (inputs: Inputs, i: number) => vec.distance(point(inputs, i), point(inputs, i)),
  (inputs: Inputs, i: number) => vec.angle(point(inputs, i)),
];

const VECTORS = [
  (inputs: Inputs, i: number) => vec.add(point(inputs, i), point(inputs, i)),
  (inputs: Inputs, i: number) => vec.sub(point(inputs, i), point(inputs, i)),
  (inputs: Inputs, i: number) => vec.scale(point(inputs, i), coordinate(inputs, i)),
  (inputs: Inputs, i: number) => vec.lerp(point(inputs, i), point(inputs, i), inputs.between(0, 1)),
  (inputs: Inputs, i: number) => vec.rotate(point(inputs, i), coordinate(inputs, i)),
  (inputs: Inputs, i: number) => vec.normalize(point(inputs, i)),
  (inputs: Inputs, i: number) => vec.clampLength(point(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => vec.approach(point(inputs, i), point(inputs, i), size(inputs, i)),
  (inputs: Inputs, i: number) => vec.round(point(inputs, i)),
  (inputs: Inputs, i: number) => vec.polar(coordinate(inputs, i), coordinate(inputs, i)),
  (inputs: Inputs, i: number) => pushCircleFromCircle(point(inputs, i), size(inputs, i), point(inputs, i), 99),
  (inputs: Inputs, i: number) => pushCircleFromRect(point(inputs, i), size(inputs, i), rect(inputs, i)),
  (inputs: Inputs, i: number) => pushRectFromRect(rect(inputs, i), rect(inputs, i)),
];

const UNITS = [10, 256, 4096, 65536].map((one) => new FixedPoint(one));
const FIXED = [
  (fixed: FixedPoint, inputs: Inputs) => fixed.mul(inputs.whole(-46340, 46340), inputs.whole(-46340, 46340)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.div(inputs.whole(-32767, 32767), inputs.whole(1, 2147483647)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.sqrt(inputs.whole(0, 2147483647)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.length(inputs.whole(-1e9, 1e9), inputs.whole(-1e9, 1e9)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.sin(inputs.whole(-200000, 200000)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.cos(inputs.whole(-200000, 200000)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.atan2(inputs.whole(-1e9, 1e9), inputs.whole(-1e9, 1e9)),
  (fixed: FixedPoint, inputs: Inputs) => fixed.of(inputs.between(-32767, 32767)),
];

const grid = new Grid(30);

/** What a crowd's grid and a sort of it say, as one number. */
function crowd(inputs: Inputs, index: number): number {
  const things = Array.from({ length: index % 50 }, () => point(inputs, index));
  grid.rebuild(things.entries());
  const found = grid.near(coordinate(inputs, index), coordinate(inputs, index), size(inputs, index));
  const order = sortBy(
    [...things.keys()],
    (id) => Math.floor(things[id]!.x / 50),
    (id) => things[id]!.y,
  );
  return [...found, ...order].reduce((sum, id) => Math.imul(sum, 31) + id, 7) | 0;
}

const paths = new PathGrid({ columns: 20, rows: 12, fields: 5 });

/** A step of a way and its length, around walls that stay for a while. */
function way(inputs: Inputs, index: number): number {
  paths.rebuild(Array.from({ length: 80 }, (_, i) => Math.imul((index >> 8) + 1, 7919 * (i + 1)) % 240).map(Math.abs));
  const [from, goal] = [inputs.whole(0, 239), (index >> 5) % 240];
  return paths.stepFrom(from, goal) * 1000 + Math.min(paths.length(from, goal), 999);
}

function stream(inputs: Inputs, index: number): number {
  const random = new WorldRandom(index >> 5);
  random.beginTick(index & 15);
  return random.stream(index % 2 === 0 ? "loot" : "bot", inputs.whole(-3, 3)).float();
}

export interface KitGolden {
  readonly name: string;
  readonly hash: number;
  /** The result on input number `index`; the makers of inputs take turns. */
  readonly result: (inputs: Inputs, index: number) => number;
}

export const GOLDEN: readonly KitGolden[] = [
  { name: "numbers", hash: 0x203c60e2, result: (inputs, i) => SCALARS[Math.floor(i / 3) % SCALARS.length]!(inputs, i) },
  { name: "vectors", hash: 0xd9461cd0, result: (inputs, i) => part(VECTORS[i % VECTORS.length]!(inputs, i), i) },
  {
    name: "fixed point",
    hash: 0x6d5edd30,
    result: (inputs, i) => FIXED[i % FIXED.length]!(UNITS[(i >> 3) % UNITS.length]!, inputs),
  },
  {
    name: "overlaps",
    hash: 0x794b9fa3,
    result: (inputs, i) => {
      const [a, b, radius, box] = [point(inputs, i), point(inputs, i), size(inputs, i), rect(inputs, i)];
      return bits(
        overlap.pointInCircle(a, b, radius),
        overlap.pointInRect(a, box),
        overlap.circlesOverlap(a, radius, b, 20),
        overlap.circleOverlapsRect(a, radius, box),
        overlap.rectsOverlap(box, rect(inputs, i)),
      );
    },
  },
  {
    name: "segments",
    hash: 0x634264a7,
    result: (inputs, i) =>
      (i % 2 === 0
        ? segmentHitsCircle(point(inputs, i), point(inputs, i), point(inputs, i), size(inputs, i))
        : segmentHitsRect(point(inputs, i), point(inputs, i), rect(inputs, i))) ?? -1,
  },
  { name: "grid and sort", hash: 0xf47c36d3, result: crowd },
  { name: "ways", hash: 0xab04b5e2, result: way },
  { name: "streams", hash: 0x985850ed, result: stream },
];
