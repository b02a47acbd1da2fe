/** How far the truth may lie from the middle of a pixel. */

/**
 * Radius about the middle of a rectangle that holds 95 % of its area, km: where something anywhere in a pixel truly is, all
 * places in it alike. By bisection on the exact area of a circle's part inside a rectangle.
 */
export function pixelRadiusKm(widthKm: number, heightKm: number): number {
  if (!(widthKm > 0 && heightKm > 0)) throw new RangeError(`not a pixel: ${widthKm} x ${heightKm} km`);
  const [a, b] = widthKm >= heightKm ? [widthKm / 2, heightKm / 2] : [heightKm / 2, widthKm / 2];
  let [low, high] = [0, Math.hypot(a, b)];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (insideKm2(middle, a, b) < 0.95 * 4 * a * b) low = middle;
    else high = middle;
  }
  return high;
}

/** Area of the disk of this radius inside the rectangle of half sides a >= b about the same middle. */
function insideKm2(radius: number, a: number, b: number): number {
  // Four quarters: the integral over x from 0 to a of the lesser of b and the circle's height.
  const flatTo = radius <= b ? 0 : Math.min(a, Math.sqrt(radius * radius - b * b));
  const roundTo = Math.min(a, radius);
  return 4 * (flatTo * b + underCircle(roundTo, radius) - underCircle(flatTo, radius));
}

/** Integral of sqrt(r2 - x2) from 0 to x. */
function underCircle(x: number, radius: number): number {
  return (
    (x * Math.sqrt(Math.max(0, radius * radius - x * x)) + radius * radius * Math.asin(Math.min(1, x / radius))) / 2
  );
}
