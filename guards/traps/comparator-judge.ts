/**
 * The judge of a sort: its comparator must answer with numbers, and reverse its answer when its arguments are swapped.
 */

export type Compare = (a: unknown, b: unknown) => unknown;

export const NO_COMPARATOR = "sort without a comparator orders numbers as text; pass (a, b) => a - b";

/** The same comparator; `complain` is told once what is wrong with its answers. */
export function judged(compare: Compare, complain: (what: string) => void): Compare {
  let isFine = true;
  return (a, b) => {
    const answer = compare(a, b);
    const what = isFine ? wrongWith(answer, () => compare(b, a)) : undefined;
    if (what !== undefined) {
      isFine = false;
      complain(what);
    }
    return answer;
  };
}

function wrongWith(answer: unknown, turned: () => unknown): string | undefined {
  if (typeof answer !== "number" || Number.isNaN(answer))
    return `a comparator that returns ${answer} leaves the order to the engine; return a number: (a, b) => a - b`;
  if (Math.sign(answer) !== -Math.sign(turned() as number))
    return "a comparator that says both a < b and b < a leaves the order to the engine; return 0 when they are equal";
  return undefined;
}
