/** Logistic regression by Newton's method, two classes of equal weight, with a small ridge. */

export interface Rows {
  readonly width: number;
  readonly values: Float64Array;
}

const RIDGE = 1e-3;
const ROUNDS = 8;

/** Weights by feature; `ofOne`: how far each row of the first class belongs to it. */
export function logistic(first: Rows, ofOne: Float64Array, second: Rows): Float64Array<ArrayBuffer> {
  const width = first.width;
  const weights = new Float64Array(width);
  const total = ofOne.reduce((sum, w) => sum + w, 0);
  const count = second.values.length / width;
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((w) => -RIDGE * w);
    const curve = new Float64Array(width * width);
    for (let f = 0; f < width; f++) curve[f * width + f] = RIDGE;
    gather(first, (r) => (ofOne[r] as number) / total, 1, { weights, gradient, curve });
    gather(second, () => 1 / count, 0, { weights, gradient, curve });
    const step = solved(curve, gradient);
    for (let f = 0; f < width; f++) weights[f] = (weights[f] as number) + (step[f] as number);
  }
  return weights;
}

interface Newton {
  readonly weights: Float64Array;
  readonly gradient: Float64Array;
  readonly curve: Float64Array;
}

function gather(
  { width, values }: Rows,
  weightOf: (r: number) => number,
  label: number,
  { weights, gradient, curve }: Newton,
): void {
  for (let r = 0; r < values.length / width; r++) {
    let score = 0;
    for (let f = 0; f < width; f++) score += (weights[f] as number) * (values[r * width + f] as number);
    const chance = 1 / (1 + Math.exp(-score));
    const w = weightOf(r);
    for (let f = 0; f < width; f++) {
      const x = values[r * width + f] as number;
      gradient[f] = (gradient[f] as number) + w * (label - chance) * x;
      const c = w * chance * (1 - chance) * x;
      for (let g = 0; g < width; g++)
        curve[f * width + g] = (curve[f * width + g] as number) + c * (values[r * width + g] as number);
    }
  }
}

/** Of a symmetric positive definite matrix, by elimination without pivots. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const [a, b] = [matrix.slice(), right.slice()];
  for (let k = 0; k < n; k++) {
    for (let r = k + 1; r < n; r++) {
      const share = (a[r * n + k] as number) / (a[k * n + k] as number);
      for (let c = k; c < n; c++) a[r * n + c] = (a[r * n + c] as number) - share * (a[k * n + c] as number);
      b[r] = (b[r] as number) - share * (b[k] as number);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let c = k + 1; c < n; c++) b[k] = (b[k] as number) - (a[k * n + c] as number) * (b[c] as number);
    b[k] = (b[k] as number) / (a[k * n + k] as number);
  }
  return b;
}
