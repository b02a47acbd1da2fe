/**
 * The Earth's shadow: whether the Sun's disc, seen from a platform, stands clear of the Earth.
 *
 * The conical shadow (Montenbruck and Gill, Satellite Orbits, 2000, section 3.4.2; Vallado 2013, section 5.3), with the
 * Sun's finite disc and distance, asked of one sight line: that to the point of the Sun's limb nearest to the Earth
 * (penumbra) or farthest from it (umbra). The Earth is the ellipsoid, made a sphere by stretching its axis, which leaves
 * lines straight (a sphere would be up to 3 s off in low orbit). No atmosphere: refraction dims the last second or two.
 */
import { WGS84_A_KM, WGS84_F } from "./wgs84.ts";

/** IAU 2015 resolution B3, nominal. */
const SUN_RADIUS_KM = 695_700;

/** Three coordinates, Earth-fixed, km. */
type Vector = ArrayLike<number>;

/** Which point of the Sun's limb: that nearest to the Earth as the platform sees it, or that farthest from it. */
export type Limb = "nearest" | "farthest";

/**
 * By how much the sight line from a platform at `rKm` to the Sun's limb clears the Earth, km; negative where it is hidden.
 * The kilometres are those of the stretched Earth: true ones at the equator, 0.3 % long at the poles.
 * `flattening`: 0 for a sphere of the equatorial radius.
 */
export function limbClearanceKm(rKm: Vector, sunKm: Vector, limb: Limb, flattening: number = WGS84_F): number {
  const [x, y, z] = [rKm[0] as number, rKm[1] as number, rKm[2] as number];
  const [wx, wy, wz] = [(sunKm[0] as number) - x, (sunKm[1] as number) - y, (sunKm[2] as number) - z];
  const distance = Math.sqrt(wx * wx + wy * wy + wz * wz);
  const [sx, sy, sz] = [wx / distance, wy / distance, wz / distance];
  // From the Sun's centre to its limb: across the sight line, towards the Earth's centre.
  const along = x * sx + y * sy + z * sz;
  const [cx, cy, cz] = [along * sx - x, along * sy - y, along * sz - z];
  const across = Math.sqrt(cx * cx + cy * cy + cz * cz) || 1;
  const sin = ((limb === "nearest" ? 1 : -1) * SUN_RADIUS_KM) / distance;
  const [side, ahead] = [sin / across, Math.sqrt(1 - sin * sin)];
  const stretch = 1 / (1 - flattening);
  const [dx, dy] = [sx * ahead + cx * side, sy * ahead + cy * side];
  const [dz, q] = [(sz * ahead + cz * side) * stretch, z * stretch];
  const t = (x * dx + y * dy + q * dz) / (dx * dx + dy * dy + dz * dz);
  // Ahead the Earth is passed at the foot of the perpendicular; behind, the platform itself is nearest.
  const back = Math.min(0, t);
  return Math.hypot(x - back * dx, y - back * dy, q - back * dz) - WGS84_A_KM;
}

/** Sunlit: the whole disc is clear. Umbra: none of it is. Penumbra: between. Earth-fixed, km. */
export function shadowAt(rKm: Vector, sunKm: Vector, flattening: number = WGS84_F): "sunlit" | "penumbra" | "umbra" {
  if (limbClearanceKm(rKm, sunKm, "nearest", flattening) >= 0) return "sunlit";
  return limbClearanceKm(rKm, sunKm, "farthest", flattening) >= 0 ? "penumbra" : "umbra";
}
