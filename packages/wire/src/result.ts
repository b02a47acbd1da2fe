/**
 * What a run says: the headline figures (`summary.json`), and everything that the report draws.
 * Units are in the names; `null` is unknown, never zero.
 */

import type { LedgerRuns } from "@vedette/core/access/ledger";
import type { Distribution } from "@vedette/core/numerics/distribution";

export type { Distribution, LedgerRuns };

/** A kind of sensor, or any that makes an image: radio-frequency receivers locate emitters and stand apart. */
export type Channel = "imaging" | "optical" | "radar" | "thermal" | "rf";

/** One row of figures for one network over one span. Accessible: could have been looked at. Taken: was, under the stated rule. */
export interface Headline {
  /** Share of cell-hours with at least one opportunity, clear sky assumed. */
  readonly accessible01: Readonly<Record<Channel, number>>;
  /** Longest time without an opportunity, per cell, over cells. Gaps cut by the span's ends count as far as seen. */
  readonly accessibleLongestGapH: Readonly<Record<Channel, Distribution>>;
  /** Mean interval between opportunities, per cell, over cells that have two; null where none has. */
  readonly accessibleRevisitH: Readonly<Record<Channel, Distribution | null>>;
  /** Share of the span's hours in which the position of at least one such satellite is unknown: above 0, shares are lower bounds and gaps upper bounds. */
  readonly unknownHours01: Readonly<Record<Channel, number>>;
  /** Share of cell-hours in which a look was taken. */
  readonly taken01: Readonly<Record<Channel, number>>;
  readonly takenLongestGapH: Readonly<Record<Channel, Distribution>>;
  readonly takenRevisitH: Readonly<Record<Channel, Distribution | null>>;
  /** Share of cells of which a picture came to headquarters at all. */
  readonly pictured01: Readonly<Record<Channel, number>>;
  /** Age of the newest picture at headquarters, mean over time from a cell's first delivery on; over cells that had a picture, null where none had. */
  readonly pictureAgeH: Readonly<Record<Channel, Distribution | null>>;
  /** From the look to the picture at headquarters, over cell-looks delivered in the span. */
  readonly latencyH: Readonly<Record<Channel, Distribution | null>>;
  /** From a pass's last opportunity to its first allowed downlink plus processing, no queue; over accessible cell-looks whose downlink falls in the span. */
  readonly accessibleLatencyH: Readonly<Record<Channel, Distribution | null>>;
  /** Looks of one sensor at one cell. Batches add up: taken = delivered + waiting (still on board, or in processing, when the span ends). */
  readonly cellLooks: {
    readonly accessible: number;
    readonly taken: number;
    readonly delivered: number;
    readonly waiting: number;
  };
  /** Share of (request, cell) pairs whose longest taken gap and 90th percentile latency are within what was wanted. */
  readonly requestsMet01: number | null;
}

/** One value per cell, in the order of `cells`. NaN is unknown. */
export interface CellFigures {
  readonly accessibleLongestGapH: Float32Array;
  readonly accessible01: Float32Array;
  readonly takenLongestGapH: Float32Array;
  readonly taken01: Float32Array;
  readonly pictureAgeH: Float32Array;
}

/** Counts of gaps (accessible and taken) over all cells by length; bin i is [edgesH[i], edgesH[i + 1]), the last is open. */
export interface GapHistogram {
  readonly edgesH: readonly number[];
  readonly accessible: readonly number[];
  readonly taken: readonly number[];
}

export interface Variant {
  /** `base`, or `without-USA`. */
  readonly id: string;
  readonly label: string;
  /** ISO alpha-3 of the nation taken out; absent for base. */
  readonly nation?: string;
  readonly satellites: number;
  readonly stations: number;
  /** Satellites of others that lose their only way down or their processing with this nation. */
  readonly orphaned: number;
  readonly headline: Headline;
  readonly cells: Readonly<Record<Channel, CellFigures>>;
  readonly gaps: Readonly<Record<Channel, GapHistogram>>;
}

/** Cell-hours of one sensor kind, by hour of the span, adding up to the number of cells. */
export interface LedgerByHour {
  /** At least one opportunity. */
  readonly observable: readonly number[];
  /** A pass, but the sun too low for every sensor of it. */
  readonly night: readonly number[];
  readonly noPass: readonly number[];
  /** No known opportunity, and a satellite whose position is unknown. */
  readonly unknown: readonly number[];
  /** Of the observable: a look was taken. */
  readonly taken: readonly number[];
}

export interface PassRow {
  readonly satellite: string;
  readonly catalogueNumber: number;
  readonly mission: string;
  readonly nation: string;
  readonly kinds: readonly string[];
  /** First and last moment at which a cell is abeam and in reach, UTC ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly accessibleCells: number;
  readonly takenCells: number;
  readonly minOffNadirDeg: number;
  readonly sunElevationDeg: number;
  /** When the first picture of the pass is at headquarters, UTC ms; null: not in the span, or not taken. */
  readonly deliveredMs: number | null;
  readonly deliveredBy: string | null;
}

export interface RequestRow {
  readonly id: string;
  readonly zone: string;
  readonly nation: string;
  readonly kinds: readonly string[];
  readonly resolutionM: number;
  readonly revisitH: number;
  readonly latencyH: number;
  readonly priority: number;
  readonly cells: number;
  /** Share of cells whose longest gap among accessible opportunities is within the revisit wanted. */
  readonly accessibleMet01: number;
  /** The same for looks taken. */
  readonly takenMet01: number;
  /** Share of cells whose 90th percentile of latency is within what is wanted; null: no look delivered. */
  readonly latencyMet01: number | null;
}

export interface SensitivityRow {
  /** Name of the figure, e.g. `maskDeg`. */
  readonly figure: string;
  readonly unit: string;
  /** How many assumed figures of that name were varied together. */
  readonly count: number;
  readonly low: Headline;
  readonly high: Headline;
}

export interface Assumption {
  /** Where it stands, e.g. `missions.umbra.memoryGbit`. */
  readonly path: string;
  readonly value: number;
  readonly why: string;
}

export interface UnknownSatellite {
  readonly satellite: string;
  readonly catalogueNumber: number;
  readonly code: "stale" | "decayed" | "element-error" | "no-elements";
  readonly hours: number;
  readonly detail: string;
}

export interface SourceRow {
  readonly id: string;
  readonly title: string;
  readonly publisher?: string;
  readonly url?: string;
  readonly date?: string;
  readonly licence?: string;
}

export interface ZoneRow {
  readonly id: string;
  readonly name: string;
  readonly cells: number;
  readonly areaKm2: number;
  /** Geodesic length where the zone is a line. */
  readonly lengthKm: number | null;
  /** What to draw: [longitude, latitude] paths, with the names that vertices carry. */
  readonly paths: readonly (readonly (readonly [number, number])[])[];
  readonly closed: boolean;
  readonly names: readonly {
    readonly name: string;
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
  }[];
}

/** Positions for `scene.czml`: ECEF km every `stepMs` from the span's start, stride 3, first day only. */
export interface Track {
  readonly satellite: string;
  readonly nation: string;
  readonly stepMs: number;
  readonly rEcefKm: Float32Array;
}

/** Everything but the per-cell arrays: `summary.json`. */
export interface Summary {
  readonly format: "vedette-summary/1";
  readonly marking: string;
  readonly label: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly h3Resolution: number;
  readonly rebasedByDays: number | null;
  readonly software: string;
  /** SHA-256 of the scenario and all files it picked, canonical bytes. */
  readonly inputSha256: string;
  readonly counts: {
    readonly satellites: number;
    readonly stations: number;
    readonly nations: number;
    readonly cells: number;
    readonly cellHours: number;
  };
  /** Names of nations by ISO alpha-3 code. */
  readonly nations: Readonly<Record<string, string>>;
  readonly headline: Headline;
  /** Mean over cells and the span's months of the chance of a clear sky; null where no cloud figure covers the cells. */
  readonly clearSky01: number | null;
  readonly ledger: Readonly<
    Record<
      string,
      {
        observable01: number;
        night01: number;
        noPass01: number;
        unknown01: number;
        taken01: number;
      }
    >
  >;
  readonly dependence: readonly {
    readonly nation: string;
    readonly name: string;
    readonly satellites: number;
    readonly stations: number;
    readonly orphaned: number;
    /** Satellites of other nations that this nation's launchers lifted. */
    readonly launched: number;
    readonly headline: Headline;
  }[];
  readonly sensitivity: readonly SensitivityRow[];
  /** What rows of the sensitivity table are compared with: the base on the same evenly chosen cells. Read differences; requests met run high on a sample. */
  readonly sensitivityBase: { readonly cells: number; readonly headline: Headline };
  readonly requests: readonly RequestRow[];
  readonly zones: readonly Omit<ZoneRow, "paths" | "names" | "closed">[];
  readonly unknown: readonly UnknownSatellite[];
  readonly assumptions: readonly Assumption[];
  readonly sources: readonly SourceRow[];
  /** The rule by which looks were taken, in words. */
  readonly takingRule: string;
  readonly notes: readonly string[];
}

export interface Basemap {
  /** [longitude, latitude] rings of land. */
  readonly land: readonly (readonly (readonly [number, number])[])[];
  /** Boundary layer of the operator: paths, with the layer's name and source. */
  readonly boundaries: readonly (readonly (readonly [number, number])[])[];
  readonly boundariesNote: string;
  readonly places: readonly {
    readonly name: string;
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly rank: number;
  }[];
}

/** What the report and the data files are written from. */
export interface Result {
  readonly summary: Summary;
  /** H3 indexes; order is that of every per-cell array. */
  readonly cells: readonly string[];
  /** Index into `zones` per cell (a cell of two zones belongs to the first). */
  readonly cellZone: Uint8Array;
  /** Chance of a clear sky per cell, mean over the span's months; NaN unknown. */
  readonly clearSky01: Float32Array;
  readonly zones: readonly ZoneRow[];
  /** Base first, then without each nation, largest loss first. */
  readonly variants: readonly Variant[];
  readonly ledger: Readonly<Record<string, LedgerByHour>>;
  readonly ledgerRuns: LedgerRuns;
  readonly passes: readonly PassRow[];
  readonly tracks: readonly Track[];
  readonly stations: readonly {
    readonly name: string;
    readonly nation: string;
    readonly latitudeDeg: number;
    readonly longitudeDeg: number;
  }[];
  readonly basemap: Basemap;
}
