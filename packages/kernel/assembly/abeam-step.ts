/** The constants of one step between nodes: what cells meet as they come abeam (`abeam.ts`). */

// A step's constants, places in doubles. r = R0 + R1 u + R2 u^2 + R3 u^3 (km); v = A + B u + C u^2 (km a step).
export const R: usize = 0;
export const A: usize = 12;
export const B: usize = 15;
export const C: usize = 18;
/** Minus the coefficients of r . v. */
export const Q: usize = 21;
/** Velocity at the later node, and minus r . v there: the same operations as the next step's A and Q. */
export const A1: usize = 27;
export const Q1: usize = 30;
/** Direction of the Sun at the earlier node, and its change in the step. */
export const SUN: usize = 31;
export const SUN_CHANGE: usize = 34;
/** Factor of x and y in the geodetic nadir (x q, y q, z), and its change. */
export const NADIR: usize = 37;
export const NADIR_CHANGE: usize = 38;
/** Unit normal of the track's plane at the earlier node. */
export const NORMAL: usize = 39;
/** Greatest speed at the nodes, km a step. */
export const SPEED: usize = 42;
export const STEP_LENGTH: usize = 43;

const EARTH_KM: f64 = 6371.0;
const WGS84_A_KM: f64 = 6378.137;
const WGS84_E2: f64 = 0.0066943799901413165;

// @ts-ignore: decorator
@inline export function get(step: usize, place: usize): f64 {
  return load<f64>(step + (place << 3));
}
// @ts-ignore: decorator
@inline function put(step: usize, place: usize, value: f64): void {
  store<f64>(step + (place << 3), value);
}
/** Dot product of the vectors at two places. */
// @ts-ignore: decorator
@inline function dot(step: usize, a: usize, b: usize): f64 {
  return (
    load<f64>(step + (a << 3)) * load<f64>(step + (b << 3)) +
    load<f64>(step + (a << 3), 8) * load<f64>(step + (b << 3), 8) +
    load<f64>(step + (a << 3), 16) * load<f64>(step + (b << 3), 16)
  );
}

/** Factor q of the geodetic nadir: the normal of the ellipsoid below is along (x q, y q, z). */
function nadirFactor(x: f64, y: f64, z: f64): f64 {
  const radius = sqrt<f64>(x * x + y * y + z * z);
  const sine = z / radius;
  const n = WGS84_A_KM / sqrt<f64>(1.0 - WGS84_E2 * sine * sine);
  return 1.0 - (WGS84_E2 * n) / (n + radius - EARTH_KM);
}

/**
 * Sets the constants of the step that begins at a node. `states`: six arrays, `stride` bytes apart, at the node (ECEF; km,
 * km/s). `sun`: unit vectors, three doubles a node.
 */
export function setStep(step: usize, states: usize, stride: usize, sun: usize, stepS: f64): void {
  let speed0 = 0.0;
  let speed1 = 0.0;
  for (let axis: usize = 0; axis < 3; axis++) {
    const r0 = load<f64>(states + axis * stride);
    const r1 = load<f64>(states + axis * stride, 8);
    const v0 = load<f64>(states + (axis + 3) * stride) * stepS;
    const v1 = load<f64>(states + (axis + 3) * stride, 8) * stepS;
    const d = r1 - r0;
    const r2 = 3.0 * d - 2.0 * v0 - v1;
    const r3 = v0 + v1 - 2.0 * d;
    put(step, R + axis, r0);
    put(step, R + 3 + axis, v0);
    put(step, R + 6 + axis, r2);
    put(step, R + 9 + axis, r3);
    put(step, A + axis, v0);
    put(step, B + axis, 2.0 * r2);
    put(step, C + axis, 3.0 * r3);
    put(step, A1 + axis, v1);
    // The later node stands in for the normal until it is set.
    put(step, NORMAL + axis, r1);
    const s = load<f64>(sun + (axis << 3));
    put(step, SUN + axis, s);
    put(step, SUN_CHANGE + axis, load<f64>(sun + (axis << 3), 24) - s);
    speed0 += v0 * v0;
    speed1 += v1 * v1;
  }
  put(step, SPEED, sqrt<f64>(max<f64>(speed0, speed1)));
  put(step, Q, -dot(step, R, A));
  put(step, Q + 1, -(dot(step, R, B) + dot(step, R + 3, A)));
  put(step, Q + 2, -(dot(step, R, C) + dot(step, R + 3, B) + dot(step, R + 6, A)));
  put(step, Q + 3, -(dot(step, R + 3, C) + dot(step, R + 6, B) + dot(step, R + 9, A)));
  put(step, Q + 4, -(dot(step, R + 6, C) + dot(step, R + 9, B)));
  put(step, Q + 5, -dot(step, R + 9, C));
  put(step, Q1, -dot(step, NORMAL, A1));
  const q = nadirFactor(get(step, R), get(step, R + 1), get(step, R + 2));
  put(step, NADIR, q);
  put(step, NADIR_CHANGE, nadirFactor(get(step, NORMAL), get(step, NORMAL + 1), get(step, NORMAL + 2)) - q);
  const wx = get(step, R + 1) * get(step, A + 2) - get(step, R + 2) * get(step, A + 1);
  const wy = get(step, R + 2) * get(step, A) - get(step, R) * get(step, A + 2);
  const wz = get(step, R) * get(step, A + 1) - get(step, R + 1) * get(step, A);
  const w = 1.0 / sqrt<f64>(wx * wx + wy * wy + wz * wz);
  put(step, NORMAL, wx * w);
  put(step, NORMAL + 1, wy * w);
  put(step, NORMAL + 2, wz * w);
}
