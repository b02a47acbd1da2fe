/**
 * Windows: when a target can be looked at from a platform, under constraints that all hold.
 *
 * Elevation comes from `findPasses`. Each other constraint is a signal, scanned only where those before it leave the
 * question open, and gives a verdict of three values; verdicts compose by interval algebra, in any order to the same
 * result. How often a signal is read follows from how fast its geometry turns (`readings`): many times a minute at a
 * low perigee, every twenty minutes at GEO, where a platform may be up for the whole span.
 */
import type { Site } from "../geo/position.ts";
import type { StateTable, Unknown } from "../orbit/ephemeris.ts";
import {
  allOf,
  anyOf,
  cut,
  findAtLeast,
  findAtMost,
  type Samples,
  type Signal,
  sampled,
  type Verdict,
} from "../time/above.ts";
import type { Interval } from "../time/instant.ts";
import { subtract, union } from "../time/intervals.ts";
import { aboveHorizonSignal, horizonReadings } from "./horizon.ts";
import { assertConstraints, type Band, type LookConstraints } from "./look-constraints.ts";
import { findPasses } from "./passes.ts";
import { lookTurn, orbitTurn, readings, sideTurn, sunReadings, type Turn } from "./readings.ts";
import {
  cosOffNadirSignal,
  rangeSignal,
  sightSignal,
  sinAcrossSignal,
  sinSunSignal,
  sunlightSignal,
} from "./signals.ts";

export type { LookConstraints };

export interface WindowQuery {
  /** Covers the span, as do those of `lineOfSight`. */
  readonly table: StateTable;
  readonly site: Site;
  readonly span: Interval;
  readonly constraints: LookConstraints;
}

/** `windows` are yes, `unknown` is don't know, the rest of the span is no. Never merge them. */
export interface Windows {
  readonly windows: readonly Interval[];
  /** Only where it matters: no stretch in which a constraint that is known says no. */
  readonly unknown: readonly Unknown[];
}

type Found = Verdict<Unknown>;
/** A verdict over parts of the span; what lies outside them does not matter. */
type Test = (parts: readonly Interval[]) => Found;

const cosDeg = (deg: number): number => Math.cos((deg * Math.PI) / 180);
const sinDeg = (deg: number): number => Math.sin((deg * Math.PI) / 180);

/**
 * Every window in `span`, in time order. Edges are within a few milliseconds of the interpolated states.
 *
 * @throws RangeError on an empty span, on a table that does not cover it, and on constraints out of range.
 */
export function findWindows(query: WindowQuery): Windows {
  const { table, site, span } = query;
  assertAskable(query.constraints, span, [table]);
  const stations = query.constraints.stationContact ?? [];
  return windowsAmong(query, (maskDeg, station) => {
    const seenFrom = station === undefined ? site : (stations[station]?.site ?? site);
    return findPasses({ table, site: seenFrom, span, maskDeg }).windows;
  });
}

/** Stretches above a mask: of the site, or of the contact station of that index. */
export type Above = (maskDeg: number, station?: number) => readonly Interval[];

/** @throws RangeError as `findWindows` does. */
export function assertAskable(constraints: LookConstraints, span: Interval, tables: readonly StateTable[]): void {
  if (!(span.start < span.end)) throw new RangeError(`a span ends after it starts: ${span.start} .. ${span.end}`);
  assertConstraints(constraints);
  for (const asked of [...tables, ...(constraints.lineOfSight ?? [])]) assertCovers(asked, span);
}

/** The masks whose passes decide elevation and incidence: above the first, and not above the second. */
export function masksOf({ minElevationDeg = 0, incidenceDeg, horizonMask }: LookConstraints): {
  readonly lowDeg: number;
  readonly highDeg: number | undefined;
} {
  const lowest = Math.min(...(horizonMask ?? []).map((point) => point.elevationDeg), 90);
  const masks = [minElevationDeg, 90 - (incidenceDeg?.max ?? 91), ...(horizonMask === undefined ? [] : [lowest])];
  const least = incidenceDeg?.min ?? 0;
  return { lowDeg: Math.max(...masks), highDeg: least > 0 ? 90 - least : undefined };
}

/** `findWindows` where somebody has the passes already. */
export function windowsAmong(query: WindowQuery, above: Above): Windows {
  let found = elevationTest(query, above);
  for (const test of testsOf(query, above)) {
    const open = union([...found.yes, ...found.unknown]);
    if (open.length > 0) found = allOf(found, test(open));
  }
  return { windows: union(found.yes), unknown: found.unknown };
}

function assertCovers({ firstMs, stepMs, count }: StateTable, { start, end }: Interval): void {
  const lastMs = firstMs + (count - 1) * stepMs;
  if (!(firstMs <= start && lastMs >= end - 1))
    throw new RangeError(`a table from ${firstMs} to ${lastMs} does not cover the span: ${start} .. ${end}`);
}

/** Elevation and incidence, by passes. */
function elevationTest({ table, span, constraints }: WindowQuery, above: Above): Found {
  const { lowDeg, highDeg } = masksOf(constraints);
  const passes = above(lowDeg);
  // A least incidence leaves out what stands too high.
  return {
    yes: highDeg === undefined ? passes : subtract(passes, above(highDeg)),
    unknown: cut(table.unknown, [span]),
  };
}

/** The other constraints: those that cost least to read first. */
function* testsOf({ table, site, constraints }: WindowQuery, above: Above): Generator<Test> {
  const { minSunElevationDeg, maxSunElevationDeg, horizonMask, rangeKm, offNadirDeg, side } = constraints;
  if (minSunElevationDeg !== undefined || maxSunElevationDeg !== undefined) {
    const band = {
      min: minSunElevationDeg === undefined ? Number.NEGATIVE_INFINITY : sinDeg(minSunElevationDeg),
      max: maxSunElevationDeg === undefined ? Number.POSITIVE_INFINITY : sinDeg(maxSunElevationDeg),
    };
    yield scan(sinSunSignal(site), sunReadings, [], within(band));
  }
  const turn = lookTurn(table, site);
  const look = (signal: Signal, judge: Judge) => scan(signal, read(table, turn), table.unknown, judge);
  if (side !== undefined && side !== "both") {
    const judge: Judge = (s) => (side === "left" ? findAtLeast(s, 0) : findAtMost(s, 0));
    yield scan(sinAcrossSignal(table, site), read(table, sideTurn(table, site)), table.unknown, judge);
  }
  if (rangeKm !== undefined) yield look(rangeSignal(table, site), within(rangeKm));
  if (offNadirDeg !== undefined) {
    const { min, max } = offNadirDeg;
    // A cosine of 1 may be rounded up.
    const band = { min: cosDeg(max), max: min > 0 ? cosDeg(min) : Number.POSITIVE_INFINITY };
    yield look(cosOffNadirSignal(table, site), within(band));
  }
  if (horizonMask !== undefined) {
    const signal = aboveHorizonSignal(table, site, horizonMask);
    const times = (part: Interval) =>
      horizonReadings(table, site, horizonMask, [part.start, ...readings(table, part, turn), part.end - 1]);
    yield scan(signal, times, table.unknown, (s) => findAtLeast(s, 0));
  }
  if (constraints.platformSunlit !== undefined) yield sunlightTest(table, constraints.platformSunlit);
  if (constraints.stationContact !== undefined) yield stationTest(table, constraints.stationContact, above);
  if (constraints.lineOfSight !== undefined) yield sightTest(table, constraints.lineOfSight);
}

type Judge = (samples: Samples) => Verdict;

const within =
  ({ min, max }: Band): Judge =>
  (samples) =>
    allOf(findAtLeast(samples, min), findAtMost(samples, max));

const read = (table: StateTable, turn: Turn) => (part: Interval) => readings(table, part, turn);

/** A signal judged over the parts in which it is known. */
function scan(
  signal: Signal,
  times: (part: Interval) => Iterable<number>,
  unknown: readonly Unknown[],
  judge: Judge,
): Test {
  return (parts) => {
    const verdicts = subtract(parts, unknown).map((part) => judge(sampled(signal, part, times(part))));
    // A state that fails where its table says nothing of it has no other name.
    const failed = verdicts.flatMap((v) => v.unknown.map((u): Unknown => ({ ...u, code: "element-error" })));
    const known = [...cut(unknown, parts), ...failed].sort((a, b) => a.start - b.start);
    return { yes: verdicts.flatMap((v) => v.yes), unknown: known };
  };
}

function sunlightTest(table: StateTable, isSunlit: boolean): Test {
  const judge: Judge = (s) => (isSunlit ? findAtLeast(s, 0) : findAtMost(s, 0));
  return scan(sunlightSignal(table), read(table, orbitTurn(table)), table.unknown, judge);
}

function stationTest(table: StateTable, stations: NonNullable<LookConstraints["stationContact"]>, above: Above): Test {
  return (parts) => {
    const yes = stations.flatMap(({ maskDeg }, station) => above(maskDeg, station));
    return { yes: union(yes), unknown: cut(table.unknown, parts) };
  };
}

function sightTest(table: StateTable, others: readonly StateTable[]): Test {
  const tests = others.map((other) => {
    // Both may be unknown at once: each stretch is told once, by the platform's own reason.
    const lost = other.unknown.flatMap((u) => subtract([u], table.unknown).map((part) => ({ ...u, ...part })));
    const unknown = [...table.unknown, ...lost].sort((a, b) => a.start - b.start);
    return scan(sightSignal(table, other), read(table, orbitTurn(table, other)), unknown, (s) => findAtLeast(s, 0));
  });
  return (parts) => tests.map((test) => test(parts)).reduce(anyOf);
}
