/** From a score to what it is worth, by two samples: one of which a known share is like the other. */

const BINS = 24;
/** Nobody is surer than that, by words alone. */
const [LEAST, MOST] = [-4, 7];

/** Log likelihood ratio by score: of near pairs less their share of far ones, over far ones; never falling. */
export function calibration(near: Float64Array, far: Float64Array, share: number): (score: number) => number {
  const sorted = Float64Array.from([...near, ...far]).sort();
  const edges = Array.from(
    { length: BINS - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / BINS)] as number,
  );
  const bin = (score: number): number => {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (score > (edges[middle] as number)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const [m, u] = [new Float64Array(BINS), new Float64Array(BINS)];
  for (const score of near) m[bin(score)] = (m[bin(score)] as number) + 1 / near.length;
  for (const score of far) u[bin(score)] = (u[bin(score)] as number) + 1 / far.length;
  const floor = 2 / Math.min(near.length * share, far.length);
  const others = othersShare(m, u, share);
  const together = m.map((value, k) => Math.max(0, (value - others * (u[k] as number)) / (1 - others)));
  const ratio = rising(together, u, floor);
  return (score) => Math.max(LEAST, Math.min(MOST, ratio[bin(score)] as number));
}

/** Numbers of pairs tell the share of two incidents to about so much of itself. */
const COUNT_ERROR = 0.12;

/**
 * The share of near pairs that are of two incidents. Texts least alike are nearly all such: where they say a share near
 * to that which the numbers gave, it is the better one (Blanchard, Lee and Scott 2010).
 */
function othersShare(near: Float64Array, far: Float64Array, share: number): number {
  const counted = 1 - share;
  let [m, u] = [0, 0];
  for (let k = 0; k < BINS / 3; k++) [m, u] = [m + (near[k] as number), u + (far[k] as number)];
  const leastAlike = u === 0 ? counted : m / u;
  return Math.min(0.98, Math.max(counted * (1 - COUNT_ERROR), Math.min(counted * (1 + COUNT_ERROR), leastAlike)));
}

/** Pools neighbours that fall (pool adjacent violators), then logarithms. */
function rising(together: Float64Array, apart: Float64Array, floor: number): Float64Array {
  const blocks: { m: number; u: number; n: number }[] = [];
  together.forEach((m, k) => {
    blocks.push({ m: m + floor, u: (apart[k] as number) + floor, n: 1 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [a, b] = [blocks[last - 1], blocks[last]] as [(typeof blocks)[0], (typeof blocks)[0]];
      if (a.m / a.u <= b.m / b.u) break;
      blocks.splice(last - 1, 2, { m: a.m + b.m, u: a.u + b.u, n: a.n + b.n });
    }
  });
  return Float64Array.from(blocks.flatMap(({ m, u, n }) => new Array<number>(n).fill(Math.log(m / u))));
}
