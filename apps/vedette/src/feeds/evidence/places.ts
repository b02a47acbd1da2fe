/** Coordinates as they stand in files: numbers in range, not exchanged, not null island, inside the area of interest. */
import type { Place } from "@vedette/core/geo/position";
import { Refused } from "./refusal.ts";

export interface Area {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

export interface PlaceColumns {
  readonly latitude: string;
  readonly longitude: string;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** A finite number as text or number; a decimal comma is no number. */
export function numberOf(value: unknown, column: string): number | Refused {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value === undefined || value === null || value === "")
    return new Refused("missing", "is empty: expected a number", { column });
  if (typeof value === "string") {
    const text = value.trim();
    if (NUMBER.test(text)) return Number(text);
    if (/^[+-]?\d+,\d+$/.test(text))
      return new Refused("number", "a decimal comma: expected a point", { column, value });
  }
  return new Refused("number", "expected a number", { column, value });
}

/** @returns the place, or what is wrong with it; an `area` tells exchanged coordinates from odd ones */
export function placeOf(latitude: unknown, longitude: unknown, columns: PlaceColumns, area?: Area): Place | Refused {
  const latitudeDeg = numberOf(latitude, columns.latitude);
  if (latitudeDeg instanceof Refused) return latitudeDeg;
  const longitudeDeg = numberOf(longitude, columns.longitude);
  if (longitudeDeg instanceof Refused) return longitudeDeg;
  const value = `${latitudeDeg}, ${longitudeDeg}`;
  const refuse = (code: "place" | "swapped", message: string, column: string) =>
    new Refused(code, message, { column, value });
  if (Math.abs(latitudeDeg) > 90) {
    const isSwapped = Math.abs(longitudeDeg) <= 90 && Math.abs(latitudeDeg) <= 180;
    return refuse(
      isSwapped ? "swapped" : "place",
      `expected a latitude from -90 to 90${isSwapped ? ": latitude and longitude look exchanged" : ""}`,
      columns.latitude,
    );
  }
  if (Math.abs(longitudeDeg) > 180) return refuse("place", "expected a longitude from -180 to 180", columns.longitude);
  if (latitudeDeg === 0 && longitudeDeg === 0)
    return refuse("place", "0, 0 is what stands where no place is known", columns.latitude);
  if (area === undefined || isInside(area, latitudeDeg, longitudeDeg)) return { latitudeDeg, longitudeDeg };
  if (isInside(area, longitudeDeg, latitudeDeg)) {
    return refuse(
      "swapped",
      "latitude and longitude look exchanged: the other way round it lies in the area of interest",
      columns.latitude,
    );
  }
  return refuse(
    "place",
    `lies outside the area of interest (${area.south} to ${area.north}, ${area.west} to ${area.east})`,
    columns.latitude,
  );
}

/** An area that crosses the antimeridian has its west above its east. */
function isInside({ south, west, north, east }: Area, latitude: number, longitude: number): boolean {
  if (latitude < south || latitude > north) return false;
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
}
