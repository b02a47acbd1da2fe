/** `coverage.geojson`: one polygon a cell with the figures of the whole network (RFC 7946; WGS 84). `null` is unknown. */
import { boundaryOf } from "@vedette/core/geo/cells";
import type { CellFigures, Result } from "@vedette/wire/result";
import { areaGeometry } from "./geometry.ts";
import { presentKinds } from "./labels.ts";

/** Property name, with its unit, of every per-cell figure. */
const FIGURES: readonly (readonly [key: keyof CellFigures, name: string, digits: number])[] = [
  ["accessibleLongestGapH", "accessible_longest_gap_h", 3],
  ["accessible01", "accessible_share01", 4],
  ["takenLongestGapH", "taken_longest_gap_h", 3],
  ["taken01", "taken_share01", 4],
  ["pictureAgeH", "picture_age_h", 3],
];

export function coverageGeojson(result: Result): string {
  const { summary, cells } = result;
  const head = {
    type: "FeatureCollection",
    name: summary.title,
    marking: summary.marking,
    label: summary.label,
    start: summary.start,
    end: summary.end,
    h3_resolution: summary.h3Resolution,
    software: summary.software,
    input_sha256: summary.inputSha256,
    properties_note:
      "kind_accessible_…: could have been looked at; kind_taken_…: was, under the stated rule; _h hours, _share01 share of hours; null is unknown",
  };
  // One feature a line: a text tool can still read a file of thousands of cells.
  const features = cells.map((cell, i) => JSON.stringify(featureOf(result, cell, i)));
  return `${JSON.stringify(head).slice(0, -1)},"features":[\n${features.join(",\n")}\n]}\n`;
}

function featureOf(result: Result, cell: string, i: number): object {
  const [base] = result.variants;
  if (base === undefined) throw new RangeError("a result without its base variant");
  const figures = presentKinds(result).flatMap((kind) =>
    FIGURES.map(([key, name, digits]) => [`${kind}_${name}`, known(base.cells[kind][key][i], digits)] as const),
  );
  return {
    type: "Feature",
    id: cell,
    properties: {
      h3: cell,
      zone: result.zones[result.cellZone[i] ?? -1]?.id ?? null,
      marking: result.summary.marking,
      clear_sky_chance01: known(result.clearSky01[i], 3),
      ...Object.fromEntries(figures),
    },
    geometry: areaGeometry(boundaryOf(cell)),
  };
}

function known(value: number | undefined, digits: number): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(digits));
}
