/** Curves over the seconds of a run, as inline SVG. */
import { escapeMarkup } from "./markup.ts";

/** A curve; undefined where nothing was measured. */
export interface Curve {
  readonly name: string;
  readonly color: string;
  readonly values: readonly (number | undefined)[];
}

const WIDTH = 860;
const HEIGHT = 190;
const LEFT = 56;
const RIGHT = 10;
const TOP = 26;
const BOTTOM = 24;
const LINES = 4;

/** The next number above that people count in: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= value)!;
}

const short = (value: number): string => (value >= 10 || value === 0 ? value.toFixed(0) : value.toPrecision(2));

/** @param unit what the heights are. @param seconds of each value. */
export function drawCurves(unit: string, seconds: readonly number[], curves: readonly Curve[]): string {
  const values = curves.flatMap((curve) => curve.values.filter((value) => value !== undefined));
  if (values.length === 0) return "<p>Nothing was measured.</p>";
  const most = roundUp(Math.max(...values, 1e-3));
  const last = Math.max(1, seconds.at(-1)!);
  const x = (second: number): string => (LEFT + (second / last) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (value: number): string => (HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const grid = Array.from({ length: LINES + 1 }, (_, i) => {
    const value = (most * i) / LINES;
    return (
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" class="grid"/>` +
      `<text x="${LEFT - 6}" y="${y(value)}" class="tick" text-anchor="end" dy="4">${short(value)}</text>`
    );
  });
  const lines = curves.map(({ values, color }) => {
    // A gap is a gap: nothing is drawn across seconds that were not measured.
    let isDown = false;
    const path = values.map((value, i) => {
      const command = isDown ? "L" : "M";
      isDown = value !== undefined;
      return value === undefined ? "" : `${command}${x(seconds[i]!)} ${y(value)}`;
    });
    return `<path d="${path.join("")}" stroke="${color}"/>`;
  });
  const legend = curves.map(
    ({ name, color }, i) => `<text x="${LEFT + i * 130}" y="14" fill="${color}">${escapeMarkup(name)}</text>`,
  );
  const end = `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 6}" class="tick" text-anchor="end">${last} s</text>`;
  const title = `<text x="4" y="14" class="tick">${escapeMarkup(unit)}</text>`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${grid.join("")}${lines.join("")}${legend.join("")}${title}${end}</svg>`;
}
