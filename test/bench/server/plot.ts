/** The curves as one SVG: server CPU over what it grows with, both axes logarithmic, so that linear growth is a slope of one. */

export interface Point {
  readonly value: number;
  /** Share of a core. */
  readonly core: number;
  readonly micros: number;
}

export interface Curve {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

const WIDTH = 420;
const HEIGHT = 240;
const LEFT = 48;
const RIGHT = 16;
const TOP = 34;
const BOTTOM = 40;
const COLUMNS = 2;

/** The powers of ten around some numbers. */
function decades(values: readonly number[]): [number, number] {
  return [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)) + 1e-9)];
}

const number = (value: number): string => (value >= 1 ? String(value) : value.toPrecision(1));

function panel({ title, unit, points }: Curve): string {
  const [low, high] = decades(points.map(({ core }) => core));
  const first = Math.log10(points[0]!.value);
  const span = Math.log10(points.at(-1)!.value) - first;
  const x = (value: number): number => LEFT + ((Math.log10(value) - first) / span) * (WIDTH - LEFT - RIGHT);
  const y = (core: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(core) - low) / Math.max(1, high - low)) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: high - low + 1 }, (_, i) => {
    const at = y(10 ** (low + i)).toFixed(1);
    const label = number(10 ** (low + i));
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#d4d4d8"/><text x="${LEFT - 6}" y="${at}" dy="4" text-anchor="end">${label}</text>`;
  });
  const marks = points.map(({ value, core }) => {
    const at = x(value).toFixed(1);
    return `<circle cx="${at}" cy="${y(core).toFixed(1)}" r="3.5" fill="#2563eb"/><text x="${at}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${value}</text>`;
  });
  const start = points[0]!;
  const end = points.at(-1)!;
  // In proportion, until it leaves the picture.
  const last = Math.min(end.value, (start.value * 10 ** high) / start.core);
  const proportional = (start.core * last) / start.value;
  const linear = `<path d="M${x(start.value)} ${y(start.core)}L${x(last).toFixed(1)} ${y(proportional).toFixed(1)}" stroke="#a1a1aa" stroke-dasharray="4 4" fill="none"/>`;
  const path = points.map(({ value, core }, i) => `${i === 0 ? "M" : "L"}${x(value).toFixed(1)} ${y(core).toFixed(1)}`);
  return [
    `<text x="${LEFT}" y="18" font-weight="600">${title}</text>`,
    ...grid,
    linear,
    `<path d="${path.join("")}" stroke="#2563eb" stroke-width="2" fill="none"/>`,
    ...marks,
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end" fill="#52525b">${unit}; up: cores; dashed: in proportion</text>`,
  ].join("");
}

export function drawCurves(curves: readonly Curve[]): string {
  const rows = Math.ceil(curves.length / COLUMNS);
  const panels = curves.map((curve, i) => {
    const at = `${(i % COLUMNS) * WIDTH} ${Math.floor(i / COLUMNS) * HEIGHT}`;
    return `<g transform="translate(${at})">${panel(curve)}</g>`;
  });
  const size = `${COLUMNS * WIDTH} ${rows * HEIGHT}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" font-family="system-ui, sans-serif" font-size="12" fill="#18181b"><title>What the server's CPU grows with</title><rect width="100%" height="100%" fill="#fff"/>${panels.join("")}</svg>\n`;
}
