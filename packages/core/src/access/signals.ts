/**
 * Each constraint on a look as a signal over time.
 *
 * Cosines and kilometres instead of angles: smooth where an angle has a cusp, at nadir and at the zenith.
 */
import type { Site } from "../geo/position.ts";
import { limbClearanceKm } from "../geo/shadow.ts";
import { sunEcefKm, sunEcefUnit } from "../geo/sun.ts";
import { ecefOf, geodeticOf, upOf } from "../geo/wgs84.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { positionInto } from "../orbit/table.ts";
import type { Signal } from "../time/above.ts";

/** Sight between satellites is lost where the Earth and its denser air stand between. */
const GRAZING_KM = 6371 + 80;

export type Vector = readonly [x: number, y: number, z: number];

/** Earth-fixed, km. */
export const vectorOf = (site: Site): Vector => {
  const { xKm, yKm, zKm } = ecefOf(site);
  return [xKm, yKm, zKm];
};

/** Distance from site to platform. */
export function rangeSignal(table: StateTable, site: Site): Signal {
  const [sx, sy, sz] = vectorOf(site);
  const at = new Float64Array(3);
  return (utcMs) => {
    positionInto(table, utcMs, at);
    return Math.hypot((at[0] as number) - sx, (at[1] as number) - sy, (at[2] as number) - sz);
  };
}

/** Cosine of the angle at the platform between geodetic nadir and the site. */
export function cosOffNadirSignal(table: StateTable, site: Site): Signal {
  const [sx, sy, sz] = vectorOf(site);
  const at = new Float64Array(3);
  return (utcMs) => {
    positionInto(table, utcMs, at);
    const [xKm, yKm, zKm] = [at[0] as number, at[1] as number, at[2] as number];
    const [ux, uy, uz] = upOf(geodeticOf({ frame: "ecef", xKm, yKm, zKm }));
    const [dx, dy, dz] = [xKm - sx, yKm - sy, zKm - sz];
    return (dx * ux + dy * uy + dz * uz) / Math.hypot(dx, dy, dz);
  };
}

/** Sine of the angle across the flight direction at which the site lies, from the Earth's centre; left positive, as in `sweep`. */
export function sinAcrossSignal(table: StateTable, site: Site): Signal {
  const [sx, sy, sz] = vectorOf(site);
  const siteKm = Math.hypot(sx, sy, sz);
  const [r, v] = [new Float64Array(3), new Float64Array(3)];
  return (utcMs) => {
    positionInto(table, utcMs, r);
    velocityInto(table, utcMs, v);
    const [x, y, z] = [r[0] as number, r[1] as number, r[2] as number];
    const [vx, vy, vz] = [v[0] as number, v[1] as number, v[2] as number];
    const [wx, wy, wz] = [y * vz - z * vy, z * vx - x * vz, x * vy - y * vx];
    return (sx * wx + sy * wy + sz * wz) / (Math.hypot(wx, wy, wz) * siteKm);
  };
}

/**
 * The nodes' own velocities, a cubic through four of them (Lagrange): SDP4's differs by 0.3 m/s from the slope of its
 * positions, which is degrees of heading where a platform all but stands still over the ground.
 */
function velocityInto({ firstMs, stepMs, count, vEcefKmps: v }: StateTable, utcMs: number, out: Float64Array): void {
  const x = (utcMs - firstMs) / stepMs;
  const i = Math.max(0, Math.min(Math.floor(x), count - 2));
  const u = x - i;
  const isInside = i > 0 && i + 2 < count && !Number.isNaN((v[3 * i - 3] as number) + (v[3 * i + 6] as number));
  const w = isInside
    ? [(-u * (u - 1) * (u - 2)) / 6, ((u * u - 1) * (u - 2)) / 2, (-u * (u + 1) * (u - 2)) / 2, (u * (u * u - 1)) / 6]
    : [0, 1 - u, u, 0];
  for (let j = 0; j < 3; j++) {
    const k = 3 * i + j;
    out[j] = (w[1] as number) * (v[k] as number) + (w[2] as number) * (v[k + 3] as number);
    if (isInside)
      out[j] = (out[j] as number) + (w[0] as number) * (v[k - 3] as number) + (w[3] as number) * (v[k + 6] as number);
  }
}

/** Where the platform stands in the site's sky: azimuth from north by east, 0 to 360, and elevation, degrees, into `out`. */
export function skyInto(table: StateTable, site: Site): (utcMs: number, out: Float64Array) => void {
  const [sx, sy, sz] = vectorOf(site);
  const [ux, uy, uz] = upOf(site);
  const longitudeRad = (site.longitudeDeg * Math.PI) / 180;
  const [ex, ey] = [-Math.sin(longitudeRad), Math.cos(longitudeRad)];
  // North is up times east.
  const [nx, ny, nz] = [-uz * ey, uz * ex, ux * ey - uy * ex];
  const at = new Float64Array(3);
  return (utcMs, out) => {
    positionInto(table, utcMs, at);
    const [dx, dy, dz] = [(at[0] as number) - sx, (at[1] as number) - sy, (at[2] as number) - sz];
    const [east, north] = [dx * ex + dy * ey, dx * nx + dy * ny + dz * nz];
    const azimuth = (Math.atan2(east, north) * 180) / Math.PI;
    out[0] = azimuth < 0 ? azimuth + 360 : azimuth;
    out[1] = (Math.atan2(dx * ux + dy * uy + dz * uz, Math.hypot(east, north)) * 180) / Math.PI;
  };
}

/** Sine of the elevation of the Sun's centre at the site. */
export function sinSunSignal(site: Site): Signal {
  const [ux, uy, uz] = upOf(site);
  return (utcMs) => {
    const [sx, sy, sz] = sunEcefUnit(utcMs);
    return sx * ux + sy * uy + sz * uz;
  };
}

/** By how much the whole of the Sun's disc, seen from the platform, clears the Earth, km: below 0 from the edge of the penumbra. */
export function sunlightSignal(table: StateTable): Signal {
  const at = new Float64Array(3);
  return (utcMs) => {
    positionInto(table, utcMs, at);
    return limbClearanceKm(at, sunEcefKm(utcMs), "nearest");
  };
}

/** By how much the straight line between two satellites clears a sphere 80 km above the Earth's mean radius, km. */
export function sightSignal(table: StateTable, other: StateTable): Signal {
  const [a, b] = [new Float64Array(3), new Float64Array(3)];
  return (utcMs) => {
    positionInto(table, utcMs, a);
    positionInto(other, utcMs, b);
    return clearanceKm(a, b) - GRAZING_KM;
  };
}

/** Least distance of the segment from a to b to the Earth's centre, km. */
function clearanceKm(a: Float64Array, b: Float64Array): number {
  const [ax, ay, az] = [a[0] as number, a[1] as number, a[2] as number];
  const [dx, dy, dz] = [(b[0] as number) - ax, (b[1] as number) - ay, (b[2] as number) - az];
  const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy + az * dz) / (dx * dx + dy * dy + dz * dz)));
  return Math.hypot(ax + t * dx, ay + t * dy, az + t * dz);
}
