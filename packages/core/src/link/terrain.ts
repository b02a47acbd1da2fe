/** The ground between two points: what it hides, and where nobody knows because there is no tile. */
import { EARTH_RADIUS_KM, RADIO_BENDING } from "./horizon.ts";

/** Heights at equal steps, rows from the north, each from the west, as SRTM's files have them; NaN is unknown. */
export interface HeightTile {
  readonly north: number;
  readonly west: number;
  readonly stepDeg: number;
  readonly rows: number;
  readonly columns: number;
  /** m above sea level. */
  readonly heightM: ArrayLike<number>;
}

/** A point above the ground or the sea. */
export interface Mast {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Above the ground at its foot. */
  readonly aboveGroundM: number;
}

/**
 * What is known of the ground: its heights; or nothing, where every sight along the ground is unknown. (Nothing said at all: the Earth is smooth.)
 */
export type Terrain = { readonly kind: "tiles"; readonly tiles: readonly HeightTile[] } | { readonly kind: "unknown" };

/**
 * Over ground that nobody knows a sight counts as clear within this distance, since a post is set up where it sees its foreground; and
 * beyond it, where it comes down so steeply that no slope, wood or village of a plain stands in it. Both assumed.
 */
const FOREGROUND_KM = 2;
const STEEP = Math.tan((3 * Math.PI) / 180);

export type Sight = "clear" | "blocked" | "unknown";

const KM_PER_DEG = (EARTH_RADIUS_KM * Math.PI) / 180;
/** Samples along a ray stand at most this far apart. */
const STEP_KM = 0.1;

/** Height of the ground, m, by straight lines between posts; NaN where no tile says. */
export function groundM(tiles: readonly HeightTile[], latitudeDeg: number, longitudeDeg: number): number {
  for (const { north, west, stepDeg, rows, columns, heightM } of tiles) {
    const row = (north - latitudeDeg) / stepDeg;
    const column = (longitudeDeg - west) / stepDeg;
    if (!(row >= 0 && column >= 0 && row <= rows - 1 && column <= columns - 1)) continue;
    const [r, c] = [Math.min(rows - 2, Math.floor(row)), Math.min(columns - 2, Math.floor(column))];
    const [v, u] = [row - r, column - c];
    const k = r * columns + c;
    const top = (heightM[k] as number) * (1 - u) + (heightM[k + 1] as number) * u;
    const bottom = (heightM[k + columns] as number) * (1 - u) + (heightM[k + columns + 1] as number) * u;
    return top * (1 - v) + bottom * v;
  }
  return Number.NaN;
}

/**
 * Whether one mast sees the other over the ground of an Earth with effective radius. Blocked if any known ground stands in the
 * ray; unknown if none does and a part of the way has no tile. No diffraction, no trees, no houses: not in the tiles.
 * The way is taken straight in degrees: 80 m off its middle over 60 km.
 */
export function sightOver(tiles: readonly HeightTile[], a: Mast, b: Mast, bending: number = RADIO_BENDING): Sight {
  const north = b.latitudeDeg - a.latitudeDeg;
  const east = b.longitudeDeg - a.longitudeDeg;
  const cos = Math.cos(((a.latitudeDeg + b.latitudeDeg) / 2) * (Math.PI / 180));
  const km = KM_PER_DEG * Math.hypot(north, east * cos);
  const footA = groundM(tiles, a.latitudeDeg, a.longitudeDeg);
  const footB = groundM(tiles, b.latitudeDeg, b.longitudeDeg);
  if (Number.isNaN(footA) || Number.isNaN(footB)) return "unknown";
  const [topA, topB] = [footA + a.aboveGroundM, footB + b.aboveGroundM];
  const steps = Math.max(1, Math.ceil(km / STEP_KM));
  let unknown = false;
  for (let i = 1; i < steps; i++) {
    const u = i / steps;
    const ground = groundM(tiles, a.latitudeDeg + u * north, a.longitudeDeg + u * east);
    if (Number.isNaN(ground)) unknown = true;
    const bulgeM = (1000 * u * (1 - u) * km * km) / (2 * bending * EARTH_RADIUS_KM);
    if (ground + bulgeM > topA + u * (topB - topA)) return "blocked";
  }
  return unknown ? "unknown" : "clear";
}

/** What a sight meets on that ground. */
export function sightAcross(terrain: Terrain, a: Mast, b: Mast, bending: number = RADIO_BENDING): Sight {
  if (terrain.kind === "tiles") return sightOver(terrain.tiles, a, b, bending);
  const cos = Math.cos(((a.latitudeDeg + b.latitudeDeg) / 2) * (Math.PI / 180));
  const km = KM_PER_DEG * Math.hypot(b.latitudeDeg - a.latitudeDeg, (b.longitudeDeg - a.longitudeDeg) * cos);
  const isSteep = Math.abs(a.aboveGroundM - b.aboveGroundM) >= 1000 * km * STEEP;
  return km <= FOREGROUND_KM || isSteep ? "clear" : "unknown";
}
