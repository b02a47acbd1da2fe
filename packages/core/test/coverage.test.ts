/** Coverage: the kernel and the plain way agree, slices merge in any order, and a subset's answer is that of a sweep of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelOf, type Machine } from "@vedette/kernel/kernel";
import fc from "fast-check";
import { CHANNELS, inChannel } from "../src/access/acceptance.ts";
import { type Coverage, type CoveragePlan, type Moments, placeCoverage, planeBytes } from "../src/access/coverage.ts";
import { ageQuantileH, pictureAgesOf } from "../src/access/coverage-age.ts";
import { type Groups, ledgerStateOf, observabilityOf, unknownHoursOf } from "../src/access/coverage-query.ts";
import { placesOf, planeOf } from "../src/access/coverage-rows.ts";
import { CoverageSweep } from "../src/access/coverage-slice.ts";
import { gatherParts, slicesOf, sweepCoverage } from "../src/access/coverage-sweep.ts";
import { cellsAround } from "../src/geo/cells.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import { cellsAnywhere, DENSE, fleetOf, LOW, planOver, SENSORS } from "./coverage-fixture.ts";
import { elementsNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const machine = globalThis as unknown as Machine;
const SPAN = spanOf("2026-06-15T22:20:00Z", 30.5);
const GROUPS = 5;
const FINE = [...DENSE, ...cellsAnywhere(150, 9)];
const COARSE = FINE.filter((_, i) => i % 6 === 0);
const PLAN = planOver(fleetOf(12, GROUPS), SPAN, FINE, COARSE);
const BY_KERNEL = sweepCoverage(PLAN, kernelOf(machine));
const PLAINLY = sweepCoverage(PLAN, undefined);
const ALL = new Uint8Array(GROUPS).fill(1);

const bitsOf = ({ plan, place, bits }: Coverage) =>
  new Uint32Array(bits(), place.planes, planeBytes(plan) >>> 2).slice();

function momentsOf({ swept: { moments }, bits, plan }: Coverage): Moments {
  if ("first" in moments) return moments;
  const first = new Uint32Array(bits(), moments.firstAt, plan.coarse.count + 1).slice();
  const count = first.at(-1) ?? 0;
  return {
    first,
    at: new Uint32Array(bits(), moments.atAt, count).slice(),
    tag: new Uint16Array(bits(), moments.tagAt, count).slice(),
  };
}

test("there is something to see", (t) => {
  const count = momentsOf(BY_KERNEL).at.length;
  t.diagnostic(`${FINE.length} cells, ${PLAN.planes.length} planes, ${count} moments`);
  if (BY_KERNEL.kernel === undefined) t.diagnostic("this machine has no SIMD: the plain way is held against itself");
  assert.ok(count > 2000 && PLAN.hours === 31 && PLAN.tree.words > 4);
  assert.ok(PLAN.planes.some(({ isNight }) => isNight));
});

/**
 * The kernel compares cosines and decides about balls of cells, the plain way compares degrees in single precision. They can
 * differ by a cell that lies within 1e-6 degrees of a band's edge; none does here.
 */
test("with a kernel and without, every bit and every moment is the same", () => {
  assert.deepEqual(bitsOf(BY_KERNEL), bitsOf(PLAINLY));
  const [own, plain] = [momentsOf(BY_KERNEL), momentsOf(PLAINLY)];
  assert.deepEqual(own.first, plain.first);
  assert.deepEqual(own.tag, plain.tag);
  // Newton ends where it began a millisecond: a moment may be written down as the one beside it.
  assert.ok(own.at.every((at, i) => Math.abs(at - (plain.at[i] ?? Number.NaN)) <= 1));
});

/** Above it the plain way, which counts on one moment abeam in a quarter of a revolution, can miss a look. */
const ROUND = 0.1;

test("so it is for every orbit of the set, retrograde and high ones, over all the globe and a dense country; of eccentric ones the kernel finds more", () => {
  const fleet = LOW.map(({ elements }, group) => ({ elements, table: NEVER_STALE, group, sensors: SENSORS }));
  const country = cellsAround({ latitudeDeg: 60, longitudeDeg: 60 }, 250, 6);
  for (const cells of [cellsAnywhere(1500, 77), country]) {
    const plan = planOver(fleet, spanOf("2026-06-16T00:00:00Z", 24), cells, []);
    const [own, plain] = [bitsOf(sweepCoverage(plan, kernelOf(machine))), bitsOf(sweepCoverage(plan, undefined))];
    const planeWords = (plan.hours * plan.rowBytes) >>> 2;
    const faults = new Set<string>();
    own.forEach((word, i) => {
      const other = plain[i] ?? 0;
      const { name = "", elements } = LOW[plan.planes[Math.floor(i / planeWords)]?.group ?? -1] ?? {};
      const isRound = (elements?.eccentricity ?? 0) < ROUND;
      if (isRound ? word !== other : (word | other) >>> 0 !== word) faults.add(name);
    });
    assert.deepEqual([...faults], []);
    assert.ok(own.reduce((sum, word) => sum + (word === 0 ? 0 : 1), 0) > 5000);
  }
});

test("questions by the kernel and by the plain way have the same answers", () => {
  const some = Uint8Array.of(1, 0, 0, 1, 1);
  for (const groups of [ALL, some, new Uint8Array(GROUPS)]) {
    assert.deepEqual(observabilityOf(BY_KERNEL, groups), observabilityOf(PLAINLY, groups));
    const plain = { ...BY_KERNEL, kernel: undefined, swept: { ...BY_KERNEL.swept, moments: momentsOf(BY_KERNEL) } };
    const [own, other] = [pictureAgesOf(BY_KERNEL, groups), pictureAgesOf(plain, groups)];
    own.forEach((ages, c) => {
      for (const name of ["looks", "meanAgeH", "longestGapH", "revisitH", "gaps", "rests"] as const)
        assert.deepEqual(ages[name], other[c]?.[name]);
    });
  }
});

test("property: slices of any length, swept and merged in any order, give the same", () => {
  const kernel = kernelOf(machine);
  if (kernel === undefined) return;
  const [bits, moments] = [bitsOf(BY_KERNEL), momentsOf(BY_KERNEL)];
  const slicing = fc.record({ hours: fc.integer({ min: 3, max: 31 }), seed: fc.nat() });
  fc.assert(
    fc.property(slicing, ({ hours, seed }) => {
      const own = kernelOf(machine) ?? assert.fail();
      const place = placeCoverage(PLAN, own);
      const sweep = new CoverageSweep(PLAN, place, own, () => own.memory.buffer as ArrayBuffer);
      const slices = slicesOf(PLAN, hours).sort(
        (a, b) => ((a.fromHour * 7919 + seed) % 31) - ((b.fromHour * 7919 + seed) % 31),
      );
      const swept = gatherParts(
        PLAN,
        slices.map(({ fromHour, toHour }) => sweep.slice(fromHour, toHour)),
        own,
      );
      const coverage = { ...BY_KERNEL, place, kernel: own, bits: () => own.memory.buffer as ArrayBuffer, swept };
      assert.deepEqual(bitsOf(coverage), bits);
      assert.deepEqual(momentsOf(coverage), moments);
      assert.deepEqual(swept.lit, BY_KERNEL.swept.lit);
    }),
    { numRuns: 8, seed: 3 },
  );
});

test("a subset's answer is that of a sweep of these satellites alone", () => {
  for (const groups of [Uint8Array.of(0, 1, 0, 0, 0), Uint8Array.of(1, 0, 1, 1, 0)]) {
    const few = PLAN.satellites.filter(({ group }) => groups[group] === 1);
    const alone = sweepCoverage(planOver(few, SPAN, FINE, COARSE), kernelOf(machine));
    assert.deepEqual(observabilityOf(BY_KERNEL, groups), observabilityOf(alone, ALL));
    pictureAgesOf(BY_KERNEL, groups).forEach((ages, c) => {
      const own = pictureAgesOf(alone, ALL)[c] ?? assert.fail();
      for (const name of ["looks", "meanAgeH", "longestGapH", "revisitH"] as const)
        assert.deepEqual(ages[name], own[name]);
    });
  }
});

/** Hours of one cell with a look, asked of the ledger bit by bit. */
function seenHours(coverage: Coverage, groups: Groups, channel: number, cell: number): boolean[] {
  const kinds = [0, 1, 2, 3].filter((kind) => inChannel(1 << kind, channel));
  const states = kinds.map((kind) => ledgerStateOf(coverage, groups, kind));
  return Array.from({ length: PLAN.hours }, (_, hour) => states.some((stateAt) => stateAt(cell, hour) === 3));
}

test("shares, gaps and histograms are those of a reckoning cell by cell, hour by hour", () => {
  const groups = Uint8Array.of(1, 1, 0, 0, 1);
  observabilityOf(BY_KERNEL, groups).forEach((found, channel) => {
    const gaps = new Uint32Array(PLAN.hours + 1);
    const lit = new Float64Array(PLAN.hours);
    for (let cell = 0; cell < FINE.length; cell++) {
      const seen = seenHours(BY_KERNEL, groups, channel, cell);
      const lengths = seen
        .map((on) => (on ? "1" : "0"))
        .join("")
        .split("1")
        .map(({ length }) => length)
        .filter((n) => n > 0);
      for (const n of lengths) gaps[n] = (gaps[n] ?? 0) + 1;
      seen.forEach((on, hour) => {
        if (on) lit[hour] = (lit[hour] ?? 0) + 1;
      });
      assert.equal(found.seenH[cell], seen.filter(Boolean).length);
      assert.equal(found.longestGapH[cell], Math.max(0, ...lengths));
    }
    assert.deepEqual(found.gaps, gaps);
    assert.deepEqual(
      found.hourly01,
      lit.map((count) => count / FINE.length),
    );
  });
});

test("ages are those of a clock that looks every ten seconds", () => {
  const groups = Uint8Array.of(1, 0, 1, 0, 1);
  const { first, at, tag } = momentsOf(BY_KERNEL);
  const ages = pictureAgesOf(BY_KERNEL, groups);
  const spanMs = SPAN.end - SPAN.start;
  for (let c = 0; c < CHANNELS; c++) {
    const all: number[] = [];
    for (let cell = 0; cell < COARSE.length; cell += 7) {
      const times = Array.from(at.subarray(first[cell], first[cell + 1])).filter((_, i) => {
        const bits = tag[(first[cell] ?? 0) + i] ?? 0;
        return groups[bits >> 4] === 1 && inChannel(bits & 15, c);
      });
      const stamps = [0, ...times, spanMs];
      const gapsMs = stamps.slice(1).map((ms, i) => ms - (stamps[i] ?? 0));
      assert.equal(ages[c]?.looks[cell], times.length);
      assert.equal(ages[c]?.longestGapH[cell], Math.max(...gapsMs) / MS_PER_HOUR);
      const [firstMs] = times;
      if (firstMs === undefined) continue;
      const sampled: number[] = [];
      let last = 0;
      for (let ms = firstMs; ms < spanMs; ms += 10_000) {
        while ((times[last + 1] ?? spanMs) <= ms) last++;
        sampled.push(ms - (times[last] ?? 0));
      }
      const mean = sampled.reduce((sum, ms) => sum + ms, 0) / sampled.length / MS_PER_HOUR;
      assert.ok(Math.abs(mean - (ages[c]?.meanAgeH[cell] ?? Number.NaN)) < 0.005, `${mean}`);
      all.push(...sampled);
    }
  }
});

test("quantiles of age are those of its distribution", () => {
  // Two gaps: of 90 and of 30 minutes. Ages below 30 minutes last 60 in all, those above last 60 more.
  const [gaps, rests] = [new Float64Array(100), new Float64Array(100)];
  gaps[90] = 1;
  gaps[30] = 1;
  const ages = { gaps, rests } as unknown as Parameters<typeof ageQuantileH>[0];
  for (const [q, minutes] of [
    [0.25, 15],
    [0.5, 30],
    [0.75, 60],
    [1, 90],
  ] as const) {
    assert.ok(Math.abs(ageQuantileH(ages, q) - minutes / 60) < 1e-9, `${q}: ${ageQuantileH(ages, q)}`);
  }
  assert.ok(Number.isNaN(ageQuantileH({ gaps: new Float64Array(3), rests: new Float64Array(3) } as never, 0.5)));
});

test("without elements, or with stale ones, hours are unknown and not empty", () => {
  const [fresh = assert.fail(), old = assert.fail()] = PLAN.satellites;
  const staleAfterMs = SPAN.start + MS_PER_DAY / 2 - old.elements.epochUtcMs;
  const satellites = [
    { ...fresh, group: 0, sensors: [SENSORS[3] ?? assert.fail()] },
    { ...old, group: 1, sensors: [SENSORS[1] ?? assert.fail()], table: { staleAfterMs } },
  ];
  const plan: CoveragePlan = {
    ...planOver(satellites, SPAN, FINE, COARSE),
    absent: [{ group: 2, sensors: [SENSORS[2] ?? assert.fail()] }],
  };
  for (const kernel of [kernelOf(machine), undefined]) {
    const coverage = sweepCoverage(plan, kernel);
    const groups = Uint8Array.of(1, 1, 1);
    const unknown = [1, 2, 3, 4].map((c) => unknownHoursOf(coverage, groups, c).reduce((sum, one) => sum + one, 0));
    assert.deepEqual(unknown, [0, 31 - 12, 31, 0]);
    assert.equal(ledgerStateOf(coverage, groups, 1)(0, 30), 2);
    assert.equal(ledgerStateOf(coverage, groups, 2)(0, 30), 2);
    assert.deepEqual(unknownHoursOf(coverage, Uint8Array.of(1, 0, 0), 0), new Uint8Array(31));
    const looks = observabilityOf(coverage, Uint8Array.of(0, 1, 0))[2] ?? assert.fail();
    assert.ok(
      looks.hourly01.subarray(0, 12).some((share) => share > 0) &&
        looks.hourly01.subarray(12).every((share) => share === 0),
    );
  }
});

test("a satellite that hardly moves is in view for hours, beside those that pass", () => {
  const slow = {
    elements: elementsNamed("ECHOSTAR 10"),
    table: NEVER_STALE,
    group: 1,
    sensors: [SENSORS[3] ?? assert.fail()],
  };
  const plan = planOver([...fleetOf(2, 1), slow], SPAN, FINE, COARSE);
  const [own, plain] = [sweepCoverage(plan, kernelOf(machine)), sweepCoverage(plan, undefined)];
  assert.deepEqual(bitsOf(own), bitsOf(plain));
  const plane = planeOf(plan, 1, 3, false);
  const lit = own.swept.lit.subarray(plane * plan.hours, (plane + 1) * plan.hours);
  assert.ok(lit.every((cells) => cells > 0 && cells < FINE.length));
  assert.equal(placesOf(plan).length, FINE.length);
});

test("no satellites, or no cells, is nothing seen", () => {
  for (const plan of [planOver([], SPAN, FINE, COARSE), planOver(fleetOf(2, 2), SPAN, [], [])]) {
    for (const kernel of [kernelOf(machine), undefined]) {
      const coverage = sweepCoverage(plan, kernel);
      const [imaging = assert.fail()] = observabilityOf(coverage, ALL);
      assert.equal(imaging.longestGapH.length, plan.grid.count);
      assert.ok(imaging.longestGapH.every((hours) => hours === plan.hours));
      assert.ok(pictureAgesOf(coverage, ALL).every(({ looks }) => looks.every((count) => count === 0)));
    }
  }
});

test("more than can be named is refused with the number", () => {
  assert.throws(() => planOver([], spanOf("2026-06-15T00:00:00Z", 65_536), [], []), /65536 hours: at most 65535/);
  const [one = assert.fail()] = fleetOf(1, 1);
  assert.throws(() => planOver([{ ...one, group: 5000 }], SPAN, FINE, COARSE), /5001 groups: at most 4096/);
  const many = Array.from({ length: 9 }, () => SENSORS[0] ?? assert.fail());
  assert.throws(
    () => planOver([{ ...one, sensors: many }], SPAN, FINE, COARSE),
    /9 sensors on one satellite: at most 8/,
  );
});
