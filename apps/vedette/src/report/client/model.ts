/** What the page shows and what it shows it of: the unpacked report behind a few questions. */
import {
  CELL_FIGURES,
  type CellFigure,
  type PackedHead,
  type PackedReport,
  STEP_01,
  STEP_DEG,
  stepOf,
  UNKNOWN_U16,
} from "../packed.ts";

export type FigureId = "gap" | "share" | "age" | "clear";
export type Basis = "accessible" | "taken";

/** The reader's choices. Indexes into the head's kinds and variants. */
export interface View {
  readonly figure: FigureId;
  readonly basis: Basis;
  readonly kind: number;
  readonly variant: number;
}

export const FIGURE_NAMES: Readonly<Record<FigureId, string>> = {
  gap: "Longest blind gap",
  share: "Share of hours",
  age: "Mean age of the newest picture",
  clear: "Chance of a clear sky",
};

export interface Model {
  readonly head: PackedHead;
  /** Values of one figure, one per cell. NaN is unknown. Hours, or 0 to 1. */
  readonly valuesOf: (view: View) => Float32Array;
  readonly valueOf: (view: View, cell: number) => number;
  /** Rings of [longitude, latitude], open. */
  readonly rings: readonly (readonly (readonly [number, number])[])[];
}

export function modelOf({ head, coordinates, figures }: PackedReport): Model {
  const n = head.cells.length;
  const at = ({ figure, basis, kind, variant }: View): { from: number; step: number } => {
    if (figure === "clear") return { from: 0, step: STEP_01 };
    const name = cellFigureOf(figure, basis);
    const index = (variant * head.kinds.length + kind) * CELL_FIGURES.length + CELL_FIGURES.indexOf(name);
    return { from: n + index * n, step: stepOf(name) };
  };
  const known = (packed: number | undefined, step: number) =>
    packed === undefined || packed === UNKNOWN_U16 ? Number.NaN : packed * step;
  return {
    head,
    rings: ringsOf(head, coordinates),
    valueOf: (view, cell) => {
      const { from, step } = at(view);
      return known(figures[from + cell], step);
    },
    valuesOf: (view) => {
      const { from, step } = at(view);
      return Float32Array.from(figures.subarray(from, from + n), (packed) => known(packed, step));
    },
  };
}

function cellFigureOf(figure: Exclude<FigureId, "clear">, basis: Basis): CellFigure {
  if (figure === "age") return "pictureAgeH";
  if (figure === "gap") return basis === "accessible" ? "accessibleLongestGapH" : "takenLongestGapH";
  return basis === "accessible" ? "accessible01" : "taken01";
}

function ringsOf(head: PackedHead, coordinates: Int32Array): Model["rings"] {
  let at = 0;
  return head.vertexCounts.map((count) => {
    const ring = Array.from({ length: count }, (_, i): readonly [number, number] => {
      return [(coordinates[at + 2 * i] ?? 0) * STEP_DEG, (coordinates[at + 2 * i + 1] ?? 0) * STEP_DEG];
    });
    at += 2 * count;
    return ring;
  });
}

/** Hours or percent, with unit; `unknown` for NaN. */
export function textOf(figure: FigureId, value: number): string {
  if (Number.isNaN(value)) return "unknown";
  return figure === "gap" || figure === "age" ? `${hoursText(value)} h` : `${percentText(value)} %`;
}

export function hoursText(hours: number): string {
  return hours.toFixed(Math.abs(hours) < 24 ? 1 : 0);
}

export function percentText(share01: number): string {
  const percent = share01 * 100;
  return percent.toFixed(percent > 0 && percent < 10 ? 1 : 0);
}
