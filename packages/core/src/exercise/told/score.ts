/** How well a partition of items agrees with the truth. */

export interface Agreement {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly bCubed: number;
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Pairwise precision, recall and F1; B-cubed F1 (Bagga and Baldwin 1998). */
export function agreementOf(truth: readonly (number | string)[], found: readonly (number | string)[]): Agreement {
  const [ofTruth, ofFound, ofBoth] = [new Map(), new Map(), new Map()] as [
    Map<unknown, number>,
    Map<unknown, number>,
    Map<string, number>,
  ];
  truth.forEach((t, i) => {
    const f = found[i];
    ofTruth.set(t, (ofTruth.get(t) ?? 0) + 1);
    ofFound.set(f, (ofFound.get(f) ?? 0) + 1);
    ofBoth.set(`${t}/${f}`, (ofBoth.get(`${t}/${f}`) ?? 0) + 1);
  });
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, n) => total + pairs(n), 0);
  const [both, t, f] = [sum(ofBoth.values()), sum(ofTruth.values()), sum(ofFound.values())];
  const [precision, recall] = [f === 0 ? 1 : both / f, t === 0 ? 1 : both / t];
  let [bPrecision, bRecall] = [0, 0];
  truth.forEach((key, i) => {
    const shared = ofBoth.get(`${key}/${found[i]}`) as number;
    bPrecision += shared / (ofFound.get(found[i]) as number) / truth.length;
    bRecall += shared / (ofTruth.get(key) as number) / truth.length;
  });
  return { precision, recall, f1: harmonic(precision, recall), bCubed: harmonic(bPrecision, bRecall) };
}

const harmonic = (a: number, b: number): number => (a + b === 0 ? 0 : (2 * a * b) / (a + b));
