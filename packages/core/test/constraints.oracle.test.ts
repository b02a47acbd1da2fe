/** Windows under constraints against a scan at 1 s of satellite.js positions: low, GEO, Molniya, and links between them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findWindows, type LookConstraints } from "../src/access/windows.ts";
import { tabulate } from "../src/orbit/table.ts";
import type { Interval } from "../src/time/instant.ts";
import { assertWithin } from "./accuracy.ts";
import type { Run } from "./bruteforce.ts";
import { type Asked, type Margin, marginsOf, runsOf } from "./bruteforce-looks.ts";
import { elementsNamed, linesNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const EDGE_MS = 20;
const EDGE_DEG = 0.0005;

const KHARKIV = { id: "kharkiv", latitudeDeg: 49.9935, longitudeDeg: 36.2304, heightM: 130 };
const QUITO = { id: "quito", latitudeDeg: -0.1807, longitudeDeg: -78.4678, heightM: 2850 };
const LONGYEARBYEN = { id: "longyearbyen", latitudeDeg: 78.2232, longitudeDeg: 15.6267, heightM: 0 };
const SVALBARD = { site: { id: "svalbard", latitudeDeg: 78.23, longitudeDeg: 15.39, heightM: 450 }, maskDeg: 5 };
const MATERA = { site: { id: "matera", latitudeDeg: 40.65, longitudeDeg: 16.7, heightM: 500 }, maskDeg: 10 };
/** A hill to the south, a mast a degree wide, a narrow valley. */
const SKYLINE = [
  { azimuthDeg: 0, elevationDeg: 3 },
  { azimuthDeg: 70, elevationDeg: 12 },
  { azimuthDeg: 70.4, elevationDeg: 40 },
  { azimuthDeg: 71.4, elevationDeg: 41 },
  { azimuthDeg: 71.8, elevationDeg: 12 },
  { azimuthDeg: 150, elevationDeg: 25 },
  { azimuthDeg: 210, elevationDeg: 28 },
  { azimuthDeg: 280, elevationDeg: 14 },
  { azimuthDeg: 281, elevationDeg: 1 },
  { azimuthDeg: 282, elevationDeg: 14 },
];

/** Walls with gaps of a degree, which a satellite crosses in a second or two high up, in twenty low down. */
const PALISADE = Array.from({ length: 18 }, (_, k) => [
  { azimuthDeg: 20 * k + 10, elevationDeg: 5 },
  { azimuthDeg: 20 * k + 11, elevationDeg: 5 },
  { azimuthDeg: 20 * k + 11.1, elevationDeg: 85 },
  { azimuthDeg: (20 * k + 29.9) % 360, elevationDeg: 85 },
])
  .flat()
  .sort((a, b) => a.azimuthDeg - b.azimuthDeg);

interface Case {
  readonly satellite: string;
  readonly site: typeof KHARKIV;
  readonly span: Interval;
  readonly asked: Asked & LookConstraints;
  readonly relays?: readonly string[];
}

const JUNE = (hours: number) => spanOf("2026-06-16T00:00:00Z", hours);
const CASES: Readonly<Record<string, Case>> = {
  "a sun-synchronous camera by day, with a link": {
    satellite: "SENTINEL-2A",
    site: KHARKIV,
    span: JUNE(72),
    asked: { offNadirDeg: { min: 0, max: 50 }, minSunElevationDeg: 10, stationContact: [SVALBARD, MATERA] },
  },
  "a radar that looks right, under a skyline": {
    satellite: "TERRASAR-X",
    site: KHARKIV,
    span: JUNE(96),
    asked: { incidenceDeg: { min: 15, max: 85 }, side: "right", horizonMask: SKYLINE },
  },
  "through a palisade": {
    satellite: "SENTINEL-1A",
    site: KHARKIV,
    span: JUNE(48),
    asked: { horizonMask: PALISADE },
  },
  "a station on the satellite's path": {
    satellite: "ISS (ZARYA)",
    site: KHARKIV,
    span: JUNE(96),
    asked: { side: "left", horizonMask: SKYLINE, rangeKm: { min: 500, max: 1400 } },
  },
  "seen at dusk: dark below, sunlit above": {
    satellite: "ALICE",
    site: KHARKIV,
    span: JUNE(96),
    asked: { minElevationDeg: 10, maxSunElevationDeg: -6, platformSunlit: true },
  },
  "in the shadow": {
    satellite: "CSS (TIANHE)",
    site: QUITO,
    span: JUNE(96),
    asked: { platformSunlit: false },
  },
  "by way of relays higher up": {
    satellite: "HST",
    site: QUITO,
    span: JUNE(72),
    asked: { minElevationDeg: 5, rangeKm: { min: 0, max: 1800 } },
    relays: ["QZS-4 (MICHIBIKI-4)", "O3B FM5"],
  },
  "a Molniya orbit with bands": {
    satellite: "MERIDIAN 7",
    site: LONGYEARBYEN,
    span: JUNE(48),
    asked: {
      offNadirDeg: { min: 2, max: 7 },
      rangeKm: { min: 4000, max: 39_000 },
      horizonMask: SKYLINE,
      maxSunElevationDeg: 30,
    },
    relays: ["ECHOSTAR 10"],
  },
  "a Molniya orbit, perigee too": {
    satellite: "ARKTIKA-M 1",
    site: QUITO,
    span: JUNE(48),
    asked: { minElevationDeg: -1, offNadirDeg: { min: 0, max: 60 }, side: "left", platformSunlit: true },
  },
  "a fast perigee": {
    satellite: "PODSAT",
    site: QUITO,
    span: JUNE(72),
    asked: { rangeKm: { min: 900, max: 9000 }, offNadirDeg: { min: 10, max: 55 }, maxSunElevationDeg: 30 },
  },
  "GEO on an inclined orbit, a narrow band": {
    satellite: "TDRS 3",
    site: QUITO,
    span: JUNE(48),
    asked: { offNadirDeg: { min: 4.9, max: 5.25 }, rangeKm: { min: 0, max: 36_900 } },
  },
  "GEO in and out of the shadow": {
    satellite: "ECHOSTAR 10",
    site: QUITO,
    span: spanOf("2026-09-20T00:00:00Z", 30),
    asked: { minElevationDeg: 20, platformSunlit: true },
  },
};

interface Compared {
  readonly expected: number;
  readonly faults: readonly string[];
  readonly worstMs: number;
}

/** The slow side of each case, once. */
const scans = new Map<Case, { readonly margins: readonly Margin[]; readonly expected: readonly Run[] }>();
function scanOf(c: Case) {
  const { satellite, site, span, asked, relays } = c;
  const lines = relays && { lineOfSight: relays.map(linesNamed) };
  const margins = marginsOf(linesNamed(satellite), site, { ...asked, ...lines });
  const scan = scans.get(c) ?? { margins, expected: runsOf(margins, span.start, span.end) };
  scans.set(c, scan);
  return scan;
}

/** Edges that are apart by more than the gate in both ways, and windows that only one side has. */
function compare(c: Case, alter: (constraints: LookConstraints) => LookConstraints): Compared {
  const { satellite, site, span, asked, relays } = c;
  const table = tabulate(elementsNamed(satellite), span, NEVER_STALE);
  const tables = relays?.map((name) => tabulate(elementsNamed(name), span, NEVER_STALE));
  const constraints = alter({ ...asked, ...(tables && { lineOfSight: tables }) });
  const { windows, unknown } = findWindows({ table, site, span, constraints });
  assert.deepEqual(unknown, []);
  const { margins, expected } = scanOf(c);
  return { expected: expected.length, ...judge(windows, expected, margins) };
}

function judge(
  windows: readonly Run[],
  expected: readonly Run[],
  margins: readonly Margin[],
): Omit<Compared, "expected"> {
  const least = (t: number) => Math.min(...margins.map((margin) => margin(t)));
  const faults: string[] = [];
  let worstMs = 0;
  const meets = (a: Run, b: Run) => a.start < b.end && b.start < a.end;
  for (const window of windows) {
    const run = expected.find((r) => meets(r, window));
    if (run === undefined) {
      const middle = least((window.start + window.end) / 2);
      // Between two seconds the scan is blind: the constraints themselves say.
      if (!(window.end - window.start < 2000 && middle >= -EDGE_DEG))
        faults.push(`invented ${window.start}, ${middle}`);
      continue;
    }
    for (const [ours, theirs] of [
      [window.start, run.start],
      [window.end, run.end],
    ] as const) {
      const offMs = Math.abs(ours - theirs);
      const offDeg = Math.abs(least(ours));
      if (offMs > EDGE_MS && offDeg > EDGE_DEG) faults.push(`edge ${ours}: ${offMs} ms, ${offDeg} deg`);
      worstMs = Math.max(worstMs, offDeg > EDGE_DEG ? offMs : Math.min(offMs, EDGE_MS));
    }
  }
  for (const run of expected) {
    if (windows.filter((w) => meets(w, run)).length === 1) continue;
    if (least((run.start + run.end) / 2) > EDGE_DEG)
      faults.push(`dropped or split ${run.start}, ${run.end - run.start} ms`);
  }
  return { faults, worstMs };
}

for (const [name, c] of Object.entries(CASES)) {
  test(`findWindows agrees with a scan at 1 s: ${name}`, (t) => {
    const { expected, faults, worstMs } = compare(c, (constraints) => constraints);
    t.diagnostic(`${expected} windows, worst edge ${worstMs} ms`);
    assert.deepEqual(faults, []);
    assertWithin("window-constraint-edge", worstMs);
    assert.ok(expected >= 2, `only ${expected} windows: this would pass by not looking`);
  });
}

const caseNamed = (name: string) => CASES[name] ?? assert.fail(name);
const catches = (name: string, alter: (c: LookConstraints) => LookConstraints) =>
  compare(caseNamed(name), alter).faults.length > 0;

test("planted faults: each constraint a hair off, or left out, is caught", () => {
  const camera = "a sun-synchronous camera by day, with a link";
  assert.ok(catches(camera, (c) => ({ ...c, offNadirDeg: { min: 0, max: 50.02 } })));
  assert.ok(catches(camera, ({ stationContact: _, ...c }) => c));
  assert.ok(catches("a Molniya orbit with bands", (c) => ({ ...c, maxSunElevationDeg: 30.01 })));
  const radar = "a radar that looks right, under a skyline";
  assert.ok(catches(radar, (c) => ({ ...c, side: "left" })));
  assert.ok(
    catches(radar, (c) => ({ ...c, horizonMask: SKYLINE.map((p) => ({ ...p, azimuthDeg: p.azimuthDeg + 0.05 })) })),
  );
  assert.ok(catches("by way of relays higher up", (c) => ({ ...c, lineOfSight: c.lineOfSight?.slice(0, 1) ?? [] })));
  assert.ok(catches("by way of relays higher up", ({ lineOfSight: _, ...c }) => c));
  assert.ok(catches("by way of relays higher up", (c) => ({ ...c, rangeKm: { min: 0, max: 1800.2 } })));
  assert.ok(catches("in the shadow", ({ platformSunlit: _, ...c }) => c));
});

/** Instants of least off-nadir angle while up, with how the angle bends there, deg/s^2. */
function* closest(satellite: string, span: Interval) {
  const [up, off] = marginsOf(linesNamed(satellite), KHARKIV, { offNadirDeg: { min: 0, max: 180 } });
  assert.ok(up !== undefined && off !== undefined);
  for (let t = span.start + 10_000; t < span.end - 10_000; t += 5000) {
    if (!(off(t) < off(t - 5000) && off(t) <= off(t + 5000)) || up(t) < 3) continue;
    let at = t;
    let bend = 0;
    for (const d of [5000, 1000, 500]) {
      const [left, middle, right] = [off(at - d), off(at), off(at + d)];
      bend = left - 2 * middle + right;
      at += (d * (left - right)) / (2 * bend);
      bend /= (d / 1000) ** 2;
    }
    yield { at, leastDeg: off(at), bend };
  }
}

test("windows of 2 to 8 s about the least off-nadir angle of a pass are found", (t) => {
  let count = 0;
  for (const [satellite, hours] of [
    ["SENTINEL-2A", 72],
    ["TERRASAR-X", 72],
    ["PODSAT", 72],
    ["LAGEOS 1", 48],
    ["YAOGAN-9 01B", 48],
  ] as const) {
    const span = JUNE(hours);
    const table = tabulate(elementsNamed(satellite), span, NEVER_STALE);
    for (const { at, leastDeg, bend } of closest(satellite, span)) {
      const seconds = [2, 3, 5, 8][count % 4] ?? 2;
      const offNadirDeg = { min: 0, max: leastDeg + (bend * seconds ** 2) / 8 };
      // Below this the window is a matter of the seven metres that interpolation may be off.
      if ((bend * seconds ** 2) / 8 < 2 * EDGE_DEG || leastDeg < 2) continue;
      const { windows } = findWindows({ table, site: KHARKIV, span, constraints: { offNadirDeg } });
      const found = windows.find(({ start, end }) => start <= at && at < end);
      assert.ok(found !== undefined, `${satellite}: ${seconds} s about ${at} is missing`);
      const lasted = (found.end - found.start) / 1000;
      assert.ok(lasted > seconds / 2 && lasted < seconds * 1.6, `${satellite}: ${lasted} s, not ${seconds}`);
      count++;
    }
  }
  t.diagnostic(`${count} short windows`);
  assert.ok(count >= 15, `only ${count}`);
});
