/** Zones laid out for the question that is asked of them: how much of a circle of uncertainty lies inside? */
import { type Pieces, piecesOfLine, piecesOfPoints } from "../geo/buffer.ts";
import { densify } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";
import type { Zone } from "../geo/zone.ts";
import { partsOfGeometry } from "./geojson.ts";
import type { AgreementZone } from "./terms.ts";

const STEP_KM = 10;

/** A polygon, or what lies within a distance of pieces of a path. Paths are chains of places at most 10 km apart. */
export interface RegionPart {
  /** Closed by themselves; outer ring, then holes. None: only what is near the paths. */
  readonly rings: readonly (readonly Place[])[];
  readonly pieces: Pieces;
  /** About the pieces; zero for a polygon alone. */
  readonly radiusKm: number;
}
export type Region = readonly RegionPart[];

export interface ZoneRegions {
  readonly inside: Region;
  /** What lies within a distance of the bare zone: its line without the buffer, its polygon with what it holds. */
  readonly within: (km: number) => Region;
}
export type Regions = ReadonlyMap<string, ZoneRegions>;

export function regionsOf(zones: Readonly<Record<string, AgreementZone>>): Regions {
  return new Map(Object.entries(zones).map(([id, zone]) => [id, regionsOfZone(zone)]));
}

function regionsOfZone(zone: AgreementZone): ZoneRegions {
  const parts = "parts" in zone ? zone.parts : partsOfGeometry(zone.geometry, zone.bufferKm ?? 0);
  const inside = parts.map(partOf);
  return {
    inside,
    within: (km) => inside.map((part) => ({ ...part, radiusKm: km })),
  };
}

function partOf(zone: Zone): RegionPart {
  if ("line" in zone) return { rings: [], pieces: piecesOfLine(zone.line), radiusKm: zone.bufferKm };
  if ("points" in zone) return { rings: [], pieces: piecesOfPoints(zone.points), radiusKm: zone.radiusKm };
  const rings = zone.polygon.map((ring) => densify(closed(ring), STEP_KM));
  const ends = rings.flatMap((ring) => [...piecesOfLine(ring).endsDeg]);
  return { rings, pieces: { endsDeg: Float64Array.from(ends) }, radiusKm: 0 };
}

function closed(ring: readonly Place[]): readonly Place[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined) return ring;
  const isClosed = first.latitudeDeg === last.latitudeDeg && first.longitudeDeg === last.longitudeDeg;
  return isClosed ? ring : [...ring, first];
}
