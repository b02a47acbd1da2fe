/** What the map is drawn on: land without country polygons, the operator's boundary layer, names of places. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Basemap } from "@vedette/wire/result";
import type { LoadedScenario } from "../scenario/load.ts";
import { SHIPPED_ROOT } from "../scenario/paths.ts";

interface LandFile {
  readonly features: readonly {
    readonly geometry: { readonly coordinates: readonly (readonly (readonly [number, number])[])[][] };
  }[];
}

/** Land and places ship for the Black Sea only; elsewhere the map shows the zones alone. */
export function basemapOf({ boundaries }: LoadedScenario): Basemap {
  const land = shipped<LandFile>("black-sea-land.geojson");
  const { places } = shipped<{ places: Basemap["places"] }>("ukraine-places.json");
  return {
    land: land.features.flatMap(({ geometry }) => geometry.coordinates.flat()),
    boundaries: boundaries?.paths ?? [],
    boundariesNote:
      boundaries === undefined
        ? "No boundary layer was given."
        : `Boundaries: ${[boundaries.name, boundaries.source, boundaries.note].filter((part) => part !== "").join(". ")}`,
    places,
  };
}

function shipped<T>(name: string): T {
  return JSON.parse(readFileSync(join(SHIPPED_ROOT, "data", "basemap", name), "utf8")) as T;
}
