/** The H3 grid. The only file that knows h3-js. Cells are H3 indexes as hexadecimal text. */
import {
  cellArea,
  cellToBoundary,
  cellToLatLng,
  cellToParent,
  getHexagonEdgeLengthAvg,
  gridDisk,
  latLngToCell,
  polygonToCells,
  UNITS,
} from "h3-js";
import type { Place } from "./position.ts";

export type Cell = string;

export function cellAt({ latitudeDeg, longitudeDeg }: Place, resolution: number): Cell {
  return latLngToCell(latitudeDeg, longitudeDeg, resolution);
}

export function centreOf(cell: Cell): Place {
  const [latitudeDeg, longitudeDeg] = cellToLatLng(cell);
  return { latitudeDeg, longitudeDeg };
}

/** Corners as [longitude, latitude], degrees, counter-clockwise, not closed. */
export function boundaryOf(cell: Cell): [number, number][] {
  return cellToBoundary(cell).map(([lat, lon]) => [lon, lat]);
}

/** Area on the sphere that H3 uses, km2. */
export function cellAreaKm2(cell: Cell): number {
  return cellArea(cell, UNITS.km2);
}

/** The cells of a lower resolution that hold these, each once, in H3's order. */
export function coarserCells(cells: readonly Cell[], resolution: number): Cell[] {
  return [...new Set(cells.map((cell) => cellToParent(cell, resolution)))].sort();
}

/** All cells within `radiusKm` of a place, and some just beyond. */
export function cellsAround(place: Place, radiusKm: number, resolution: number): Cell[] {
  // Neighbouring centres are 1.7 edges apart; edges vary by up to 30 % over the globe.
  const rings = Math.ceil(radiusKm / (getHexagonEdgeLengthAvg(resolution, UNITS.km) * 1.1)) + 1;
  return gridDisk(cellAt(place, resolution), rings);
}

/** Cells whose centre lies in a polygon: outer ring, then holes. */
export function cellsInPolygon(rings: readonly (readonly Place[])[], resolution: number): Cell[] {
  return polygonToCells(
    rings.map((ring) => ring.map(({ latitudeDeg, longitudeDeg }): [number, number] => [latitudeDeg, longitudeDeg])),
    resolution,
  );
}
