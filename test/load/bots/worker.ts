/** A process that plays bots: does what the command that started it says, and ends with it. */
import "./node-sockets.ts";
import { basename } from "node:path";
import { Session } from "../../../client/session/session.ts";
import { games } from "../../../shared/games/index.ts";
import { loadPlay } from "../play.ts";
import { messageOf } from "../verdict/at-fault.ts";
import { CrewLoop } from "./crew-loop.ts";
import type { CrewPlan, FromWorker, ToWorker } from "./messages.ts";
import { tokensFor } from "./tokens.ts";

/** Whoever listened may be gone: then nobody misses it, and `disconnect` ends this process. */
const say = (message: FromWorker, then: () => void = () => {}): void =>
  void process.send?.(message, undefined, undefined, then);

let loop: CrewLoop | undefined;
/** Files of the user's that run here. */
let theirs: readonly string[] = [];

async function prepare(plan: CrewPlan): Promise<void> {
  const game = games.find(({ name }) => name === plan.game)!;
  theirs = [plan.script, plan.tokenScript].flatMap((file) => (file === undefined ? [] : [basename(file)]));
  const play = await loadPlay(game, plan.play, plan.script);
  const tokens = await tokensFor(plan);
  loop = new CrewLoop({
    ...{ game, plan, play, tokens, say },
    join: (which, options) => Session.join<unknown, unknown>(which, options),
  });
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "plan")
    prepare(message.plan).then(
      () => say({ kind: "ready" }),
      (error: unknown) => say({ kind: "wrong", sentence: messageOf(error) }),
    );
  else if (message.kind === "go") loop!.go(message.epochMs);
  else if (message.kind === "settle") loop!.settle();
  else void loop!.stop().then(() => process.exit());
});
// Whoever started this process is gone: nobody is left to play for.
process.on("disconnect", () => process.exit());
process.on("uncaughtException", (error) => {
  const stack = String(error?.stack ?? error);
  const atFault = theirs.some((file) => stack.includes(file)) ? "script" : "generator";
  if (atFault === "generator") process.stderr.write(`${stack}\n`);
  say({ kind: "dying", how: messageOf(error), atFault }, () => process.exit(1));
});
// What nobody reads any more is no reason to end.
process.stderr.on("error", () => {});
