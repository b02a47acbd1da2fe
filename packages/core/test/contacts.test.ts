/** Contacts: with stations they are passes; with relays, the times at which the Earth is not in between. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ContactPoint, type Contacts, findContacts } from "../src/access/contacts.ts";
import { findPasses } from "../src/access/passes.ts";
import { tabulate } from "../src/orbit/table.ts";
import { type Interval, instant, MS_PER_DAY, MS_PER_HOUR } from "../src/time/instant.ts";
import { trackOf } from "./bruteforce-abeam.ts";
import { elementsNamed, linesNamed, NEVER_STALE, spanOf } from "./real-sky.ts";

const SPAN = spanOf("2026-06-16T00:00:00Z", 24);
const SATELLITE = "SENTINEL-1A";
const TABLE = tabulate(elementsNamed(SATELLITE), SPAN, NEVER_STALE);
const STATIONS = [
  { site: { id: "svalbard", latitudeDeg: 78.23, longitudeDeg: 15.39, heightM: 450 }, maskDeg: 5 },
  { site: { id: "matera", latitudeDeg: 40.65, longitudeDeg: 16.7, heightM: 500 }, maskDeg: 10 },
  { site: { id: "troll", latitudeDeg: -72.01, longitudeDeg: 2.53, heightM: 1270 }, maskDeg: 0 },
];
/** What the Earth and its denser air fill: 80 km above a sphere of 6,371 km. */
const OBSTACLE_KM = 6451;

type Row = readonly [index: number, start: number, end: number];
const rowsOf = ({ station, startMs, endMs }: Contacts): Row[] =>
  Array.from(station, (index, i) => [index, startMs[i] ?? Number.NaN, endMs[i] ?? Number.NaN]);
const stationPoints = STATIONS.map((station, k): ContactPoint => ({ index: 3 * k + 1, station }));
const relayPoint = (name: string, span = SPAN, staleAfterMs = Number.POSITIVE_INFINITY): ContactPoint => ({
  index: 9,
  relay: tabulate(elementsNamed(name), span, { staleAfterMs }),
});

test("contacts with stations are the passes over them, under the caller's own numbers, in order of time", () => {
  const rows = rowsOf(findContacts(TABLE, stationPoints, SPAN));
  const passes = STATIONS.flatMap(({ site, maskDeg }, k) =>
    findPasses({ table: TABLE, site, span: SPAN, maskDeg }).windows.map(
      (pass): Row => [3 * k + 1, pass.start, pass.end],
    ),
  );
  assert.ok(passes.length > 20);
  assert.deepEqual(rows.toSorted(), passes.toSorted());
  assert.deepEqual(
    rows.map(([, start]) => start),
    rows.map(([, start]) => start).sort((a, b) => a - b),
  );
});

test("no stations, no contacts; where the elements are stale there are none either", () => {
  assert.equal(findContacts(TABLE, [], SPAN).station.length, 0);
  const until = SPAN.start + 12 * MS_PER_HOUR;
  const table = tabulate(elementsNamed(SATELLITE), SPAN, { staleAfterMs: until - elementsNamed(SATELLITE).epochUtcMs });
  const expected = rowsOf(findContacts(TABLE, stationPoints, SPAN))
    .filter(([, start]) => start < Math.floor(until))
    .map(([index, start, end]) => [index, start, Math.min(end, Math.round(until))]);
  assert.deepEqual(rowsOf(findContacts(table, stationPoints, SPAN)), expected);
});

/** Does the straight line stay clear of the sphere? By the height of the triangle satellite, relay, Earth's centre. */
function sees(satellite: string, relay: string): (utcMs: number) => boolean {
  const [low, high] = [trackOf(linesNamed(satellite)), trackOf(linesNamed(relay))];
  return (utcMs) => {
    const [a, b] = [low(utcMs) ?? assert.fail(), high(utcMs) ?? assert.fail()];
    const [la, lb] = [Math.hypot(...a), Math.hypot(...b)];
    const angle = Math.acos((a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (la * lb));
    // Two tangents to the sphere meet at this angle at the centre: beyond it, and only then, the Earth is in between.
    return angle <= Math.acos(OBSTACLE_KM / la) + Math.acos(OBSTACLE_KM / lb);
  };
}

/** Changes of sight, by a scan at 5 s and halving. */
function edgesOf(isSeen: (utcMs: number) => boolean, { start, end }: Interval): number[] {
  const edges: number[] = isSeen(start) ? [start] : [];
  for (let t: number = start; t < end; t += 5_000) {
    if (isSeen(t) === isSeen(Math.min(t + 5_000, end))) continue;
    let [low, high] = [t, Math.min(t + 5_000, end)];
    while (high - low > 0.5) {
      const middle = (low + high) / 2;
      if (isSeen(middle) === isSeen(t)) low = middle;
      else high = middle;
    }
    edges.push(high);
  }
  return edges.length % 2 === 1 ? [...edges, end] : edges;
}

for (const [satellite, relay] of [
  [SATELLITE, "TDRS 3"],
  ["ISS (ZARYA)", "ECHOSTAR 10"],
  ["SENTINEL-2A", "QZS-4 (MICHIBIKI-4)"],
  ["SENTINEL-2A", "O3B FM5"],
] as const) {
  test(`${satellite} by way of ${relay}: in sight exactly while the Earth is not in between`, () => {
    const table = tabulate(elementsNamed(satellite), SPAN, NEVER_STALE);
    const found = rowsOf(findContacts(table, [relayPoint(relay)], SPAN)).flatMap(([, start, end]) => [start, end]);
    const expected = edgesOf(sees(satellite, relay), SPAN);
    assert.equal(found.length, expected.length);
    assert.ok(expected.length >= 20, "a contact and a gap in every revolution");
    for (const [i, edge] of found.entries()) {
      // 10 ms asked of the root, and 10 m of interpolation over 2 to 7 km/s.
      assert.ok(Math.abs(edge - (expected[i] ?? 0)) < 20, `edge ${i}: ${edge - (expected[i] ?? 0)} ms off`);
    }
  });
}

test("a satellite that never sets for a relay is in contact for the whole span", () => {
  const [low, high] = ["ECHOSTAR 10", "TDRS 3"].map((name) => tabulate(elementsNamed(name), SPAN, NEVER_STALE));
  assert.ok(low !== undefined && high !== undefined);
  const rows = rowsOf(findContacts(low, [{ index: 2, relay: high }], SPAN));
  assert.deepEqual(edgesOf(sees("ECHOSTAR 10", "TDRS 3"), SPAN), [SPAN.start, SPAN.end]);
  assert.deepEqual(rows, [[2, SPAN.start, SPAN.end]]);
});

test("a later end of the span moves no contact with a relay", () => {
  const shorter = { start: SPAN.start, end: instant(SPAN.end - 5 * MS_PER_HOUR) };
  const [all, some] = [SPAN, shorter].map((span) =>
    rowsOf(findContacts(tabulate(elementsNamed(SATELLITE), span, NEVER_STALE), [relayPoint("TDRS 3", span)], span)),
  );
  assert.ok(all !== undefined && some !== undefined);
  const cut = all
    .filter(([, start]) => start < shorter.end)
    .map(([k, start, end]) => [k, start, Math.min(end, shorter.end)]);
  assert.equal(some.length, cut.length);
  for (const [i, [, start, end]] of some.entries()) {
    assert.ok(Math.abs(start - (cut[i]?.[1] ?? 0)) <= 10 && Math.abs(end - (cut[i]?.[2] ?? 0)) <= 10);
  }
});

test("where either orbit is unknown there is no contact with a relay", () => {
  const until = SPAN.start + 12 * MS_PER_HOUR;
  const staleAt = (name: string) => until - elementsNamed(name).epochUtcMs;
  const stale = tabulate(elementsNamed(SATELLITE), SPAN, { staleAfterMs: staleAt(SATELLITE) });
  const cases: readonly (readonly [typeof TABLE, ContactPoint])[] = [
    [stale, relayPoint("TDRS 3")],
    [TABLE, relayPoint("TDRS 3", SPAN, staleAt("TDRS 3"))],
  ];
  for (const [table, point] of cases) {
    const rows = rowsOf(findContacts(table, [point], SPAN));
    assert.ok(rows.length > 3);
    assert.ok(
      rows.every(([, , end]) => end <= until + 1),
      `a contact ${Math.max(...rows.map(([, , end]) => end)) - until} ms beyond`,
    );
  }
});

test("where a propagation fails there is no contact with a relay, and no edge that is not a number", () => {
  const rEcefKm = TABLE.rEcefKm.slice();
  const lost = Math.floor(TABLE.count / 2);
  rEcefKm.fill(Number.NaN, 3 * lost);
  const from = instant(TABLE.firstMs + (lost - 1) * TABLE.stepMs);
  const unknown = [{ start: from, end: SPAN.end, code: "decayed" as const }];
  const rows = rowsOf(findContacts({ ...TABLE, rEcefKm, unknown }, [relayPoint("ECHOSTAR 10")], SPAN));
  assert.ok(rows.length > 3);
  assert.ok(rows.every(([, start, end]) => start < end && end <= from));
});

test("a day is a day: contacts of one day are those of that day in two", () => {
  const two = { start: SPAN.start, end: instant(SPAN.start + 2 * MS_PER_DAY) };
  const table = tabulate(elementsNamed(SATELLITE), two, NEVER_STALE);
  const rows = rowsOf(findContacts(table, stationPoints, two)).filter(([, , end]) => end <= SPAN.end);
  assert.deepEqual(
    rows,
    rowsOf(findContacts(TABLE, stationPoints, SPAN)).filter(([, , end]) => end < SPAN.end),
  );
});
