/** `passes.csv`: one row a pass, RFC 4180 (commas, CRLF, quotes doubled). The marking is a column, so that it survives a cut. */
import type { PassRow, Result } from "@vedette/wire/result";
import { utcOf } from "./labels.ts";

const COLUMNS: readonly (readonly [name: string, value: (pass: PassRow) => string | number | null])[] = [
  ["satellite", (pass) => pass.satellite],
  ["catalogue_number", (pass) => pass.catalogueNumber],
  ["mission", (pass) => pass.mission],
  ["nation", (pass) => pass.nation],
  ["kinds", (pass) => pass.kinds.join(" ")],
  ["start_utc", (pass) => utcOf(pass.startMs)],
  ["end_utc", (pass) => utcOf(pass.endMs)],
  ["accessible_cells", (pass) => pass.accessibleCells],
  ["taken_cells", (pass) => pass.takenCells],
  ["min_off_nadir_deg", (pass) => rounded(pass.minOffNadirDeg, 3)],
  ["sun_elevation_deg", (pass) => rounded(pass.sunElevationDeg, 3)],
  ["delivered_utc", (pass) => (pass.deliveredMs === null ? null : utcOf(pass.deliveredMs))],
  ["delivered_by", (pass) => pass.deliveredBy],
];

/** Header row first. An empty field is unknown or none, never zero. */
export function passesCsv({ passes, summary }: Result): string {
  const tail = [summary.marking, summary.label].map(field);
  const rows = passes.map((pass) => [...COLUMNS.map(([, value]) => field(value(pass))), ...tail].join(","));
  return `${[[...COLUMNS.map(([name]) => name), "marking", "label"].join(","), ...rows].join("\r\n")}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null;
}
