/** The change of a share, told apart by stations: sums, one cause alone, nothing left at the end, and who saw. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { driverOf, partsOf } from "../src/exercise/score/drivers.ts";

/** Of `began` breaches, what came to each station where these shares go on. */
function funnel(began: number, ...shares: number[]): number[] {
  const way = [began];
  for (const share of shares) way.push((way.at(-1) as number) * share);
  return way;
}

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a} against ${b}`);

test("the parts add up to the change, and turn their sign when the networks change places", () => {
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  const shares = fc.array(share, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(shares, shares, (a, b) => {
      const [x, y] = [funnel(1000, ...a), funnel(400, ...b)];
      const change = (y.at(-1) as number) / 400 - (x.at(-1) as number) / 1000;
      close(
        partsOf(x, y).reduce((sum, part) => sum + part, 0),
        change,
      );
      const back = partsOf(y, x);
      for (const [i, part] of partsOf(x, y).entries()) close(part, -(back[i] as number));
    }),
  );
});

test("a station that alone changed has the whole change; two equal ones have half each", () => {
  const [seen, analysts] = partsOf(funnel(100, 0.8, 0.5), funnel(100, 0.4, 0.5)) as [number, number];
  close(seen, -0.2);
  close(analysts, 0);
  const both = partsOf(funnel(100, 0.8, 0.8), funnel(100, 0.4, 0.4)) as [number, number];
  close(both[0], both[1]);
});

test("where none come to the end, the station that lost the last has the change, either way round", () => {
  assert.deepEqual(partsOf([10, 8, 4, 2], [10, 8, 0, 0]), [0, -0.2, 0]);
  assert.deepEqual(partsOf([10, 8, 0, 0], [10, 8, 4, 2]), [0, 0.2, 0]);
  assert.deepEqual(partsOf([10, 0, 0, 0], [10, 0, 0, 0]), [0, 0, 0]);
});

test("the driver is the station that did most of it, with an interval over runs, and the groups that saw less", () => {
  const runs = Array.from({ length: 40 }, (_, i) => 50 + (i % 7));
  const before = {
    funnels: runs.map((n) => [n, 40, 38, 36, 20, 18]),
    firstSeen: { drones: 0.4, cameras: 0.4 },
  };
  const after = {
    funnels: runs.map((n) => [n, 24, 23, 22, 12, 11]),
    firstSeen: { cameras: 0.48 },
  };
  const driver = driverOf(before, after, 1);
  assert.equal(driver.station, 1);
  const [seen, ...others] = driver.parts;
  assert.ok(seen !== undefined && seen.low <= seen.estimate && seen.estimate <= seen.high && seen.high < 0);
  for (const { estimate } of others) assert.ok(Math.abs(estimate) < Math.abs(seen.estimate) / 4);
  assert.deepEqual(
    driver.groups.map(({ group }) => group),
    ["drones", "cameras"],
  );
  close(driver.groups[0]?.change ?? 0, -0.4);
  close(driver.groups[1]?.change ?? 0, 0.08);
  assert.deepEqual(driverOf(before, after, 1), driver);
});

test("nothing changed: no driver; other runs: refused", () => {
  const same = { funnels: [[10, 8, 4]] };
  assert.equal(driverOf(same, same, 1).station, undefined);
  assert.throws(() => driverOf(same, { funnels: [] }, 1), /1 runs against 0/);
});
