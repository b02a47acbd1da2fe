/** What `vedette windows` says of each pair of satellite and site. Instants in ISO 8601, UTC; durations in seconds. */
import type { Pass } from "@vedette/core/access/passes";
import type { Windows } from "@vedette/core/access/windows";
import type { Site } from "@vedette/core/geo/position";
import type { MeanElements } from "@vedette/core/orbit/elements";
import type { Unknown, UnknownCode } from "@vedette/core/orbit/ephemeris";
import { type Interval, isoOf } from "@vedette/core/time/instant";
import { durationMs } from "@vedette/core/time/intervals";

interface PairFound extends Windows {
  readonly elements: MeanElements;
  readonly site: Site;
  /** Where the satellite's own position is unknown. */
  readonly ownUnknown: readonly Unknown[];
}

interface Pair {
  readonly satellite: string;
  readonly catalogueNumber: number;
  readonly site: string;
}

interface Stretch extends Pair {
  readonly start: string;
  readonly end: string;
  readonly durationS: number;
}

export interface WindowJson extends Stretch {
  /** Edges at which no constraint began or ceased to hold: the span, or what is known, did. */
  readonly clipped: Pass["clipped"];
}

export interface UnknownJson extends Stretch {
  readonly code: UnknownCode;
  /** Whose position is not known. */
  readonly of: "satellite" | "relay";
}

/** windowS + unknownS + noS is the span. */
export interface CountJson extends Pair {
  readonly windows: number;
  readonly windowS: number;
  readonly unknownS: number;
  readonly noS: number;
}

export interface Rows {
  readonly windows: readonly WindowJson[];
  readonly unknown: readonly UnknownJson[];
  readonly counts: readonly CountJson[];
}

export const rowsOf = (pair: PairFound, span: Interval): Rows => ({
  windows: windowRows(pair, span),
  unknown: unknownRows(pair),
  counts: [countOf(pair, span)],
});

const pairOf = ({ elements, site }: PairFound): Pair => ({
  satellite: elements.name,
  catalogueNumber: elements.catalogueNumber,
  site: site.id,
});

const stretchOf = (pair: PairFound, { start, end }: Interval): Stretch => ({
  ...pairOf(pair),
  start: isoOf(start),
  end: isoOf(end),
  durationS: (end - start) / 1000,
});

function windowRows(pair: PairFound, span: Interval): WindowJson[] {
  return pair.windows.map((window) => {
    const atStart = window.start === span.start || pair.unknown.some(({ end }) => end === window.start);
    const atEnd = window.end === span.end || pair.unknown.some(({ start }) => start === window.end);
    const clipped = atStart ? (atEnd ? "both" : "start") : atEnd ? "end" : "none";
    return { ...stretchOf(pair, window), clipped };
  });
}

function unknownRows(pair: PairFound): UnknownJson[] {
  return pair.unknown.map((stretch) => ({
    ...stretchOf(pair, stretch),
    code: stretch.code,
    of: pair.ownUnknown.some((own) => own.start <= stretch.start && own.end >= stretch.end) ? "satellite" : "relay",
  }));
}

function countOf(pair: PairFound, span: Interval): CountJson {
  const windowMs = durationMs(pair.windows);
  const unknownMs = durationMs(pair.unknown);
  return {
    ...pairOf(pair),
    windows: pair.windows.length,
    windowS: windowMs / 1000,
    unknownS: unknownMs / 1000,
    noS: (span.end - span.start - windowMs - unknownMs) / 1000,
  };
}
