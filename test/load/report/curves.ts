/** Curves over the seconds of a run, as inline SVG. */
import { escapeMarkup } from "./markup.ts";

/** A curve; undefined where nothing was measured. */
export interface Curve {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

const WIDTH = 860;
const HEIGHT = 200;
const LEFT = 56;
const RIGHT = 12;
const TOP = 30;
const BOTTOM = 26;
const LINES = 4;
/** About so many marks of time, and at most so many columns that tell their values. */
const TIME_MARKS = 8;
const MOST_COLUMNS = 240;
/** Of the curves in their order: where they coincide, the wider one is seen on both sides of the narrower. */
const STROKES = [6, 4, 2.4, 1.2];
const LEGEND_WIDTH = 150;

/** The next number above that people count in: 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= value)!;
}

const short = (value: number): string =>
  value >= 10 || value === 0 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(2);

const x = (second: number, last: number): number => LEFT + (second / last) * (WIDTH - LEFT - RIGHT);
const place = (value: number): string => value.toFixed(1);

function timeAxis(last: number): string {
  const step = Math.max(1, roundUp(last / TIME_MARKS));
  const marks = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  return marks
    .map((second, i) => {
      const at = place(x(second, last));
      const text = `${second}${i === marks.length - 1 ? " s" : ""}`;
      return (
        `<line x1="${at}" x2="${at}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM + 4}" class="grid"/>` +
        `<text x="${at}" y="${HEIGHT - 8}" class="tick" text-anchor="middle">${text}</text>`
      );
    })
    .join("");
}

/** Columns that nobody sees, and that tell the values of their second to whoever points at them. */
function columns(seconds: readonly number[], last: number, curves: readonly Curve[]): string {
  const every = Math.ceil(seconds.length / MOST_COLUMNS);
  const width = Math.max(1, (every * (WIDTH - LEFT - RIGHT)) / last);
  return seconds
    .map((second, i) => {
      if (i % every !== 0) return "";
      const said = curves.map(({ name, values }) => `${name} ${values[i] === undefined ? "-" : short(values[i])}`);
      const title = escapeMarkup(`${second} s: ${said.join(", ")}`);
      const at = place(x(second, last) - width / 2);
      return `<rect x="${at}" y="${TOP}" width="${place(width)}" height="${HEIGHT - TOP - BOTTOM}" class="column"><title>${title}</title></rect>`;
    })
    .join("");
}

/** @param seconds of each value. @param stages the seconds at which one begins. */
export function drawCurves(
  seconds: readonly number[],
  curves: readonly Curve[],
  stages: readonly number[] = [],
): string {
  const values = curves.flatMap((curve) => curve.values.filter((value) => value !== undefined));
  if (values.length === 0) return "<p>Nothing was measured.</p>";
  const most = roundUp(Math.max(...values, 1e-3));
  const last = Math.max(1, seconds.at(-1)!);
  const y = (value: number): string => place(HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM));
  const grid = Array.from({ length: LINES + 1 }, (_, i) => {
    const value = (most * i) / LINES;
    return (
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" class="grid"/>` +
      `<text x="${LEFT - 6}" y="${y(value)}" class="tick" text-anchor="end" dy="4">${short(value)}</text>`
    );
  });
  const lines = curves.map(({ values }, curve) => {
    // A gap is a gap: nothing is drawn across seconds that were not measured.
    let isDown = false;
    const path = values.map((value, i) => {
      const command = isDown ? "L" : "M";
      isDown = value !== undefined;
      return value === undefined ? "" : `${command}${place(x(seconds[i]!, last))} ${y(value)}`;
    });
    return `<path d="${path.join("")}" class="c${curve}" stroke-width="${STROKES[curve]}"/>`;
  });
  const legend = curves.map(({ name }, curve) => {
    const at = LEFT + curve * LEGEND_WIDTH;
    return (
      `<path d="M${at} 12H${at + 22}" class="c${curve}" stroke-width="${STROKES[curve]}"/>` +
      `<text x="${at + 28}" y="16">${escapeMarkup(name)}</text>`
    );
  });
  const begins = stages.map((second) => {
    const at = place(x(second, last));
    return `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" class="stage"><title>a stage begins</title></line>`;
  });
  const parts = [...grid, timeAxis(last), ...begins, ...lines, ...legend, columns(seconds, last, curves)];
  return `<div class="scroll"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${parts.join("")}</svg></div>`;
}
