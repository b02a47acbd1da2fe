/** One-dimensional searches. Abscissae are plain numbers; callers choose the unit. */

/**
 * The root of `f` in [a, b], where `f` changes sign: ITP's plain ancestor, regula falsi with the Illinois step
 * (Dowell and Jarratt 1971), to within `tolerance`. Without a change of sign the end with the smaller value is returned.
 */
export function bracketedRoot(f: (x: number) => number, a: number, b: number, tolerance: number): number {
  let [x0, x1] = [a, b];
  let [f0, f1] = [f(a), f(b)];
  if (f0 >= 0 === f1 >= 0) return Math.abs(f0) <= Math.abs(f1) ? a : b;
  // A step shorter than the tolerance proves nothing by itself (a flat root creeps): the sign one tolerance on does.
  let side = 0;
  for (let n = 0; n < 100 && Math.abs(x1 - x0) > tolerance; n++) {
    // After 30 rounds of no convergence (a cusp), halves.
    const x = n < 30 ? (f1 * x0 - f0 * x1) / (f1 - f0) : (x0 + x1) / 2;
    const value = f(x);
    if (value === 0) return x;
    if (value >= 0 === f1 >= 0) {
      const creeps = side === 1 && Math.abs(x - x1) < tolerance;
      [x1, f1] = [x, value];
      if (creeps) {
        const beyond = x + Math.sign(x0 - x) * tolerance;
        const there = f(beyond);
        if (there >= 0 !== f1 >= 0) return x;
        [x1, f1] = [beyond, there];
      }
      if (side === 1) f0 /= 2;
      side = 1;
    } else {
      const creeps = side === -1 && Math.abs(x - x0) < tolerance;
      [x0, f0] = [x, value];
      if (creeps) {
        const beyond = x + Math.sign(x1 - x) * tolerance;
        const there = f(beyond);
        if (there >= 0 !== f0 >= 0) return x;
        [x0, f0] = [beyond, there];
      }
      if (side === -1) f1 /= 2;
      side = -1;
    }
  }
  return Math.abs(f0) < Math.abs(f1) ? x0 : x1;
}
