/** The imports of a TypeScript file, read as text, and the cycles in what they form. */

/** Without comments, so that words in them count for nothing. String contents stay. */
export const stripComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");

/** The module names a file imports or re-exports, types included. */
export function importsOf(code: string): string[] {
  const pattern = /\b(?:import|export)\b[^"';(]*?\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"/g;
  return [...stripComments(code).matchAll(pattern)].map((match) => (match[1] ?? match[2])!);
}

/** The files of a cycle, the first one again at the end; empty when there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
