/**
 * Passes of a fleet against a scan of satellite.js at 1 s: none missing, none invented, edges where halving has them. Four
 * hundred satellite-site-days in each run; `VEDETTE_SAMPLE=full` takes two thousand (15 s).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findFleetPasses } from "../src/access/fleet-passes.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { linesOf } from "../src/orbit/lines.ts";
import { instant, MS_PER_DAY } from "../src/time/instant.ts";
import { assertWithin } from "./accuracy.ts";
import { pathOf, peaksOf, runsOf, type Sight, STEP_MS, sightOf } from "./bruteforce-fleet.ts";
import { catalogue, madeUp, randomOf, START_MS, sitesOf } from "./fleet-fixture.ts";

const RAD = Math.PI / 180;
const SPAN = { start: instant(START_MS), end: instant(START_MS + MS_PER_DAY) };
const OPTIONS = { staleAfterMs: Number.POSITIVE_INFINITY };
const SITES = 20;
const SATELLITES = process.env["VEDETTE_SAMPLE"] === "full" ? 100 : 20;
/** At GEO ten seconds about a highest point are 1e-12 of a sine, which no arithmetic resolves: 6e-8 deg are. */
const LEAST_SINE = 1e-9;
const EDGE_MS = 20;
const EDGE_DEG = 0.0005;

interface Found {
  readonly start: number;
  readonly end: number;
}

/** Masks at random, and for two sites in three one that a highest point just reaches, or just fails to. */
function maskOf(sight: Sight, random: () => number): number {
  const peaks = peaksOf(sight).filter(({ sine }) => sine > -0.01 && sine < 0.98);
  const peak = peaks[Math.floor(random() * peaks.length)];
  if (peak === undefined || random() < 1 / 3) return [-1, 0, 5, 10, 25, 60][Math.floor(6 * random())] ?? 0;
  // Above it for 1 to 10 s, or short of it by what would be as much.
  const seconds = 1 + 9 * random();
  const under = Math.max((peak.bend * seconds ** 2) / 8, LEAST_SINE);
  return Math.asin(peak.sine - (random() < 0.75 ? under : -under)) / RAD;
}

interface Tally {
  passes: number;
  short: number;
  worstMs: number;
  worstDeg: number;
  readonly faults: string[];
}

function compareEdge(tally: Tally, sight: Sight, what: string, ours: number, theirs: number, maskDeg: number): void {
  const apartMs = Math.abs(ours - theirs);
  const offDeg = Math.abs(Math.asin(sight.at(ours)) / RAD - maskDeg);
  if (apartMs > EDGE_MS && offDeg > EDGE_DEG) tally.faults.push(`${what}: ${apartMs} ms, ${offDeg} deg off at ${ours}`);
  // What a nearly level curve leaves open in time it holds in angle.
  if (offDeg > 1e-5) tally.worstMs = Math.max(tally.worstMs, apartMs);
  if (apartMs > 2) tally.worstDeg = Math.max(tally.worstDeg, offDeg);
}

/** Every pass of ours is one of theirs, and the other way round; what hides between two samples is looked at closely. */
function compare(tally: Tally, what: string, sight: Sight, found: readonly Found[], maskDeg: number): void {
  const sinMask = Math.sin(maskDeg * RAD);
  const runs = runsOf(sight, sinMask);
  const matched = new Set<Found>();
  for (const run of runs) {
    const partners = found.filter(({ start, end }) => start < run.end && run.start < end);
    for (const [i, partner] of partners.entries()) {
      matched.add(partner);
      const next = partners[i + 1];
      if (next !== undefined && !isHidden(sight, partner.end, next.start, -1, sinMask)) {
        tally.faults.push(`${what}: a gap invented at ${partner.end}`);
      }
    }
    const [first, last] = [partners[0], partners.at(-1)];
    if (first === undefined || last === undefined) {
      tally.faults.push(`${what}: ${run.end - run.start} ms missing at ${run.start - START_MS}`);
      continue;
    }
    tally.passes++;
    compareEdge(tally, sight, what, first.start, run.start, maskDeg);
    compareEdge(tally, sight, what, last.end, run.end, maskDeg);
  }
  for (const pass of found.filter((each) => !matched.has(each))) {
    tally.short++;
    if (!isHidden(sight, pass.start, pass.end, 1, sinMask))
      tally.faults.push(`${what}: invented at ${pass.start - START_MS}`);
  }
}

/** Shorter than the scan's step, and in the middle satellite.js says the same, to the last digits of an angle. */
function isHidden({ at }: Sight, from: number, to: number, sign: number, sinMask: number): boolean {
  return to - from <= STEP_MS && sign * (at((from + to) / 2) - sinMask) >= -1e-9;
}

function compareFleet(
  fleet: readonly MeanElements[],
  spoil: (found: readonly Found[]) => readonly Found[] = (found) => found,
): Tally {
  const tally: Tally = { passes: 0, short: 0, worstMs: 0, worstDeg: 0, faults: [] };
  const random = randomOf(15);
  for (const elements of fleet) {
    const path = pathOf(elements, SPAN.start, SPAN.end);
    const sites = sitesOf(SITES, random).map((site) => {
      const sight = sightOf(path, site);
      return { site, sight, maskDeg: maskOf(sight, random) };
    });
    const { unknown, count, site, startMs, endMs } = findFleetPasses({
      satellites: [elements],
      sites,
      span: SPAN,
      options: OPTIONS,
    });
    assert.deepEqual(unknown, [[]]);
    const found = sites.map((): Found[] => []);
    for (let i = 0; i < count; i++) {
      const [k, start, end] = [site[i], startMs[i], endMs[i]] as [number, number, number];
      found[k]?.push({ start, end });
    }
    sites.forEach(({ sight, maskDeg }, k) => {
      compare(tally, `${elements.name}, site ${k}, mask ${maskDeg}`, sight, spoil(found[k] ?? []), maskDeg);
    });
  }
  return tally;
}

/** Half of them made up, and one of each kind at least; the rest real. */
function sample(count: number): MeanElements[] {
  const random = randomOf(20260615);
  const real = catalogue().filter((each) => linesOf(each) !== undefined);
  const made = madeUp(Math.max(15, count / 2), random);
  const drawn = Array.from({ length: count - made.length }, () => real[Math.floor(random() * real.length)]);
  return [...made, ...drawn.filter((each) => each !== undefined)];
}

test("no pass is missing and none invented against a scan at 1 s, grazing ones included", (t) => {
  const { passes, short, worstMs, worstDeg, faults } = compareFleet(sample(SATELLITES));
  t.diagnostic(
    `${SATELLITES * SITES} satellite-site-days, ${passes} passes and ${short} between two samples; ` +
      `edges within ${worstMs.toFixed(2)} ms, or ${worstDeg.toExponential(1)} deg where the curve is level`,
  );
  assert.deepEqual(faults, []);
  assertWithin("fleet-pass-edge", worstMs);
  assert.ok(passes > 3 * SATELLITES * (SITES / 20), `only ${passes} passes`);
});

test("planted faults: a pass left out, one invented, an edge 25 ms late are caught", () => {
  const fleet = sample(20).slice(0, 2);
  const faults = (spoil: (found: readonly Found[]) => readonly Found[]) => compareFleet(fleet, spoil).faults.length;
  assert.equal(
    faults((found) => found),
    0,
  );
  assert.ok(faults((found) => found.slice(1)) > 10);
  assert.ok(
    faults((found) => [...found, { start: SPAN.start - 9_000_000, end: SPAN.start - 8_000_000 }]) === 2 * SITES,
  );
  assert.ok(faults((found) => found.map(({ start, end }) => ({ start: start + 25, end }))) > 10);
});
