/**
 * Satellites that hardly move over the ground (geostationary, and others with periods above six hours): a cell is not
 * abeam at a moment but in view for hours. One opportunity stands for each half hour in which the cell can be seen,
 * taken at its middle; shorter views are not told apart.
 */
import { incidenceDeg, offNadirDeg } from "../geo/look.ts";
import type { Position, Site } from "../geo/position.ts";
import { sunElevationDeg } from "../geo/sun.ts";
import { geodeticOf } from "../geo/wgs84.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { positionInto } from "../orbit/table.ts";
import { MS_PER_MINUTE } from "../time/instant.ts";
import type { CellGrid } from "./grid.ts";
import { type Opportunities, OpportunityColumns } from "./opportunities.ts";
import { accepts, type SweepQuery } from "./sweep.ts";

const STEP_MS = 30 * MS_PER_MINUTE;
/** A period of six hours, seen from the Earth's centre. */
const SLOW_RADPS = 2.9e-4;

/** Is the mean angular motion relative to the ground below that of a six-hour orbit? */
export function hardlyMoves({ rEcefKm: r, vEcefKmps: v, count }: StateTable): boolean {
  let [sum, known] = [0, 0];
  for (let k = 0; k < 3 * count; k += 3) {
    const vv = (v[k] as number) ** 2 + (v[k + 1] as number) ** 2 + (v[k + 2] as number) ** 2;
    const rr = (r[k] as number) ** 2 + (r[k + 1] as number) ** 2 + (r[k + 2] as number) ** 2;
    // Not Math.hypot: over a month of a fleet it took a sixth of the sweep.
    const rate = Math.sqrt(vv / rr);
    if (Number.isNaN(rate)) continue;
    sum += rate;
    known++;
  }
  return known > 0 && sum / known < SLOW_RADPS;
}

/** Opportunities on a fixed raster of half hours since 1970, one pass each. `xTrackKm` is 0: there is no track. */
export function dwell({ table, grid, span, reaches }: SweepQuery): Opportunities {
  const columns = new OpportunityColumns();
  const at = new Float64Array(3);
  const sites = sitesOf(grid);
  for (let t = Math.floor(span.start / STEP_MS) * STEP_MS; t < span.end; t += STEP_MS) {
    const utcMs = t + STEP_MS / 2;
    if (
      utcMs < span.start ||
      utcMs >= span.end ||
      table.unknown.some(({ start, end }) => utcMs >= start && utcMs < end)
    )
      continue;
    positionInto(table, utcMs, at);
    const platform: Position<"ecef"> = {
      frame: "ecef",
      xKm: at[0] as number,
      yKm: at[1] as number,
      zKm: at[2] as number,
    };
    sites.forEach((site, cell) => {
      const incidence = incidenceDeg(site, platform);
      const offNadir = offNadirDeg(platform, site);
      if (!(incidence < 90) || !reaches.some((reach) => accepts(reach, offNadir, incidence, 0))) return;
      columns.push(cell, Float64Array.of(utcMs, 0, offNadir, incidence, sunElevationDeg(site, utcMs)));
    });
    columns.endPass();
  }
  return columns.done();
}

function sitesOf({ count, pEcefKm: p }: CellGrid): Site[] {
  return Array.from({ length: count }, (_, cell) => {
    const [xKm, yKm, zKm] = [p[3 * cell] as number, p[3 * cell + 1] as number, p[3 * cell + 2] as number];
    const { latitudeDeg, longitudeDeg } = geodeticOf({ frame: "ecef", xKm, yKm, zKm });
    return { id: String(cell), latitudeDeg, longitudeDeg, heightM: 0 };
  });
}
