/** Ways over a grid by the plainest search there is: what the path grid is compared with. */

export interface Plan {
  readonly columns: number;
  readonly rows: number;
  readonly blocked: readonly boolean[];
}

export interface Way {
  readonly length: number;
  readonly step: number;
}

const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
  [1, -1],
] as const;

interface Move {
  readonly to: number;
  readonly length: number;
}

function movesFrom({ columns, rows, blocked }: Plan, cell: number): Move[] {
  const x = cell % columns;
  const y = Math.floor(cell / columns);
  const moves: Move[] = [];
  for (const [dx, dy] of DIRECTIONS) {
    if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue;
    const to = cell + dx + dy * columns;
    const isDiagonal = dx !== 0 && dy !== 0;
    if (blocked[to] && !blocked[cell]) continue;
    if (isDiagonal && (blocked[cell + dx] || blocked[cell + dy * columns])) continue;
    moves.push({ to, length: isDiagonal ? 7 : 5 });
  }
  return moves;
}

function endsOf({ columns, blocked }: Plan, goal: number): number[] {
  const farOf = (cell: number): number =>
    Math.max(
      Math.abs((cell % columns) - (goal % columns)),
      Math.abs(Math.floor(cell / columns) - Math.floor(goal / columns)),
    );
  const open = [...blocked.keys()].filter((cell) => !blocked[cell]);
  const nearest = Math.min(...open.map(farOf));
  return open.filter((cell) => farOf(cell) === nearest);
}

/** Shortens every way until none becomes shorter (R. Bellman, "On a routing problem", 1958). */
export function waysTo(plan: Plan, goal: number): Way[] {
  const lengths = plan.blocked.map(() => Infinity);
  for (const end of endsOf(plan, goal)) lengths[end] = 0;
  const moves = lengths.map((_, cell) => movesFrom(plan, cell));
  const through = ({ to, length }: Move): number => length + lengths[to]!;
  for (let isChanging = true; isChanging; ) {
    isChanging = false;
    for (const [cell, ways] of moves.entries()) {
      const best = Math.min(lengths[cell]!, ...ways.map(through));
      if (best === lengths[cell]) continue;
      lengths[cell] = best;
      isChanging = true;
    }
  }
  return lengths.map((length, cell) => {
    const isMoving = length > 0 && length < Infinity;
    return { length, step: isMoving ? moves[cell]!.find((move) => through(move) === length)!.to : cell };
  });
}
