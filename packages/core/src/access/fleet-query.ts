/** What `findFleetPasses` is asked, and what it answers. */
import type { Site } from "../geo/position.ts";
import type { MeanElements } from "../orbit/elements.ts";
import type { Unknown } from "../orbit/ephemeris.ts";
import type { TableOptions } from "../orbit/table.ts";
import type { Interval } from "../time/instant.ts";

export interface MaskedSite {
  readonly site: Site;
  /** Lowest usable elevation, geometric, -1 to 90 degrees. */
  readonly maskDeg: number;
}

export interface FleetQuery {
  readonly satellites: readonly MeanElements[];
  readonly sites: readonly MaskedSite[];
  readonly span: Interval;
  readonly options: TableOptions;
  /** Also the highest point of each pass. */
  readonly withPeaks?: boolean;
}

/**
 * Columns, one row a pass: in the order of satellites, of sites, of time. What is neither in a pass nor in its
 * satellite's `unknown` is no. Edges are whole milliseconds, half-open, within a millisecond of SGP4's own.
 */
export interface FleetPasses {
  readonly count: number;
  /** Places in the query's lists. */
  readonly satellite: Uint32Array;
  readonly site: Uint32Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** Edges that are not a rise or a set, because the span or our knowledge began (1) or ended (2) there; 3 is both. */
  readonly clipped: Uint8Array;
  /** By satellite, in time order. */
  readonly unknown: readonly (readonly Unknown[])[];
  /** Only where asked for. */
  readonly peakMs?: Float64Array;
  readonly peakElevationDeg?: Float64Array;
}
