/** Length of a vector of two or three components. */
import { clearLow } from "./float-bits.ts";

/** 2^500 and 2^-450: outside, squares or the rounding errors of squares leave the range of doubles. */
const LARGE = 3.273390607896142e150;
const SMALL = 3.4396966215007995e-136;
const TWO_POW_600 = 4.149515568880993e180;
const TWO_POW_MINUS_600 = 2.409919865102884e-181;

/**
 * Length of the vector (x, y, z), in the unit of its components; no overflow or underflow on the way. Error below 0.51 ulp,
 * below 1 ulp where the result is under 2^-1022.
 *
 * Infinity if any component is infinite (even beside NaN), else NaN if any is NaN. Does not allocate.
 * Source: squares as unevaluated sums by T. J. Dekker, "A floating-point technique for extending the available precision"
 * (1971), and one Newton step on the square root; the scaling idea is that of fdlibm 5.3, Sun Microsystems, e_hypot.c.
 */
export function hypot(x: number, y: number, z = 0): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const c = Math.abs(z);
  if (a === Infinity || b === Infinity || c === Infinity) return Infinity;
  if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(c)) return NaN;
  const largest = Math.max(a, b, c);
  if (largest === 0) return 0;
  if (largest > LARGE) return length(a * TWO_POW_MINUS_600, b * TWO_POW_MINUS_600, c * TWO_POW_MINUS_600) * TWO_POW_600;
  if (largest < SMALL) return length(a * TWO_POW_600, b * TWO_POW_600, c * TWO_POW_600) * TWO_POW_MINUS_600;
  return length(a, b, c);
}

/** Rounding error of `square = fl(x * x)`. */
function squareTail(x: number, square: number): number {
  const top = clearLow(x);
  const low = x - top;
  return top * top - square + (top + x) * low;
}

function length(x: number, y: number, z: number): number {
  const x2 = x * x;
  const y2 = y * y;
  const z2 = z * z;
  const xy = x2 + y2;
  const xyPart = xy - x2;
  const sum = xy + z2;
  const sumPart = sum - xy;
  const tail =
    x2 -
    (xy - xyPart) +
    (y2 - xyPart) +
    (xy - (sum - sumPart)) +
    (z2 - sumPart) +
    squareTail(x, x2) +
    squareTail(y, y2) +
    squareTail(z, z2);
  const root = Math.sqrt(sum);
  const root2 = root * root;
  return root + (sum - root2 - squareTail(root, root2) + tail) / (2 * root);
}
