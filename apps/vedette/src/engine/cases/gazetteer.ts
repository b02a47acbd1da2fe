/** Names of places for people: the nearest settlement, how far and which way, and the area that it lies in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { distanceKm } from "@vedette/core/geo/geodesic";
import type { Place } from "@vedette/core/geo/position";
import { InputError } from "../../problem.ts";
import { SHIPPED_ROOT } from "../../scenario/paths.ts";
import { csvRows } from "./csv-rows.ts";

export interface Settlement extends Place {
  readonly name: string;
  readonly area: string;
}

export interface NamedArea extends Place {
  readonly id: string;
  /** As alerts and other lists call it. */
  readonly called: string;
  readonly names: Readonly<Record<string, string>>;
  readonly radiusKm: number;
}

/** The eight winds, clockwise from north. */
export const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Wind = (typeof WINDS)[number];

export interface NearSettlement {
  readonly name: string;
  readonly area: string;
  readonly km: number;
  /** Of the place as seen from the settlement; none within a kilometre. */
  readonly bearing?: Wind;
}

export interface Gazetteer {
  readonly areas: readonly NamedArea[];
  nearest(place: Place): NearSettlement | undefined;
}

export const SHIPPED_SETTLEMENTS = join(SHIPPED_ROOT, "data", "places", "ukraine-settlements.csv");
export const SHIPPED_AREAS = join(SHIPPED_ROOT, "data", "places", "ukraine-areas.csv");

/** @throws InputError where a table cannot be read, has no such column, or a number is none */
export async function readGazetteer(
  settlementsFile: string = SHIPPED_SETTLEMENTS,
  areasFile: string = SHIPPED_AREAS,
): Promise<Gazetteer> {
  const settlements = (await csvRows(settlementsFile, ["name", "area", "latitude", "longitude"])).map(
    ({ text, number }): Settlement => ({
      name: text("name"),
      area: text("area"),
      latitudeDeg: number("latitude"),
      longitudeDeg: number("longitude"),
    }),
  );
  const areas = (await csvRows(areasFile, ["area", "called", "en", "latitude", "longitude", "radius_km"])).map(
    ({ text, number, columns }): NamedArea => ({
      id: text("area"),
      called: text("called"),
      names: Object.fromEntries(columns.filter((name) => /^[a-z]{2}$/.test(name)).map((name) => [name, text(name)])),
      latitudeDeg: number("latitude"),
      longitudeDeg: number("longitude"),
      radiusKm: number("radius_km"),
    }),
  );
  if (settlements.length === 0) throw new InputError([{ file: settlementsFile, message: "has no settlement" }]);
  return gazetteerOf(settlements, areas);
}

const KM_PER_DEG = 111.2;
const RAD = Math.PI / 180;

export function gazetteerOf(settlements: readonly Settlement[], areas: readonly NamedArea[]): Gazetteer {
  return {
    areas,
    nearest(place) {
      let best: Settlement | undefined;
      let least = Number.POSITIVE_INFINITY;
      const scale = Math.cos(place.latitudeDeg * RAD);
      for (const one of settlements) {
        const [dy, dx] = [place.latitudeDeg - one.latitudeDeg, (place.longitudeDeg - one.longitudeDeg) * scale];
        const square = dy * dy + dx * dx;
        if (square >= least) continue;
        least = square;
        best = one;
      }
      if (best === undefined || Math.sqrt(least) * KM_PER_DEG > 300) return undefined;
      const km = distanceKm(best, place);
      const east = (place.longitudeDeg - best.longitudeDeg) * scale;
      const turns = Math.atan2(east, place.latitudeDeg - best.latitudeDeg) / (Math.PI / 4);
      const bearing = WINDS[(Math.round(turns) + 8) % 8];
      return { name: best.name, area: best.area, km, ...(km >= 1 && bearing !== undefined && { bearing }) };
    },
  };
}

/** Text of a file beside the data, for its licences. */
export const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, "utf8")) as T;
