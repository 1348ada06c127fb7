/** The known name that is closest to what was written: "Did you mean". */

/** Letters to insert, delete or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** A question for the end of a sentence, with a space before it; empty when nothing is near. */
export function didYouMean(written: string, names: readonly string[]): string {
  const [nearest] = [...names].sort((a, b) => distance(written, a) - distance(written, b));
  if (nearest === undefined || distance(written, nearest) > Math.max(2, nearest.length / 2)) return "";
  return ` Did you mean ${nearest}?`;
}
