/** The fleet call's two ways, with the kernel and without it, give the same passes; and it keeps its promises about order, parts and room. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelOn, type Machine, sharedMemoryOf } from "@vedette/kernel/kernel";
import fc from "fast-check";
import { type FleetPasses, type FleetQuery, findFleetPasses } from "../src/access/fleet-passes.ts";
import { ecefOf, upOf } from "../src/geo/wgs84.ts";
import { ephemerisOf, tabulate } from "../src/orbit/table.ts";
import { type Interval, instant, MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import { catalogue, madeUp, randomOf, START_MS, sitesOf } from "./fleet-fixture.ts";

const random = randomOf(7);
const made = madeUp(15, random);
const real = catalogue().slice(0, 10);
const sites = sitesOf(12, random).map((site, i) => ({ site, maskDeg: [0, 10, 25, -1, 60][i % 5] ?? 0 }));
const hours = (from: number, to: number): Interval => ({
  start: instant(START_MS + from * MS_PER_HOUR),
  end: instant(START_MS + to * MS_PER_HOUR),
});
const NEVER_STALE = { staleAfterMs: Number.POSITIVE_INFINITY };

/** Falls from 150 km with much drag: SGP4 gives it up within a day or two. */
const falling = {
  ...(made[0] ?? assert.fail()),
  name: "falling",
  meanMotionRevPerDay: 16.4,
  eccentricity: 0.0005,
  bstar: 0.02,
};

/** What differs beyond the accuracy of both ways: edges a millisecond or two apart, nothing else. */
function assertSame(query: FleetQuery): FleetPasses {
  const [fast, slow] = [findFleetPasses(query), findFleetPasses(query, "none")];
  assert.deepEqual(fast.unknown, slow.unknown);
  assert.equal(fast.count, slow.count);
  assert.deepEqual(fast.satellite, slow.satellite);
  assert.deepEqual(fast.site, slow.site);
  assert.deepEqual(fast.clipped, slow.clipped);
  for (const [name, limit] of [
    ["startMs", 2],
    ["endMs", 2],
    ["peakElevationDeg", 1e-4],
  ] as const) {
    const [a, b] = [fast[name] ?? assert.fail(), slow[name] ?? assert.fail()];
    const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
    assert.ok(worst <= limit, `${name}: ${worst} apart`);
  }
  return fast;
}

test("with the kernel and without: the same passes of every kind of orbit", () => {
  const query = {
    satellites: [...made, ...real],
    sites,
    span: hours(0.1, 12.7),
    options: NEVER_STALE,
    withPeaks: true,
  };
  const { count, satellite, site, startMs, endMs, unknown } = assertSame(query);
  assert.ok(count > 500, `only ${count} passes`);
  assert.equal(unknown.length, 25);
  for (let i = 1; i < count; i++) {
    const rowOf = (k: number) => [satellite[k] ?? 0, site[k] ?? 0, startMs[k] ?? 0];
    const [a, b] = [rowOf(i - 1), rowOf(i)];
    const first = a.findIndex((value, k) => value !== b[k]);
    assert.ok((a[first] ?? 0) < (b[first] ?? 0), `row ${i} is out of order`);
    if (first === 2) assert.ok((endMs[i - 1] ?? 0) < (startMs[i] ?? 0), `row ${i} overlaps the one before`);
  }
});

test("stale elements, a satellite that falls, another day's sky: the same unknown parts and the same passes", () => {
  const satellites = [...real.slice(0, 3), falling, ...made.slice(0, 10)];
  const stale = assertSame({
    satellites,
    sites,
    span: hours(0, 30),
    options: { staleAfterMs: 20 * MS_PER_HOUR },
    withPeaks: true,
  });
  assert.ok(stale.unknown.every((parts) => parts.length > 0));
  assert.ok(stale.unknown.some((parts) => parts.some(({ code }) => code === "decayed")));
  // The kernel's memory is given back as it was: the same nodes as before.
  const table = () => tabulate(falling, hours(0, 6), NEVER_STALE).rEcefKm;
  const before = table();
  findFleetPasses({ satellites, sites, span: hours(0, 6), options: { staleAfterMs: 3 * MS_PER_HOUR } });
  findFleetPasses({ satellites: real, sites, span: hours(0, 6), options: NEVER_STALE });
  assert.deepEqual(table(), before);
  const rebaseMs = 40 * MS_PER_DAY;
  const later = { start: instant(START_MS + rebaseMs), end: instant(START_MS + rebaseMs + MS_PER_DAY / 2) };
  const { count } = assertSame({
    satellites,
    sites,
    span: later,
    options: { ...NEVER_STALE, rebaseMs },
    withPeaks: true,
  });
  assert.ok(count > 100);
});

test("moving an end of the span by any number of milliseconds moves no edge", () => {
  const satellites = [...made, ...real.slice(0, 5)];
  const rows = ({ count, satellite, site, startMs, endMs }: FleetPasses) =>
    Array.from(
      { length: count },
      (_, i) => [satellite[i], site[i], startMs[i], endMs[i]] as [number, number, number, number],
    );
  const day = hours(0, 24);
  const all = rows(findFleetPasses({ satellites, sites, span: day, options: NEVER_STALE }));
  fc.assert(
    fc.property(fc.nat(MS_PER_DAY / 2 - 1), fc.nat(MS_PER_DAY / 2 - 1), (laterMs, soonerMs) => {
      const span = { start: instant(day.start + laterMs), end: instant(day.end - soonerMs) };
      const expected = all
        .filter(([, , start, end]) => start < span.end && end > span.start)
        .map(([s, k, start, end]) => [s, k, Math.max(start, span.start), Math.min(end, span.end)]);
      assert.deepEqual(rows(findFleetPasses({ satellites, sites, span, options: NEVER_STALE })), expected);
    }),
    { numRuns: 60, seed: 20260615 },
  );
});

test("a span of minutes has the edges of the day's, for every kind of orbit alone", () => {
  const day = hours(0, 24);
  for (const elements of [...made, ...real]) {
    const query = { satellites: [elements], sites, options: NEVER_STALE };
    const { startMs, endMs, site } = findFleetPasses({ ...query, span: day });
    const middle = Math.max(startMs[startMs.length >> 1] ?? 0, day.start + 90_000);
    const span = { start: instant(middle - 90_000), end: instant(middle + 200_000) };
    const within = Array.from(startMs, (start, i) => [site[i], start, endMs[i] ?? 0] as const)
      .filter(([, start, end]) => start < span.end && end > span.start)
      .map(([k, start, end]) => [k, Math.max(start, span.start), Math.min(end, span.end)]);
    const cut = findFleetPasses({ ...query, span });
    const found = Array.from(cut.startMs, (start, i) => [cut.site[i], start, cut.endMs[i]]);
    assert.deepEqual(found, within, elements.name);
  }
});

test("more passes than the kernel's room for rows: nothing is lost", () => {
  const many = sitesOf(700, random).map((site) => ({ site, maskDeg: 0 }));
  const query = { satellites: real.slice(0, 2), span: hours(0, 168), options: NEVER_STALE };
  const whole = findFleetPasses({ ...query, sites: many });
  assert.ok(whole.count > 2 * 12_000, `only ${whole.count} passes`);
  const pieces = [0, 100, 200, 300, 400, 500, 600].map((from) =>
    findFleetPasses({ ...query, sites: many.slice(from, from + 100) }),
  );
  assert.equal(
    whole.count,
    pieces.reduce((sum, { count }) => sum + count, 0),
  );
  const sum = (columns: readonly Float64Array[]) =>
    columns.reduce((total, column) => column.reduce((a, b) => a + b - START_MS, total), 0);
  assert.equal(sum([whole.startMs]), sum(pieces.map(({ startMs }) => startMs)));
  assert.equal(sum([whole.endMs]), sum(pieces.map(({ endMs }) => endMs)));
});

test("in a part of a memory that threads share, and by parts of the fleet: the same bytes", () => {
  const machine = globalThis as unknown as Machine;
  const memory = sharedMemoryOf(machine) ?? assert.fail("no shared memory");
  const kernel = kernelOn(memory, { start: 5_000_000, end: 40_000_000 }, machine) ?? assert.fail("no SIMD");
  const query = { satellites: [...made, ...real], sites, span: hours(0, 24), options: NEVER_STALE, withPeaks: true };
  const whole = findFleetPasses(query);
  assert.deepEqual(findFleetPasses(query, kernel), whole);
  const parts = [0, 6, 20].map((from, i) =>
    findFleetPasses({ ...query, satellites: query.satellites.slice(from, [6, 20, 25][i]) }, kernel),
  );
  for (const name of ["site", "startMs", "endMs", "clipped", "peakMs", "peakElevationDeg"] as const) {
    assert.deepEqual(
      parts.flatMap((part) => [...(part[name] ?? [])]),
      [...(whole[name] ?? [])],
    );
  }
});

test("nothing to look at gives no rows; a mask that no site has is refused", () => {
  const query = { satellites: real, sites, span: hours(0, 1), options: NEVER_STALE };
  assert.equal(findFleetPasses({ ...query, satellites: [] }).count, 0);
  assert.equal(findFleetPasses({ ...query, sites: [] }).count, 0);
  assert.equal(findFleetPasses({ ...query, span: { start: query.span.start, end: query.span.start } }).count, 0);
  for (const maskDeg of [-2, 91, Number.NaN]) {
    const wrong = sites.map(({ site }) => ({ site, maskDeg }));
    assert.throws(
      () => findFleetPasses({ ...query, sites: wrong }),
      new RegExp(`maskDeg must be -1 to 90: ${maskDeg}`),
    );
  }
});

test("paths with a kink, where drag takes an eccentricity to SGP4's floor, have edges as exact as any", () => {
  const turning = Array.from({ length: 40 }, (_, i) => ({
    ...(made[0] ?? assert.fail()),
    name: `drag ${i}`,
    ...{ meanMotionRevPerDay: 15.71, eccentricity: 1e-5 * (1 + (i % 20)), inclinationDeg: 97.28, bstar: -0.023 },
    ...{ argPerigeeDeg: (77.8 * i) % 360, meanAnomalyDeg: (39.7 * i) % 360 },
  }));
  const span = { start: instant(START_MS - MS_PER_DAY), end: instant(START_MS + MS_PER_DAY) };
  assert.ok(assertSame({ satellites: turning, sites, span, options: NEVER_STALE, withPeaks: true }).count > 2000);
});

test("elements that go stale just before a set: the pass is there both ways, cut where belief ends", () => {
  for (const elements of [...made, ...real]) {
    const query = { satellites: [elements], sites: sites.slice(0, 4), span: hours(0, 24), withPeaks: true };
    const { endMs, clipped } = findFleetPasses({ ...query, options: NEVER_STALE });
    const sets = endMs.filter((_, i) => clipped[i] === 0).slice(0, 6);
    for (const [i, set] of sets.entries()) {
      const beforeMs = [1, 40, 700, 4_000, 9_000, 11_000][i] ?? 0;
      assertSame({ ...query, options: { staleAfterMs: set - beforeMs - elements.epochUtcMs } });
    }
  }
});

test("high, slow satellites just above a mask: the edges are found however far apart they stand", () => {
  const slow = [
    [3.9, 98.5],
    [1.02, 55],
    [2.0, 63],
  ].map(([meanMotionRevPerDay = 0, inclinationDeg = 0]) => ({
    ...(made[0] ?? assert.fail()),
    ...{ meanMotionRevPerDay, inclinationDeg, eccentricity: 1e-5, bstar: 0, name: `${meanMotionRevPerDay} a day` },
  }));
  for (const elements of slow) {
    const query = { satellites: [elements], span: hours(0, 48), options: NEVER_STALE, withPeaks: true };
    const open = findFleetPasses({ ...query, sites: sites.map(({ site }) => ({ site, maskDeg: 20 })) });
    const tops = Array.from(open.peakElevationDeg ?? assert.fail(), (peakDeg, i) => ({
      peakDeg,
      at: open.site[i] ?? 0,
    }));
    for (const [i, { peakDeg, at }] of tops.slice(0, 12).entries()) {
      const maskDeg = Math.min(89.99, peakDeg - ([1e-4, 1e-3, 3e-3][i % 3] ?? 0));
      const { site } = sites[at] ?? assert.fail();
      const [fast, slowly] = [undefined, "none" as const].map((kernel) =>
        findFleetPasses({ ...query, sites: [{ site, maskDeg }] }, kernel),
      );
      assert.equal(fast?.count, slowly?.count);
      // Nearly level: what a millisecond is elsewhere is more here.
      fast?.startMs.forEach((start, k) => {
        assert.ok(
          Math.abs(start - (slowly?.startMs[k] ?? 0)) <= 200 &&
            Math.abs((fast.endMs[k] ?? 0) - (slowly?.endMs[k] ?? 0)) <= 200,
        );
      });
    }
  }
});

test("edges stand within two milliseconds of SGP4's own, for high, slow and eccentric orbits too", () => {
  const high = madeUp(30, randomOf(3)).filter(({ meanMotionRevPerDay }) => meanMotionRevPerDay < 8);
  const masked = sitesOf(40, randomOf(4)).map((site, i) => ({ site, maskDeg: [0, 5, 30, 60][i % 4] ?? 0 }));
  const { satellite, site, startMs, endMs, clipped } = findFleetPasses({
    ...{ satellites: high, sites: masked, span: hours(0, 48), options: NEVER_STALE },
  });
  const exact = high.map((elements) => ephemerisOf(elements, NEVER_STALE));
  let tested = 0;
  for (const [i, start] of startMs.entries()) {
    const { site: place, maskDeg } = masked[site[i] ?? 0] ?? assert.fail();
    const [up, at] = [upOf(place), ecefOf(place)];
    const above = (utcMs: number): number => {
      const { xKm, yKm, zKm } = exact[satellite[i] ?? 0]?.(instant(utcMs)) ?? assert.fail();
      const [x, y, z] = [xKm - at.xKm, yKm - at.yKm, zKm - at.zKm];
      return (x * up[0] + y * up[1] + z * up[2]) / Math.hypot(x, y, z) - Math.sin((maskDeg * Math.PI) / 180);
    };
    for (const [edge, way, bit] of [
      [start, 1, 1],
      [endMs[i] ?? 0, -1, 2],
    ] as const) {
      const isLevel = Math.abs(above(edge + 500) - above(edge - 500)) < 1e-5;
      if (((clipped[i] ?? 0) & bit) !== 0 || isLevel) continue;
      tested++;
      assert.ok(
        way * above(edge + 1) >= 0 && way * above(edge - 2) <= 0,
        `${high[satellite[i] ?? 0]?.name} at ${edge}`,
      );
    }
  }
  assert.ok(tested > 300, `only ${tested} edges`);
});
