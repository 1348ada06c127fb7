/** The garbage of a piece of work: bytes of the heap that it leaves behind for the collector to take away. */

const heapUsed = (): number => process.memoryUsage().heapUsed;

/** What asking costs; it is the same each time, because V8 counts its young generation exactly. */
function costOfAsking(): number {
  const before = heapUsed();
  return heapUsed() - before;
}

/**
 * Heap bytes per call of `work`; undefined when the collector ran in between or cannot be run before it. Buffers
 * beyond 64 bytes live outside of the heap and are not counted.
 */
export function garbageOf(calls: number, work: () => void): number | undefined {
  if (globalThis.gc === undefined) return undefined;
  globalThis.gc();
  const asking = costOfAsking();
  const before = heapUsed();
  for (let i = 0; i < calls; i++) work();
  const bytes = (heapUsed() - before - asking) / calls;
  return bytes < 0 ? undefined : bytes;
}
