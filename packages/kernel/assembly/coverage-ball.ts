/** Whether a ball of cells is in reach as a whole, with bounds that err on the safe side. */
import * as K from "../src/coverage-record";
import * as abeam from "./abeam-step";
import { get } from "./abeam-step";
import {
  mode,
  sensorCount,
  step,
  cells,
  fromMs,
  toMs,
  startMs,
  limitKm,
  stepFromMs,
  stepMs,
  isKnownBefore,
  isKnownAfter,
  field,
  sensorAt,
  MS_PER_HOUR,
} from "./coverage-job";

export const OUT: i32 = 0;
export const IN: i32 = 1;
export const UNSURE: i32 = 2;
/** The Sun's motion over the ground, radians a millisecond. */
const SUN_RADPMS: f64 = 7.3e-8;
/** How far on the satellite may be for the bounds to hold: 4 degrees of a low orbit. */
const MOST_ALONG_KM: f64 = 500.0;
/** More than rounding moves a cosine. */
const HAIR: f64 = 1e-9;

/** The hour of all moments of the ball decided last; -1: not one alone. */
export let hour: i32 = -1;
/** Sensors (bits) that reach all of it by day, and that would but for the sun. */
export let byDay: u32 = 0;
export let byNight: u32 = 0;

/** Is the ball in reach as a whole? Sets `hour`, `byDay` and `byNight`; they are as good as it is certain. */
export function decide(node: usize): i32 {
  hour = -1;
  const x = field(node, K.CENTRE);
  const y = field(node, K.CENTRE + 1);
  const z = field(node, K.CENTRE + 2);
  const radius = field(node, K.RADIUS_KM);
  const speed = get(step, abeam.SPEED);
  const e0 = x * get(step, abeam.A) + y * get(step, abeam.A + 1) + z * get(step, abeam.A + 2) + get(step, abeam.Q);
  if (e0 < -radius * speed) return OUT;
  const h1 = x * get(step, abeam.A1) + y * get(step, abeam.A1 + 1) + z * get(step, abeam.A1 + 2) + get(step, abeam.Q1);
  if (h1 > radius * speed) return OUT;
  const aside = x * get(step, abeam.NORMAL) + y * get(step, abeam.NORMAL + 1) + z * get(step, abeam.NORMAL + 2);
  if (abs<f64>(aside) > limitKm + radius) return OUT;
  const e1 = x * get(step, abeam.B) + y * get(step, abeam.B + 1) + z * get(step, abeam.B + 2) + get(step, abeam.Q + 1);
  const e2 = x * get(step, abeam.C) + y * get(step, abeam.C + 1) + z * get(step, abeam.C + 2) + get(step, abeam.Q + 2);
  const q3 = get(step, abeam.Q + 3);
  const q4 = get(step, abeam.Q + 4);
  const q5 = get(step, abeam.Q + 5);
  let u = e0 / (e0 - h1);
  // Beyond its step by half of it the cubic still holds to a hundred metres.
  if (!(e0 > h1 && u > -0.5 && u < 1.5)) return UNSURE;
  const slope = e1 + u * (2.0 * e2 + u * (3.0 * q3 + u * (4.0 * q4 + u * 5.0 * q5)));
  if (!(slope < 0.0)) return UNSURE;
  const inverse = 1.0 / slope;
  u -= (e0 + u * (e1 + u * (e2 + u * (q3 + u * (q4 + u * q5))))) * inverse;
  u -= (e0 + u * (e1 + u * (e2 + u * (q3 + u * (q4 + u * q5))))) * inverse;
  // How much sooner or later a cell of the ball is abeam: what its slope may differ by is within the quarter more, as long as
  // the satellite is not far on.
  const rest = (e0 + u * (e1 + u * (e2 + u * (q3 + u * (q4 + u * q5))))) * inverse;
  const apart = -1.25 * radius * speed * inverse + 2.0 * abs<f64>(rest);
  if (!(u > -0.5 && u < 1.5 && apart * speed < MOST_ALONG_KM)) return UNSURE;
  const isTimed = timed(u, apart);
  if (isTimed === OUT) return OUT;
  const verdict = seen(node, u, apart);
  return verdict === IN && mode === K.MODE_MARK ? isTimed : verdict;
}

/** Are moments from `u` less `apart` to `u` more `apart` all of them asked for, or none? Sets `hour`. */
// @ts-ignore: decorator
@inline function timed(u: f64, apart: f64): i32 {
  const first = stepFromMs + (u - apart) * stepMs;
  const last = stepFromMs + (u + apart) * stepMs;
  if (last < fromMs || first >= toMs) return OUT;
  if (first < fromMs || last >= toMs) return UNSURE;
  // Of the steps beside this one it is known whether they are known, of others not.
  if (u - apart < -1.0 || u + apart > 2.0) return UNSURE;
  if ((u < apart && !isKnownBefore) || (u + apart > 1.0 && !isKnownAfter)) return UNSURE;
  const firstHour = <i32>floor<f64>((first - startMs) / MS_PER_HOUR);
  if (firstHour !== <i32>floor<f64>((last - startMs) / MS_PER_HOUR)) return UNSURE;
  hour = firstHour;
  return IN;
}

/**
 * Angles of the ball's centre at its moment abeam, and by how much those of its cells differ at most: a cell abeam is seen
 * from where the satellite is by then, so that only what lies across the velocity counts, and what the turn of the
 * velocity leaves along it.
 */
function seen(node: usize, u: f64, apart: f64): i32 {
  const radius = field(node, K.RADIUS_KM);
  const rx = cubic(abeam.R, u);
  const ry = cubic(abeam.R + 1, u);
  const rz = cubic(abeam.R + 2, u);
  const vx = quadratic(abeam.A, u);
  const vy = quadratic(abeam.A + 1, u);
  const vz = quadratic(abeam.A + 2, u);
  const ax = get(step, abeam.B) + 2.0 * u * get(step, abeam.C);
  const ay = get(step, abeam.B + 1) + 2.0 * u * get(step, abeam.C + 1);
  const az = get(step, abeam.B + 2) + 2.0 * u * get(step, abeam.C + 2);
  const dx = rx - field(node, K.CENTRE);
  const dy = ry - field(node, K.CENTRE + 1);
  const dz = rz - field(node, K.CENTRE + 2);
  const range = sqrt<f64>(dx * dx + dy * dy + dz * dz);
  const v = sqrt<f64>(vx * vx + vy * vy + vz * vz);
  const r = sqrt<f64>(rx * rx + ry * ry + rz * rz);
  const turn = (range * sqrt<f64>(ax * ax + ay * ay + az * az) * apart) / v;
  const climb = abs<f64>(rx * vx + ry * vy + rz * vz) / (r * v);
  const aside = radius * (1.05 + 2.0 * climb) + turn;
  if (!(range > 2.0 * aside)) return UNSURE;
  const ux = field(node, K.UP);
  const uy = field(node, K.UP + 1);
  const uz = field(node, K.UP + 2);
  const spread = field(node, K.SPREAD_RAD);
  const offRad = aside / (range - aside);
  const cosIncidence = (dx * ux + dy * uy + dz * uz) / range;
  const q = get(step, abeam.NADIR) + u * get(step, abeam.NADIR_CHANGE);
  const n = sqrt<f64>((rx * rx + ry * ry) * q * q + rz * rz);
  const cosOff = ((dx * rx + dy * ry) * q + dz * rz) / (range * n);
  const wx = ry * vz - rz * vy;
  const wy = rz * vx - rx * vz;
  const wz = rx * vy - ry * vx;
  const across = -(dx * wx + dy * wy + dz * wz) / sqrt<f64>(wx * wx + wy * wy + wz * wz);
  const sunX = get(step, abeam.SUN) + u * get(step, abeam.SUN_CHANGE);
  const sunY = get(step, abeam.SUN + 1) + u * get(step, abeam.SUN_CHANGE + 1);
  const sunZ = get(step, abeam.SUN + 2) + u * get(step, abeam.SUN_CHANGE + 2);
  const sinSun = ux * sunX + uy * sunY + uz * sunZ;
  const sunOff = spread + apart * stepMs * SUN_RADPMS + HAIR;
  return judged(cosIncidence, offRad + spread, cosOff, offRad, across, aside, sinSun, sunOff);
}

function judged(
  cosIncidence: f64,
  incidenceOff: f64,
  cosOff: f64,
  offOff: f64,
  across: f64,
  acrossOff: f64,
  sinSun: f64,
  sunOff: f64,
): i32 {
  const incidenceBy = byHowMuch(cosIncidence, incidenceOff);
  const offBy = byHowMuch(cosOff, offOff);
  if (cosIncidence + incidenceBy <= 0.0) return OUT;
  byDay = 0;
  byNight = 0;
  let isUnsure = false;
  for (let k = 0; k < sensorCount; k++) {
    const sensor = sensorAt(k);
    const isOffNadir = field(sensor, K.IS_OFF_NADIR) !== 0.0;
    const cos = isOffNadir ? cosOff : cosIncidence;
    const by = isOffNadir ? offBy : incidenceBy;
    const side = field(sensor, K.SIDE) * across;
    const isBoth = field(sensor, K.SIDE) === 0.0;
    if (cos + by < field(sensor, K.COS_MAX) || cos - by > field(sensor, K.COS_MIN)) continue;
    if (!isBoth && side < -acrossOff) continue;
    const isSure =
      cos - by > field(sensor, K.COS_MAX) &&
      (cos + by < field(sensor, K.COS_MIN)) &&
      (isBoth || side > acrossOff) &&
      cosIncidence - incidenceBy > 0.0;
    const sun = sinSun - field(sensor, K.SIN_MIN_SUN);
    if (!isSure || (mode === K.MODE_MARK && abs<f64>(sun) <= sunOff)) isUnsure = true;
    else if (sun > 0.0) byDay |= 1 << k;
    else byNight |= 1 << k;
  }
  return isUnsure ? UNSURE : (byDay | byNight) === 0 ? OUT : IN;
}

/** By how much the cosine of an angle changes at most where the angle does by `rad`. */
// @ts-ignore: decorator
@inline function byHowMuch(cos: f64, rad: f64): f64 {
  return sqrt<f64>(max<f64>(0.0, 1.0 - cos * cos)) * rad + 0.5 * rad * rad + HAIR;
}

// @ts-ignore: decorator
@inline function cubic(place: usize, u: f64): f64 {
  return get(step, place) + u * (get(step, place + 3) + u * (get(step, place + 6) + u * get(step, place + 9)));
}
// @ts-ignore: decorator
@inline function quadratic(place: usize, u: f64): f64 {
  return get(step, place) + u * (get(step, place + 3) + u * get(step, place + 6));
}
