/** States between the nodes of a table: numbers go in and out in one array, where they are not boxed. */
import type { StateTable } from "./ephemeris.ts";

/** Length of a working state: position, velocity, acceleration (ECEF; km, s), then the fraction of the step. */
export const STATE_LENGTH = 10;
/** Place of the fraction of the step. */
export const FRACTION = 9;

/** Position and velocity at fraction `out[FRACTION]` of step `i`, by cubic Hermite; the weights are shared by the axes. */
export function stateInto({ rEcefKm: r, vEcefKmps: v, stepMs }: StateTable, i: number, out: Float64Array): void {
  const u = out[FRACTION] as number;
  const h = stepMs / 1000;
  const w = 1 - u;
  const a0 = w * w * (1 + 2 * u);
  const a1 = u * u * (3 - 2 * u);
  const b0 = w * w * u * h;
  const b1 = -u * u * w * h;
  const c = (6 * u * w) / h;
  const d0 = w * (1 - 3 * u);
  const d1 = u * (3 * u - 2);
  for (let j = 0, k = 3 * i; j < 3; j++, k++) {
    const r0 = r[k] as number;
    const r1 = r[k + 3] as number;
    const v0 = v[k] as number;
    const v1 = v[k + 3] as number;
    out[j] = a0 * r0 + a1 * r1 + b0 * v0 + b1 * v1;
    out[3 + j] = c * (r1 - r0) + d0 * v0 + d1 * v1;
  }
}

/** Acceleration of the same cubic. */
export function accelerationInto({ rEcefKm: r, vEcefKmps: v, stepMs }: StateTable, i: number, out: Float64Array): void {
  const u = out[FRACTION] as number;
  const h = stepMs / 1000;
  const e = (6 - 12 * u) / (h * h);
  const f0 = (6 * u - 4) / h;
  const f1 = (6 * u - 2) / h;
  for (let j = 0, k = 3 * i; j < 3; j++, k++) {
    out[6 + j] = e * ((r[k + 3] as number) - (r[k] as number)) + f0 * (v[k] as number) + f1 * (v[k + 3] as number);
  }
}
