/**
 * Windows: when a target can be looked at from a platform under given angles and light. Every constraint gives stretches
 * of time, and interval algebra composes them; elevation comes from `findPasses`, the others are scanned inside passes.
 */
import { offNadirDeg } from "../geo/look.ts";
import type { Position, Site } from "../geo/position.ts";
import { sunElevationDeg } from "../geo/sun.ts";
import { bracketedRoot } from "../numerics/search.ts";
import type { StateTable, Unknown } from "../orbit/ephemeris.ts";
import { positionInto } from "../orbit/table.ts";
import { type Interval, instant, MS_PER_MINUTE } from "../time/instant.ts";
import { intersect, subtract } from "../time/intervals.ts";
import { findPasses } from "./passes.ts";

/** Each that is given must hold; degrees. */
export interface LookConstraints {
  /** At the target, above its horizon. Default 0. */
  readonly minElevationDeg?: number;
  /** At the target, from its vertical. */
  readonly incidenceDeg?: { readonly min: number; readonly max: number };
  /** At the platform, from geodetic nadir. */
  readonly offNadirDeg?: { readonly min: number; readonly max: number };
  /** Of the Sun's centre at the target. */
  readonly minSunElevationDeg?: number;
}

export interface WindowQuery {
  readonly table: StateTable;
  readonly site: Site;
  readonly span: Interval;
  readonly constraints: LookConstraints;
}

/** `windows` are yes, `unknown` is don't know, the rest of the span is no. */
export interface Windows {
  readonly windows: readonly Interval[];
  readonly unknown: readonly Unknown[];
}

/** In low orbit the off-nadir angle has one minimum a pass: ten seconds resolve what lies about it. */
const OFF_NADIR_STEP_MS = 10_000;
const SUN_STEP_MS = 10 * MS_PER_MINUTE;

/** Every window in `span`, in time order. Edges are within a few milliseconds of the interpolated states. */
export function findWindows({ table, site, span, constraints }: WindowQuery): Windows {
  const { incidenceDeg, minElevationDeg = 0, minSunElevationDeg } = constraints;
  const above = (maskDeg: number) => findPasses({ table, site, span, maskDeg });
  const { windows: passes, unknown } = above(Math.max(minElevationDeg, 90 - (incidenceDeg?.max ?? 90)));
  let windows: readonly Interval[] = passes;
  // A least incidence leaves out what stands too high.
  if (incidenceDeg !== undefined && incidenceDeg.min > 0)
    windows = subtract(windows, above(90 - incidenceDeg.min).windows);
  if (constraints.offNadirDeg !== undefined) windows = withinOffNadir(table, site, windows, constraints.offNadirDeg);
  if (minSunElevationDeg !== undefined) {
    const sun = (utcMs: number) => sunElevationDeg(site, utcMs) - minSunElevationDeg;
    windows = intersect(windows, stretchesAbove(sun, span, SUN_STEP_MS));
  }
  return { windows: windows.map(({ start, end }) => ({ start, end })), unknown };
}

function withinOffNadir(
  table: StateTable,
  site: Site,
  windows: readonly Interval[],
  { min, max }: { readonly min: number; readonly max: number },
): Interval[] {
  const at = new Float64Array(3);
  const angle = (utcMs: number): number => {
    positionInto(table, utcMs, at);
    const platform: Position<"ecef"> = {
      frame: "ecef",
      xKm: at[0] as number,
      yKm: at[1] as number,
      zKm: at[2] as number,
    };
    return offNadirDeg(platform, site);
  };
  return windows.flatMap((window) => {
    const inside = stretchesAbove((utcMs) => max - angle(utcMs), window, OFF_NADIR_STEP_MS);
    const tooSteep = min > 0 ? stretchesAbove((utcMs) => min - angle(utcMs), window, OFF_NADIR_STEP_MS) : [];
    return subtract(inside, tooSteep);
  });
}

/** Where `f` is at least 0 in `part`: sampled, and about each sampled maximum below 0 looked at closely. */
function stretchesAbove(f: (utcMs: number) => number, part: Interval, stepMs: number): Interval[] {
  const times = samples(part, stepMs);
  const edges: number[] = [];
  times.forEach((t, i) => {
    const before = times[i - 1];
    if (before === undefined) return;
    if (f(before) >= 0 !== f(t) >= 0) edges.push(bracketedRoot(f, before, t, 0.1));
    else edges.push(...tangent(f, before, t, times[i + 1]));
  });
  edges.sort((a, b) => a - b);
  const bounds = [...(f(part.start) >= 0 ? [part.start] : []), ...edges.map((edge) => Math.ceil(edge)), part.end];
  const out: Interval[] = [];
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const [start, end] = [instant(bounds[i] as number), instant(bounds[i + 1] as number)];
    if (start < end) out.push({ start, end });
  }
  return out;
}

/** Two crossings about an extremum near `mid` that the samples on either side do not show. */
function tangent(f: (utcMs: number) => number, before: number, mid: number, after: number | undefined): number[] {
  if (after === undefined) return [];
  const [a, b, c] = [f(before), f(mid), f(after)];
  const isPeak = b < 0 && c < 0 && b >= a && b >= c;
  const isDip = b >= 0 && c >= 0 && b <= a && b <= c;
  const bend = a - 2 * b + c;
  if (!(isPeak || isDip) || bend === 0) return [];
  const top = mid + ((after - before) / 4) * ((a - c) / bend);
  if (f(top) >= 0 === b >= 0) return [];
  return [bracketedRoot(f, before, top, 0.1), bracketedRoot(f, top, after, 0.1)];
}

function samples({ start, end }: Interval, stepMs: number): number[] {
  const count = Math.max(1, Math.ceil((end - start) / stepMs));
  return Array.from({ length: count + 1 }, (_, i) => Math.min(start + i * stepMs, end));
}
