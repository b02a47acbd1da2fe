/**
 * Passes: when a platform stands above a site's elevation mask.
 *
 * Method: nodes of a state table, cubic Hermite between them; whole stretches below the horizon are skipped by a bound
 * on how fast the platform can come nearer; a rising slope followed by a falling one is searched for its maximum, so
 * that a pass shorter than the step is found; edges by bracketed Newton. Where the maximum is within a hair of the mask,
 * and for edges when `exact` is given, SGP4 itself decides.
 */
import type { Site } from "../geo/position.ts";
import { ecefOf, upOf } from "../geo/wgs84.ts";
import type { Ephemeris, StateTable, Unknown } from "../orbit/ephemeris.ts";
import type { Instant, Interval } from "../time/instant.ts";
import { subtract } from "../time/intervals.ts";
import { ElevationScan, type Pass, type SinElevation } from "./elevation-scan.ts";

export type { Pass };

export interface PassQuery {
  readonly table: StateTable;
  readonly site: Site;
  readonly span: Interval;
  /** Lowest usable elevation, geometric, -1 to 90 degrees. */
  readonly maskDeg: number;
  /** The platform's own ephemeris: edges are then exact to a millisecond of it, else to a few, and to 0.1 s where a pass grazes the mask. */
  readonly exact?: Ephemeris;
}

/** `windows` are yes, `unknown` is don't know, the rest of the span is no. Never merge them. */
export interface Passes {
  readonly windows: readonly Pass[];
  readonly unknown: readonly Unknown[];
}

/** Every pass in `span`, in time order, none overlapping. @throws RangeError on a mask that no site has. */
export function findPasses({ table, site, span, maskDeg, exact }: PassQuery): Passes {
  if (!(maskDeg >= -1 && maskDeg <= 90)) throw new RangeError(`maskDeg must be -1 to 90: ${maskDeg}`);
  const scan = new ElevationScan(table, site, maskDeg);
  const found: Pass[] = [];
  const unknown = table.unknown.filter((u) => u.start < span.end && u.end > span.start);
  const refine = exact === undefined ? undefined : exactElevation(site, exact);
  for (const part of subtract([span], unknown)) {
    for (const up of scan.upIn(part, refine)) found.push(scan.passOf(up, part, refine));
  }
  return { windows: found, unknown };
}

function exactElevation(site: Site, exact: Ephemeris): SinElevation {
  const [ux, uy, uz] = upOf(site);
  const { xKm, yKm, zKm } = ecefOf(site);
  return (utcMs) => {
    // Not `instant()`: a fraction of a millisecond matters to a root.
    const at = exact(utcMs as Instant);
    if (at === undefined) return Number.NaN;
    const [dx, dy, dz] = [at.xKm - xKm, at.yKm - yKm, at.zKm - zKm];
    return (dx * ux + dy * uy + dz * uz) / Math.sqrt(dx * dx + dy * dy + dz * dz);
  };
}
