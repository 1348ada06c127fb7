/** Rooms x lateness: how many of a room's frames fall into each class, as inline SVG. */
import { escapeMarkup } from "./markup.ts";

const CELL_WIDTH = 70;
const CELL_HEIGHT = 15;
const LEFT = 110;
const TOP = 22;
/** Beyond that many only the latest rooms are drawn: they are the ones to look at. */
const MOST_ROOMS = 100;

interface Row {
  readonly id: string;
  readonly frames: readonly number[];
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The latest rooms first: by the mean class of their frames. */
function latestFirst(rooms: readonly Row[]): readonly Row[] {
  const meanOf = ({ frames }: Row): number => sum(frames.map((count, i) => count * i)) / sum(frames);
  return rooms
    .filter(({ frames }) => sum(frames) > 0)
    .sort((a, b) => meanOf(b) - meanOf(a))
    .slice(0, MOST_ROOMS);
}

/** @param steps upper ends of the classes in milliseconds; one class more is what is later. */
export function drawHeatMap(rooms: readonly Row[], steps: readonly number[]): string {
  const rows = latestFirst(rooms);
  if (rows.length === 0) return "<p>No frame was received.</p>";
  const titles = [...steps.map((step) => `< ${step} ms`), `${steps.at(-1)} ms +`];
  const head = titles.map(
    (title, i) =>
      `<text x="${LEFT + (i + 0.5) * CELL_WIDTH}" y="14" text-anchor="middle" class="tick">${escapeMarkup(title)}</text>`,
  );
  const cells = rows.flatMap(({ id, frames }, row) => {
    const all = sum(frames);
    const y = TOP + row * CELL_HEIGHT;
    const name = `<text x="${LEFT - 6}" y="${y + 11}" text-anchor="end" class="tick">${escapeMarkup(id)}</text>`;
    // A few late frames among thousands must be seen: the shade follows the root of the share.
    const shades = frames.map((count, i) =>
      count === 0
        ? ""
        : `<rect x="${LEFT + i * CELL_WIDTH}" y="${y}" width="${CELL_WIDTH - 1}" height="${CELL_HEIGHT - 1}" ` +
          `class="${i < 5 ? "heat" : "late"}" fill-opacity="${(0.1 + 0.9 * Math.sqrt(count / all)).toFixed(2)}">` +
          `<title>${escapeMarkup(`${id}, ${titles[i]}: ${count} of ${all} frames`)}</title></rect>`,
    );
    return [name, ...shades];
  });
  const height = TOP + rows.length * CELL_HEIGHT;
  return `<div class="scroll"><svg viewBox="0 0 ${LEFT + titles.length * CELL_WIDTH} ${height}" role="img">${head.join("")}${cells.join("")}</svg></div>`;
}
