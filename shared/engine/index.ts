/** The designers' whole vocabulary: the only door of the engine that `shared/games/` may use. */
export { schema, t } from "@colyseus/schema";
export type { Frozen, Plain } from "./codec/plain.ts";
export { defineGame } from "./game/define-game.ts";
export type { Game, Seat, StepContext, TickContext } from "./game/game.ts";
export type { Random } from "./game/random.ts";
export type { RandomStream } from "./game/sfc32.ts";
export { atan, atan2 } from "./math/arctangent.ts";
export { PI, TAU } from "./math/constants.ts";
export { exp } from "./math/exponential.ts";
export { hypot } from "./math/hypotenuse.ts";
export { acos, asin } from "./math/inverse-trigonometry.ts";
export { log } from "./math/logarithm.ts";
export { pow } from "./math/power.ts";
export { cos, sin, tan } from "./math/trigonometry.ts";
