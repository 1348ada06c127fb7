/** The colours and the letters of the demo: deep navy, a warm accent, and seat colours that the colour-blind tell apart. */

export const INK = {
  page: "#0a0f1b",
  field: "#101a2f",
  gridFine: "#141f38",
  grid: "#1b2947",
  edge: "#3d5285",
  wall: "#2a3b62",
  wallTop: "#5470ab",
  wallShade: "#0a101d",
  text: "#e9eef8",
  muted: "#8d9cba",
  accent: "#ffb454",
  danger: "#ff5d5d",
  good: "#45d0a1",
} as const;

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

/**
 * Eight hues that differ in lightness too, brightened for a dark ground.
 *
 * Source: Okabe and Ito, "Color universal design", 2008.
 */
const HUES = ["#5bbcf0", "#f0a020", "#2ccb9b", "#f2e45a", "#e88fc4", "#f26a3d", "#8b93ff", "#dde5f3"] as const;

/** Seats beyond the hues have the same ones again and are drawn hollow: form tells apart what colour cannot. */
export interface SeatStyle {
  readonly colour: string;
  readonly isHollow: boolean;
}

export function seatStyle(seat: number): SeatStyle {
  return { colour: HUES[seat % HUES.length]!, isHollow: Math.floor(seat / HUES.length) % 2 === 1 };
}
