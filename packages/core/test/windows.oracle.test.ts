/** Somebody else's passes: 50 satellites over 10 sites for 7 days, edges found on Skyfield's positions. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findPasses, type Pass } from "../src/access/passes.ts";
import type { Site } from "../src/geo/position.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { ephemerisOf, STALE_AFTER_MS, tabulate } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { parseInstant } from "../src/time/instant.ts";
import { assertWithin, GATES, type GateName, isCaught } from "./accuracy.ts";

interface Oracle {
  readonly span: { readonly start: string; readonly end: string };
  readonly sites: readonly (Site & { readonly maskDeg: number })[];
  readonly satellites: readonly { readonly name: string; readonly line1: string; readonly line2: string }[];
  /** Satellite, site, ms since the span's start, degrees above the mask: a pass there may rightly be found or not. */
  readonly grazing: readonly (readonly [number, number, number, number])[];
  /** [satellite][site]: gap ms, duration ms, rise rate, set rate (1e-5 deg/s, 0 where the span cuts), repeated. */
  readonly windows: readonly (readonly (readonly number[])[])[];
}

interface Edge {
  readonly utcMs: number;
  readonly rateDegps: number;
}
type Window = readonly [rise: Edge, set: Edge];

const oracle: Oracle = JSON.parse(readFileSync(new URL("../oracle/windows.skyfield.json", import.meta.url), "utf8"));
const span = { start: parseInstant(oracle.span.start), end: parseInstant(oracle.span.end) };

function windowsOf(flat: readonly number[]): Window[] {
  const found: Window[] = [];
  let at: number = span.start;
  for (let i = 0; i < flat.length; i += 4) {
    const [gapMs = 0, durationMs = 0, riseRate = 0, setRate = 0] = flat.slice(i, i + 4);
    const rise = { utcMs: at + gapMs, rateDegps: riseRate * 1e-5 };
    at += gapMs + durationMs;
    found.push([rise, { utcMs: at, rateDegps: setRate * 1e-5 }]);
  }
  return found;
}

function elementsOf(satellite: Oracle["satellites"][number]): MeanElements {
  const elements = parseTle(satellite);
  if (isRefusal(elements)) throw new Error(`${satellite.name}: ${elements.message}`);
  return elements;
}

interface Comparison {
  readonly windows: number;
  /** Windows of one side only, in words; passes that only graze the mask are not counted. */
  readonly unmatched: readonly string[];
  readonly worstDeg: number;
  readonly worstMs: number;
}

/** Pairs windows that overlap; an edge's time difference times the elevation's rate there is its error in degrees. */
function compare(
  found: readonly Pass[],
  expected: readonly Window[],
  isGrazing: (utcMs: number) => boolean,
  what: string,
): Comparison {
  const unmatched: string[] = [];
  let [i, j, worstDeg, worstMs] = [0, 0, 0, 0];
  const missing = (kind: string, utcMs: number) => {
    if (!isGrazing(utcMs)) unmatched.push(`${what}: ${kind} at ${utcMs - span.start} ms`);
  };
  while (i < found.length || j < expected.length) {
    const ours = found[i];
    const theirs = expected[j];
    if (ours !== undefined && (theirs === undefined || ours.end <= theirs[0].utcMs)) {
      missing("invented", (ours.start + ours.end) / 2);
      i++;
    } else if (theirs !== undefined && (ours === undefined || theirs[1].utcMs <= ours.start)) {
      missing("dropped", (theirs[0].utcMs + theirs[1].utcMs) / 2);
      j++;
    } else if (ours !== undefined && theirs !== undefined) {
      const edges = [
        [ours.start, theirs[0]],
        [ours.end, theirs[1]],
      ] as const;
      for (const [utcMs, edge] of edges) {
        const offMs = Math.abs(utcMs - edge.utcMs);
        // Where the span cuts a window there is no crossing: both sides give the span's own edge.
        if (edge.rateDegps === 0) assert.equal(offMs, 0, `${what}: clipped edge`);
        worstDeg = Math.max(worstDeg, (offMs / 1000) * edge.rateDegps);
        worstMs = Math.max(worstMs, offMs);
      }
      i++;
      j++;
    }
  }
  return { windows: expected.length, unmatched, worstDeg, worstMs };
}

interface Variant {
  readonly isExact: boolean;
  /** Planted faults. */
  readonly alter?: (elements: MeanElements) => MeanElements;
  readonly maskOffDeg?: number;
}

function compareAll(
  satellites: readonly number[],
  { isExact, alter = (e) => e, maskOffDeg = 0 }: Variant,
): Comparison[] {
  return satellites.flatMap((s) => {
    const satellite = oracle.satellites[s] ?? assert.fail();
    const elements = alter(elementsOf(satellite));
    const options = { staleAfterMs: STALE_AFTER_MS };
    const table = tabulate(elements, span, options);
    const exact = isExact ? { exact: ephemerisOf(elements, options) } : {};
    return oracle.sites.map((site, k) => {
      const { windows, unknown } = findPasses({ table, site, span, maskDeg: site.maskDeg + maskOffDeg, ...exact });
      assert.deepEqual(unknown, []);
      const grazes = oracle.grazing.filter(([a, b]) => a === s && b === k).map(([, , ms]) => span.start + ms);
      const isGrazing = (utcMs: number) => grazes.some((at) => Math.abs(at - utcMs) < 30_000);
      return compare(windows, windowsOf(oracle.windows[s]?.[k] ?? []), isGrazing, `${satellite.name} over ${site.id}`);
    });
  });
}

const everything = oracle.satellites.map((_, s) => s);
const worstDegOf = (found: readonly Comparison[]) => Math.max(...found.map(({ worstDeg }) => worstDeg));

test("the oracle is whole: 50 satellites, 10 sites, thousands of windows", () => {
  assert.equal(oracle.satellites.length, 50);
  assert.equal(oracle.sites.length, 10);
  assert.ok(oracle.windows.flat().reduce((sum, flat) => sum + flat.length / 4, 0) > 10_000);
  assert.ok(oracle.grazing.every(([, , , deg]) => Math.abs(deg) < 0.002));
  assert.ok(oracle.grazing.length <= 10, "few enough that excepting them hides nothing");
});

const gateOf = (isExact: boolean): GateName => (isExact ? "pass-edge-elevation" : "pass-edge-elevation-table");

for (const isExact of [true, false]) {
  const gate = gateOf(isExact);
  test(`every pass and no other, edges within ${GATES[gate].gate} deg of the mask: ${isExact ? "SGP4 itself" : "table"}`, (t) => {
    const found = compareAll(everything, { isExact });
    assert.deepEqual(
      found.flatMap(({ unmatched }) => unmatched),
      [],
    );
    t.diagnostic(`worst edge ${worstDegOf(found)} deg; ${Math.max(...found.map(({ worstMs }) => worstMs))} ms`);
    assertWithin(gate, worstDegOf(found));
  });
}

const catches = (variant: Variant, satellites = [0]) => {
  const found = compareAll(satellites, variant);
  return found.some(({ unmatched }) => unmatched.length > 0) || isCaught(gateOf(variant.isExact), worstDegOf(found));
};

for (const isExact of [true, false]) {
  test(`planted faults: elements a tenth of a second late, a node or a mask 0.01 deg off are caught (${gateOf(isExact)})`, () => {
    assert.ok(!catches({ isExact }));
    assert.ok(catches({ isExact, alter: (e) => ({ ...e, epochUtcMs: e.epochUtcMs + 100 }) }));
    assert.ok(catches({ isExact, alter: (e) => ({ ...e, raanDeg: e.raanDeg + 0.01 }) }));
    assert.ok(catches({ isExact, maskOffDeg: 0.01 }));
  });
}

test("planted fault: a pass left out, or one too many, is caught", () => {
  const [flat = []] = oracle.windows[0] ?? [];
  const expected = windowsOf(flat);
  const asFound = expected.map(([rise, set]) => ({ start: rise.utcMs, end: set.utcMs })) as unknown as Pass[];
  assert.deepEqual(compare(asFound, expected, () => false, "same").unmatched, []);
  assert.equal(compare(asFound.toSpliced(3, 1), expected, () => false, "dropped").unmatched.length, 1);
  assert.equal(compare(asFound, expected.toSpliced(3, 1), () => false, "invented").unmatched.length, 1);
});
