/** Zones: where somebody wants to look. A line with a buffer, a polygon, or points with a radius; they become H3 cells. */
import { bufferAreaKm2, distanceToKm, type Pieces, piecesOfLine, piecesOfPoints } from "./buffer.ts";
import { type Cell, cellAt, cellsAround, cellsInPolygon, centreOf } from "./cells.ts";
import { lengthKm, ringAreaKm2 } from "./geodesic.ts";
import type { Place } from "./position.ts";

export interface LineZone {
  readonly line: readonly Place[];
  readonly bufferKm: number;
}
export interface PolygonZone {
  /** Outer ring, then holes. */
  readonly polygon: readonly (readonly Place[])[];
}
export interface PointZone {
  readonly points: readonly Place[];
  readonly radiusKm: number;
}
export type Zone = LineZone | PolygonZone | PointZone;

/**
 * Cells whose centre lies in the zone, sorted. A zone smaller than a cell gets the cells it touches at its vertices,
 * so that no zone is ever empty.
 */
export function cellsOf(zone: Zone, resolution: number): Cell[] {
  const inside =
    "polygon" in zone
      ? cellsInPolygon(zone.polygon, resolution)
      : cellsWithin(piecesOf(zone), radiusOf(zone), resolution);
  const cells = inside.length > 0 ? inside : verticesOf(zone).map((place) => cellAt(place, resolution));
  return [...new Set(cells)].sort();
}

/** Area on WGS 84, km2; the zone itself, not its cells. */
export function areaKm2(zone: Zone): number {
  if (!("polygon" in zone)) return bufferAreaKm2(piecesOf(zone), radiusOf(zone));
  const [outer = 0, ...holes] = zone.polygon.map(ringAreaKm2);
  return outer - holes.reduce((sum, hole) => sum + hole, 0);
}

/** Geodesic length of a line zone's line, km; null for other zones. */
export function zoneLengthKm(zone: Zone): number | null {
  return "line" in zone ? lengthKm(zone.line) : null;
}

export function verticesOf(zone: Zone): readonly Place[] {
  if ("line" in zone) return zone.line;
  return "points" in zone ? zone.points : zone.polygon.flat();
}

function piecesOf(zone: LineZone | PointZone): Pieces {
  return "line" in zone ? piecesOfLine(zone.line) : piecesOfPoints(zone.points);
}

function radiusOf(zone: LineZone | PointZone): number {
  return "line" in zone ? zone.bufferKm : zone.radiusKm;
}

function cellsWithin(pieces: Pieces, radiusKm: number, resolution: number): Cell[] {
  const { endsDeg } = pieces;
  const candidates = new Set<Cell>();
  for (let k = 0; k < endsDeg.length; k += 4) {
    // A piece is at most 10 km long: one disk about its middle covers it.
    const middle = {
      latitudeDeg: ((endsDeg[k] as number) + (endsDeg[k + 2] as number)) / 2,
      longitudeDeg: ((endsDeg[k + 1] as number) + (endsDeg[k + 3] as number)) / 2,
    };
    for (const cell of cellsAround(middle, radiusKm + 6, resolution)) candidates.add(cell);
  }
  return [...candidates].filter((cell) => distanceToKm(pieces, centreOf(cell)) <= radiusKm);
}
