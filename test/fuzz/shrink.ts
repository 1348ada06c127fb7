/** The shrinking of an input that fails: as small as it gets while it goes on failing. */

/** Leaves out pieces, then parts of pieces, the larger ones first; `isFailing` is asked at most `mostTries` times. */
export async function shrink(
  pieces: readonly Uint8Array[],
  isFailing: (pieces: readonly Uint8Array[]) => Promise<boolean>,
  mostTries: number,
): Promise<readonly Uint8Array[]> {
  let smallest = pieces;
  let tries = 0;
  const attempt = async (smaller: readonly Uint8Array[]): Promise<boolean> => {
    if (tries >= mostTries) return false;
    tries++;
    if (!(await isFailing(smaller))) return false;
    smallest = smaller;
    return true;
  };
  for (let count = smallest.length >> 1; count >= 1; count >>= 1)
    for (let at = 0; at < smallest.length; ) if (!(await attempt(smallest.toSpliced(at, count)))) at += count;
  for (let i = 0; i < smallest.length; i++)
    for (let count = smallest[i]!.length >> 1; count >= 1; count >>= 1)
      for (let at = 0; at < smallest[i]!.length; ) {
        const piece = smallest[i]!;
        const shorter = Buffer.concat([piece.subarray(0, at), piece.subarray(at + count)]);
        if (!(await attempt(smallest.with(i, shorter)))) at += count;
      }
  return smallest;
}
