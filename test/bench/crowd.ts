/** A world of 1,000 entities of 8 numbers, kept in an array or in a map: what the rollback is measured on. */
import { defineGame, type Plain, schema, t } from "../../shared/engine/index.ts";

const ENTITIES = 1000;
const WIDTH = 4096;
const RELOAD = 20;

const Nobody = schema({ idle: t.boolean() }, "CrowdInput");

const Entity = schema(
  {
    x: t.float64(),
    y: t.float64(),
    vx: t.float64(),
    vy: t.float64(),
    health: t.int32(),
    heading: t.int32(),
    loaded: t.int32(),
    score: t.int32(),
  },
  "CrowdEntity",
);
const ArrayState = schema({ entities: t.array(Entity) }, "CrowdArray");
const MapState = schema({ entities: t.map(Entity) }, "CrowdMap");

type Body = Plain<typeof Entity>;

const born = (i: number): Body => ({
  x: (i * 37.25) % WIDTH,
  y: (i * 91.75) % WIDTH,
  vx: (i % 13) - 6.5,
  vy: (i % 7) - 3.5,
  health: 100,
  heading: i % 360,
  loaded: i % RELOAD,
  score: 0,
});

/** Every number but one changes in every tick. */
function live(body: Body): void {
  body.x += body.vx;
  body.y += body.vy;
  if (body.x < 0 || body.x > WIDTH) body.vx = -body.vx;
  if (body.y < 0 || body.y > WIDTH) body.vy = -body.vy;
  body.vx *= 0.9995;
  body.vy *= 0.9995;
  body.heading = (body.heading + 7) % 360;
  body.loaded = body.loaded > 0 ? body.loaded - 1 : RELOAD;
  if (body.loaded === 0) body.score += 1;
}

const indices = Array.from({ length: ENTITIES }, (_, i) => i);
const common = { tickRate: 20, seats: { min: 1, max: 2 }, input: Nobody } as const;

export const arrayCrowd = defineGame({
  name: "crowd-array",
  ...common,
  state: ArrayState,
  setup: () => ({ entities: indices.map(born) }),
  step(state) {
    for (const body of state.entities) live(body);
  },
});

export const mapCrowd = defineGame({
  name: "crowd-map",
  ...common,
  state: MapState,
  setup: () => ({ entities: new Map(indices.map((i) => [i, born(i)])) }),
  step(state) {
    for (const body of state.entities.values()) live(body);
  },
});
