/** Games whose commands are broken, on purpose: each must be caught by the check it is made for. */
import { atMost, defineGame, type Plain, schema, t } from "../../../shared/engine/index.ts";

const Thing = schema({ health: t.int32() }, "BrokenThing");
const State = schema({ ticks: t.uint32(), title: t.string(), things: t.map(Thing) }, "BrokenThings");
const Hit = schema({ id: t.int16(), shout: atMost(12, t.string()) }, "BrokenHit");
type World = Plain<typeof State>;

const parts = {
  tickRate: 20,
  seats: { min: 1, max: 4 },
  state: State,
  setup: () => ({ ticks: 0, title: "", things: new Map([[1, { health: 9 }]]) }),
  step(state: World) {
    state.ticks += 1;
  },
} as const;

/** What its bots give is never accepted. */
export const refusedBots = () =>
  defineGame({
    ...parts,
    name: "refused-bots",
    commands: { hit: { fields: Hit, accepts: () => "not today", apply() {} } },
    bot: (_state, _seat, { give }) => give("hit", { id: 1, shout: "" }),
  });

/** Its `accepts` believes that every id is one of a thing. */
export const throwingAccepts = () =>
  defineGame({
    ...parts,
    name: "throwing-accepts",
    commands: { hit: { fields: Hit, accepts: (state, _seat, { id }) => state.things.get(id)!.health > 0, apply() {} } },
  });

/** Its `apply` believes so. */
export const throwingApply = () =>
  defineGame({
    ...parts,
    name: "throwing-apply",
    commands: {
      hit: {
        fields: Hit,
        apply(state, _seat, { id }) {
          state.things.get(id)!.health -= 1;
        },
      },
    },
  });

/** Its `accepts` writes into the world. */
export const writingAccepts = () =>
  defineGame({
    ...parts,
    name: "writing-accepts",
    commands: {
      hit: {
        fields: Hit,
        accepts(state) {
          (state as World).ticks += 1;
          return true;
        },
        apply() {},
      },
    },
    bot: (_state, _seat, { give }) => give("hit", { id: 1, shout: "" }),
  });

/** Its `apply` cuts what came by code units. */
export const cuttingApply = () =>
  defineGame({
    ...parts,
    name: "cutting-apply",
    commands: {
      hit: {
        fields: Hit,
        apply(state, _seat, { shout }) {
          state.title = shout.slice(0, 5);
        },
      },
    },
  });
