/** A pool of work: does something for every item, a few at a time; results in the items' order. */
export async function inParallel<T, Result>(
  atOnce: number,
  items: readonly T[],
  act: (item: T) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const mine = next++;
      results[mine] = await act(items[mine]!);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
