/**
 * One run as the page replays it: a JSON head and columns of whole numbers, deflated. Shared by the writer (Node) and the page.
 *
 * Layout, little-endian: u32 length of the head, the head (JSON, UTF-8), then each column of `head.columns` in that order: differences from
 * the value before, as byte planes of four.
 */
import type { PackedHead } from "./packed.ts";

/** Steps of places: about 100 m. */
export const PLACE_STEP_DEG = 1e-3;

/**
 * Minutes count from the start. `track…`: mover by mover, each with `samples` places. `…After`: minutes after the beginning, plus one; 0:
 * never. `reportFalse`, `incidentFalse`: 1 where nothing real stands behind it.
 */
export const COLUMNS = [
  "trackLat",
  "trackLon",
  "trackPhase",
  "fixedLat",
  "fixedLon",
  "fixedGroup",
  "breachMin",
  "breachLat",
  "breachLon",
  "breachKind",
  "breachSeenAfter",
  "breachVerifiedAfter",
  "reportMin",
  "reportLat",
  "reportLon",
  "reportGroup",
  "reportFalse",
  "incidentMin",
  "incidentLat",
  "incidentLon",
  "incidentCorroboratedAfter",
  "incidentVerifiedAfter",
  "incidentFalse",
] as const;
export type ColumnName = (typeof COLUMNS)[number];
export type ReplayColumns = Readonly<Record<ColumnName, Int32Array>>;

/** How many there were, and how many of them the page carries. */
export interface Thinned {
  readonly all: number;
  readonly shown: number;
}

export interface ReplayInfo {
  readonly seed: number;
  readonly run: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly sampleMin: number;
  readonly samples: number;
  readonly movers: readonly { readonly id: string; readonly group: string }[];
  readonly groups: readonly string[];
  readonly kinds: readonly { readonly id: string; readonly isLarger: boolean }[];
  readonly breaches: Thinned;
  readonly reports: Thinned;
  readonly incidents: Thinned;
}

export interface Recording {
  readonly info: ReplayInfo;
  readonly columns: ReplayColumns;
}

/** What lies under the run. */
export type ReplayGround = Pick<PackedHead, "land" | "boundaries" | "places" | "zones">;

/** All that the page's script draws. `charts` is the result as JSON, networks' runs left out. */
export interface ExerciseHead<Charts> {
  readonly charts: Charts;
  readonly replay: (ReplayInfo & { readonly ground: ReplayGround }) | null;
  /** Lengths. */
  readonly columns: readonly number[];
}
