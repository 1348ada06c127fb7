/** The small round sign of a seat in texts: its colour, hollow for the seats whose colour is used twice. */

import { make } from "./dom.ts";
import { seatStyle } from "./palette.ts";

export function seatDisc(seat: number): HTMLElement {
  const { colour, isHollow } = seatStyle(seat);
  const disc = make("i", "", "disc");
  disc.setAttribute("aria-hidden", "true");
  disc.style.borderColor = colour;
  if (!isHollow) disc.style.background = colour;
  return disc;
}
