/**
 * The spread of a matrix: so few of its cases that each row and each column is played at least once. A laptop plays it; in CI all of them
 * are played.
 */

/**
 * @param what names the cases in the line that says how many of them are played.
 * @param cases of the matrix, each with its row, its column and whatever else has kinds, in this order; those named first are taken first.
 * @returns all of them in CI, else some: every value of every place is in one of them.
 */
export function spread<Case extends readonly unknown[]>(what: string, cases: readonly Case[]): readonly Case[] {
  if (process.env.CI) return cases;
  const seen = cases[0]?.map(() => new Set<unknown>()) ?? [];
  const newIn = (each: Case): number => each.filter((value, place) => !seen[place]!.has(value)).length;
  const played: Case[] = [];
  for (;;) {
    const next = cases.toSorted((a, b) => newIn(b) - newIn(a))[0];
    if (next === undefined || newIn(next) === 0) break;
    for (const [place, value] of next.entries()) seen[place]!.add(value);
    played.push(next);
  }
  const few = cases.filter((each) => played.includes(each));
  if (few.length < cases.length)
    process.stdout.write(`${what}: ${few.length} of ${cases.length} are played; CI=true plays all\n`);
  return few;
}
