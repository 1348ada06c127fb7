/** The verdict of a verification in words, and the verification itself, aside. */
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Recording } from "../../../shared/recording/recording.ts";
import { type Verdict, verifyByTick } from "../../../shared/recording/verify.ts";
import { doAside } from "./aside.ts";

/** What is told of it: how far it is, 0 .. 1, and once it is through, what came out. */
export interface VerifyListener {
  onProgress(share: number): void;
  onVerdict(sentence: string): void;
}

/** Steps everything again while the page goes on being drawn. Returns what ends it before. */
export function verifyAside(game: AnyGame, recording: Recording, listener: VerifyListener): () => void {
  const { firstTick, endTick } = recording;
  return doAside(verifyByTick(game, recording), {
    onStep: (tick) => listener.onProgress((tick - firstTick) / Math.max(1, endTick - firstTick)),
    onDone: (verdict) => listener.onVerdict(verdictText(verdict)),
  });
}

/** What came out, in a sentence or two. */
export function verdictText({ ticks, digests, keyframes, divergence, fault }: Verdict): string {
  const compared = `${digests} digests and ${keyframes} ${keyframes === 1 ? "keyframe" : "keyframes"} compared`;
  const rest = fault === undefined ? "" : ` ${fault}`;
  if (divergence === undefined) {
    if (ticks === 0 && fault !== undefined) return fault;
    return `Verified: ${ticks} ticks came out as they were played, ${compared}.${rest}`;
  }
  const { equalTick, tick, fields } = divergence;
  const where = fields[0] === undefined ? "" : `, first in ${fields[0].path}`;
  return `Not the match that was played: the same up to tick ${equalTick}, another world at tick ${tick}${where}.${rest}`;
}
