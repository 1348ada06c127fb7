/** Rectangles that lie along the axes: walls, zones, boxes. */

/** `left` is not above `right`, `top` not above `bottom`. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
