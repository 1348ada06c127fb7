/** Sorting into an order that is the same everywhere. */

/** What a sort may go by: numbers, smallest first, or texts, by UTF-16 code unit: "B" before "a", never by locale. */
export type SortKey<T> = (item: T) => number | string;

/**
 * Sorts a list in place, by the first key, where that is equal by the second, and so on, and returns it. Items equal in
 * all keys keep their order; the last key should be one that no two share, such as an id. For the largest first, negate.
 *
 * Example: `sortBy(players, (player) => -player.score, (player) => player.seat)`.
 *
 * @throws RangeError when a key is NaN, TypeError when it is neither number nor text or not of one kind throughout;
 *   the message names key and item by index, and the list stays as it was.
 */
export function sortBy<T>(items: T[], ...keys: readonly SortKey<T>[]): T[] {
  for (let k = 0; k < keys.length; k++) checkKeys(items, keys[k] as SortKey<T>, k);
  return items.sort((a, b) => {
    for (const key of keys) {
      const keyOfA = key(a);
      const keyOfB = key(b);
      if (keyOfA < keyOfB) return -1;
      if (keyOfA > keyOfB) return 1;
    }
    return 0;
  });
}

function checkKeys<T>(items: readonly T[], key: SortKey<T>, index: number): void {
  let kind: string | undefined;
  for (let i = 0; i < items.length; i++) {
    const value = key(items[i] as T);
    if (Number.isNaN(value)) throw new RangeError(`sortBy: key ${index} of item ${i} is NaN`);
    kind ??= typeof value;
    if (typeof value !== kind || (kind !== "number" && kind !== "string"))
      throw new TypeError(`sortBy: key ${index} of item ${i} is a ${typeof value}; give only numbers or only texts`);
  }
}
