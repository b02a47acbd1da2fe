/**
 * What the page carries: a JSON head and two packed number arrays, deflated. Shared by the writer (Node) and the page.
 *
 * Layout, little-endian: u32 length of the head, the head (JSON, UTF-8), then each array as byte planes (all lowest bytes
 * first): neighbours differ little, so that the high planes are nearly constant and deflate well.
 */
import type { Channel, GapHistogram, Headline, LedgerByHour } from "@vedette/wire/result";

/** The per-cell figures, in the order in which they are packed. */
export const CELL_FIGURES = [
  "accessibleLongestGapH",
  "accessible01",
  "takenLongestGapH",
  "taken01",
  "pictureAgeH",
] as const;
export type CellFigure = (typeof CELL_FIGURES)[number];

/** Steps of the packed figures: six minutes, and a tenth of a percent. */
export const STEP_H = 0.1;
export const STEP_01 = 0.001;
/** The packed value that says unknown. */
export const UNKNOWN_U16 = 0xffff;
/** Steps of packed coordinates: about a metre. */
export const STEP_DEG = 1e-5;

export const stepOf = (figure: CellFigure): number => (figure.endsWith("01") ? STEP_01 : STEP_H);

type Path = readonly (readonly [longitudeDeg: number, latitudeDeg: number])[];

export interface PackedPass {
  readonly satellite: string;
  readonly nation: string;
  readonly kinds: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly accessibleCells: number;
  readonly takenCells: number;
  readonly deliveredMs: number | null;
}

export interface PackedHead {
  readonly startMs: number;
  readonly hours: number;
  readonly kinds: readonly { readonly id: Channel; readonly name: string }[];
  readonly variants: readonly {
    readonly id: string;
    readonly label: string;
    readonly gaps: Readonly<Record<Channel, GapHistogram>>;
  }[];
  readonly nations: Readonly<Record<string, string>>;
  /** H3 indexes; the arrays follow their order. */
  readonly cells: readonly string[];
  /** Vertices of each cell, consecutive in the coordinate array. */
  readonly vertexCounts: readonly number[];
  readonly cellZone: readonly number[];
  readonly zones: readonly { readonly name: string; readonly closed: boolean; readonly paths: readonly Path[] }[];
  readonly places: readonly {
    readonly name: string;
    readonly longitudeDeg: number;
    readonly latitudeDeg: number;
    readonly rank: number;
  }[];
  readonly land: readonly Path[];
  readonly boundaries: readonly Path[];
  readonly ledger: Readonly<Record<string, LedgerByHour>>;
  readonly passes: readonly PackedPass[];
  readonly sensitivityBase: Headline;
  readonly sensitivity: readonly { readonly figure: string; readonly low: Headline; readonly high: Headline }[];
  /** Lengths of the two arrays, in values. */
  readonly coordinateValues: number;
  readonly figureValues: number;
}

export interface PackedReport {
  readonly head: PackedHead;
  /** Longitude and latitude of every vertex, in `STEP_DEG`. */
  readonly coordinates: Int32Array;
  /** Clear-sky chance of every cell, then variant by variant, kind by kind, figure by figure, cell by cell. */
  readonly figures: Uint16Array;
}

/** Bytes of `values`, lowest plane first. `width` is 2 or 4. */
export function planesOf(values: Uint16Array | Int32Array, width: number): Uint8Array {
  const planes = new Uint8Array(values.length * width);
  for (let i = 0; i < values.length; i++) {
    for (let plane = 0; plane < width; plane++) planes[plane * values.length + i] = (values[i] ?? 0) >>> (8 * plane);
  }
  return planes;
}

export function valuesOf(planes: Uint8Array, count: number, width: number): Int32Array {
  const values = new Int32Array(count);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0; i < count; i++) values[i] = (values[i] ?? 0) | ((planes[plane * count + i] ?? 0) << (8 * plane));
  }
  return values;
}
