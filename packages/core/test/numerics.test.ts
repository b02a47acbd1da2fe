/** Roots, interpolation, distributions: against closed forms and against the slow way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distributionOf, weightedDistribution } from "../src/numerics/distribution.ts";
import { hermite } from "../src/numerics/hermite.ts";
import { bracketedRoot } from "../src/numerics/search.ts";

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

test("roots with a closed form, to the tolerance asked for", () => {
  const cases: readonly (readonly [f: (x: number) => number, a: number, b: number, root: number])[] = [
    [(x) => x * x - 2, 0, 2, Math.SQRT2],
    [Math.sin, 3, 4, Math.PI],
    [(x) => Math.exp(x) - 10, 0, 5, Math.LN10],
    [Math.atan, -1, 40, 0],
    // A cusp, as the elevation has at the zenith.
    [(x) => Math.sqrt(Math.abs(x)) - 0.1, 0, 1, 0.01],
    [(x) => Math.cbrt(x - 0.2), -1, 1, 0.2],
    [(x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7],
  ];
  for (const [f, a, b, root] of cases) {
    for (const tolerance of [1e-3, 1e-9]) {
      for (const found of [bracketedRoot(f, a, b, tolerance), bracketedRoot(f, b, a, tolerance)]) {
        assert.ok(Math.abs(found - root) <= tolerance, `${f}: ${found}, not ${root} to ${tolerance}`);
      }
    }
  }
});

test("a root at which the function is flat, to the tolerance asked for", () => {
  for (const power of [3, 5, 9]) {
    for (const tolerance of [1e-2, 1e-3, 1e-6]) {
      const found = bracketedRoot((x) => x ** power, -1, 3, tolerance);
      assert.ok(Math.abs(found) <= tolerance, `x ** ${power}: ${found}, not 0 to ${tolerance}`);
    }
  }
});

test("property: the one root of a rising cubic, wherever it lies in the bracket, rising or falling", () => {
  fc.assert(
    fc.property(
      finite(-50, 50),
      finite(0, 5),
      finite(0.01, 5),
      finite(0.1, 80),
      finite(0.1, 80),
      fc.boolean(),
      (root, cubic, slope, left, right, falls) => {
        const f = (x: number) => (falls ? -1 : 1) * (cubic * (x - root) ** 3 + slope * (x - root));
        const found = bracketedRoot(f, root - left, root + right, 1e-7);
        assert.ok(Math.abs(found - root) <= 1e-7, `${found}, not ${root}`);
      },
    ),
    { numRuns: 500 },
  );
});

test("a root at an end of the bracket is that end; without a change of sign, the end nearer to one", () => {
  assert.equal(
    bracketedRoot((x) => x, 0, 5, 1e-9),
    0,
  );
  assert.equal(
    bracketedRoot((x) => x, -5, 0, 1e-9),
    0,
  );
  assert.equal(
    bracketedRoot((x) => x * x + 1, -1, 3, 1e-9),
    -1,
  );
  assert.equal(
    bracketedRoot((x) => -(x * x) - 1, -3, 1, 1e-9),
    1,
  );
});

test("a root costs few calls: smooth functions under 12, any function under 110", () => {
  const callsOf = (f: (x: number) => number, a: number, b: number) => {
    let calls = 0;
    bracketedRoot(
      (x) => {
        calls++;
        return f(x);
      },
      a,
      b,
      1e-9,
    );
    return calls;
  };
  assert.ok(callsOf(Math.sin, 3, 4) < 12);
  assert.ok(callsOf((x) => Math.exp(x) - 10, 0, 5) < 20);
  assert.ok(callsOf((x) => (x < Math.E ? -1e-300 : 1e300), 0, 5) < 110);
});

test("property: interpolation of a cubic is that cubic, over any step", () => {
  fc.assert(
    fc.property(
      fc.array(finite(-5, 5), { minLength: 4, maxLength: 4 }),
      finite(-10, 10),
      finite(0.01, 200),
      finite(0, 1),
      (k, x0, h, u) => {
        const [a = 0, b = 0, c = 0, d = 0] = k;
        const y = (x: number) => a + x * (b + x * (c + x * d));
        const slope = (x: number) => b + x * (2 * c + 3 * x * d);
        const x1 = x0 + h;
        const scale = Math.max(1, Math.abs(y(x0)), Math.abs(y(x1)), h * Math.abs(slope(x0)), h * Math.abs(slope(x1)));
        const found = hermite(u, h, y(x0), slope(x0), y(x1), slope(x1));
        assert.ok(Math.abs(found - y(x0 + u * h)) < 1e-12 * scale);
      },
    ),
  );
});

test("the error on a sine is h^4 / 384 at the middle of a step, as published", () => {
  for (const h of [0.5, 0.25, 0.125]) {
    const [x0, x1] = [Math.PI / 2 - h / 2, Math.PI / 2 + h / 2];
    const error = 1 - hermite(0.5, h, Math.sin(x0), Math.cos(x0), Math.sin(x1), Math.cos(x1));
    assert.ok(Math.abs(error / (h ** 4 / 384) - 1) < 0.03, `${error} at ${h}`);
  }
});

/** Hyndman and Fan 1996, type 1, by definition: the least value that at least a share p of all values does not exceed. */
function typeOne(values: readonly number[], [numerator, denominator]: readonly [number, number]): number {
  const reached = values.filter(
    (value) => values.filter((v) => v <= value).length * denominator >= numerator * values.length,
  );
  return Math.min(...reached);
}

const samples = fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), finite(-1e6, 1e6)), {
  minLength: 1,
  maxLength: 60,
});

test("property: quantiles are those of the definition, and no order of the values changes them", () => {
  fc.assert(
    fc.property(samples, (values) => {
      const expected = {
        p50: typeOne(values, [1, 2]) + 0,
        p90: typeOne(values, [9, 10]) + 0,
        max: Math.max(...values) + 0,
      };
      const { mean, p50, p90, max } = distributionOf(values) ?? assert.fail();
      assert.deepEqual({ p50: p50 + 0, p90: p90 + 0, max: max + 0 }, expected);
      assert.ok(Math.abs(mean - values.reduce((sum, v) => sum + v, 0) / values.length) < 1e-7);
      assert.deepEqual(distributionOf(values.toReversed()), distributionOf(values));
    }),
  );
});

test("a tenth of values above the 90 % point, for every number of values: no rounding of 0.9 n shifts it", () => {
  for (let n = 1; n <= 2000; n++) {
    const values = Array.from({ length: n }, (_, i) => i + 1);
    assert.equal(distributionOf(values)?.p90, Math.floor((9 * n + 9) / 10), `${n} values`);
  }
});

test("property: a whole weight is so many copies", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(5)), { maxLength: 20 }), (rows) => {
      const copies = rows.flatMap(([value, weight]) => new Array<number>(weight).fill(value));
      const found = weightedDistribution(
        rows.map(([value]) => value),
        rows.map(([, weight]) => weight),
      );
      const expected = distributionOf(copies);
      assert.equal(found === undefined, expected === undefined);
      if (found === undefined || expected === undefined) return;
      assert.ok(Math.abs(found.mean - expected.mean) < 1e-9);
      assert.deepEqual(
        [found.p50, found.p90, found.max].map((x) => x + 0),
        [expected.p50, expected.p90, expected.max].map((x) => x + 0),
      );
    }),
  );
});

test("what is not a number counts as nothing, and of nothing there is no distribution", () => {
  assert.equal(distributionOf([]), undefined);
  assert.equal(distributionOf([Number.NaN, Number.NaN]), undefined);
  assert.deepEqual(distributionOf([Number.NaN, 3, Number.NaN]), { mean: 3, p50: 3, p90: 3, max: 3 });
  assert.equal(weightedDistribution([1, 2], [0, 0]), undefined);
  assert.equal(weightedDistribution([Number.NaN], [1]), undefined);
  assert.deepEqual(weightedDistribution([7, 9, Number.NaN], [2, 0, 5]), { mean: 7, p50: 7, p90: 7, max: 7 });
});

test("a gap that never ends is the maximum, and values keep their order beyond nine", () => {
  assert.equal(distributionOf([1, Number.POSITIVE_INFINITY])?.max, Number.POSITIVE_INFINITY);
  assert.equal(distributionOf([10, 9, 100])?.p50, 10);
});
