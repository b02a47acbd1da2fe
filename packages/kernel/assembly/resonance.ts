/**
 * Resonance of synchronous and half-day orbits with the Earth's field (Hoots, Schumacher and Glover 2004, section on
 * resonance; Vallado et al. 2006, `dspace`): Euler-Maclaurin steps of 720 minutes from epoch. The last step and its
 * rates stay in the record: the next state goes on from there where it is as far or farther on the same side of epoch.
 * The grid of steps is always the same one, so the result is that of a fresh start, bit for bit.
 */
import * as K from "../src/scalar-record";
import { cosine, sine } from "./scalar-math";

const STEP_MIN: f64 = 720.0;
const HALF_STEP_SQUARED: f64 = 259200.0;

/** Resonant mean motion and mean longitude, as `resonate` left them. */
export let resonantMotion: f64 = 0.0;
export let resonantLongitude: f64 = 0.0;

// One term of the mean motion's rate, and that term's own rate per radian: `pair` holds the amplitudes of the sine and
// of minus the cosine.

// @ts-ignore: decorator
@inline function term(record: usize, pair: i32, sin: f64, cos: f64): f64 {
  const at = record + ((K.RESONANCE + 2 * pair) << 3);
  return load<f64>(at) * sin - load<f64>(at, 8) * cos;
}

// @ts-ignore: decorator
@inline function slope(record: usize, pair: i32, sin: f64, cos: f64): f64 {
  const at = record + ((K.RESONANCE + 2 * pair) << 3);
  return load<f64>(at) * cos + load<f64>(at, 8) * sin;
}

/** Arguments l, 2 l, 3 l. */
function synchronousRates(record: usize): void {
  const longitude = load<f64>(record, K.XLI * 8);
  const s1 = sine(longitude);
  const c1 = cosine(longitude);
  const s2 = 2.0 * s1 * c1;
  const c2 = 1.0 - 2.0 * s1 * s1;
  const s3 = s2 * c1 + c2 * s1;
  const c3 = c2 * c1 - s2 * s1;
  const rate = load<f64>(record, K.XNI * 8) + load<f64>(record, K.XFACT * 8);
  const xndt = term(record, 0, s1, c1) + term(record, 1, s2, c2) + term(record, 2, s3, c3);
  const perRad = slope(record, 0, s1, c1) + 2.0 * slope(record, 1, s2, c2) + 3.0 * slope(record, 2, s3, c3);
  store<f64>(record, rate, K.XLDOT * 8);
  store<f64>(record, xndt, K.XNDT * 8);
  store<f64>(record, perRad * rate, K.XNDDT * 8);
}

/** Arguments l, l + w, l - w, l + 2 w, then 2 l, 2 l + w, 2 l - w, 2 l + 2 w. */
function halfDayRates(record: usize): void {
  const perigee = load<f64>(record, K.ARGPO * 8) + load<f64>(record, K.ARGPDOT * 8) * load<f64>(record, K.ATIME * 8);
  const longitude = load<f64>(record, K.XLI * 8);
  const sw = sine(perigee);
  const cw = cosine(perigee);
  const sl = sine(longitude);
  const cl = cosine(longitude);
  const sPlus = sl * cw + cl * sw;
  const cPlus = cl * cw - sl * sw;
  const sMinus = sl * cw - cl * sw;
  const cMinus = cl * cw + sl * sw;
  const sPlus2 = sPlus * cw + cPlus * sw;
  const cPlus2 = cPlus * cw - sPlus * sw;
  const s2l = 2.0 * sl * cl;
  const c2l = 1.0 - 2.0 * sl * sl;
  const s2lPlus = sPlus * cl + cPlus * sl;
  const c2lPlus = cPlus * cl - sPlus * sl;
  const s2lMinus = sMinus * cl + cMinus * sl;
  const c2lMinus = cMinus * cl - sMinus * sl;
  const s2Plus = 2.0 * sPlus * cPlus;
  const c2Plus = 1.0 - 2.0 * sPlus * sPlus;
  const once =
    term(record, 0, sl, cl) +
    term(record, 1, sPlus, cPlus) +
    (term(record, 2, sMinus, cMinus) + term(record, 3, sPlus2, cPlus2));
  const twice =
    term(record, 4, s2l, c2l) +
    term(record, 5, s2lPlus, c2lPlus) +
    (term(record, 6, s2lMinus, c2lMinus) + term(record, 7, s2Plus, c2Plus));
  const oncePerRad =
    slope(record, 0, sl, cl) +
    slope(record, 1, sPlus, cPlus) +
    (slope(record, 2, sMinus, cMinus) + slope(record, 3, sPlus2, cPlus2));
  const twicePerRad =
    slope(record, 4, s2l, c2l) +
    slope(record, 5, s2lPlus, c2lPlus) +
    (slope(record, 6, s2lMinus, c2lMinus) + slope(record, 7, s2Plus, c2Plus));
  const rate = load<f64>(record, K.XNI * 8) + load<f64>(record, K.XFACT * 8);
  store<f64>(record, rate, K.XLDOT * 8);
  store<f64>(record, once + twice, K.XNDT * 8);
  store<f64>(record, (oncePerRad + 2.0 * twicePerRad) * rate, K.XNDDT * 8);
}

function rates(record: usize, kind: i32): void {
  if (kind === K.KIND_HALF_DAY) halfDayRates(record);
  else synchronousRates(record);
}

function restart(record: usize, kind: i32): void {
  store<f64>(record, 0.0, K.ATIME * 8);
  store<f64>(record, load<f64>(record, K.XLAMO * 8), K.XLI * 8);
  store<f64>(record, load<f64>(record, K.NO * 8), K.XNI * 8);
  rates(record, kind);
}

function advance(record: usize, kind: i32, stepMin: f64): void {
  const xndt = load<f64>(record, K.XNDT * 8);
  const turned = load<f64>(record, K.XLDOT * 8) * stepMin + xndt * HALF_STEP_SQUARED;
  const gained = xndt * stepMin + load<f64>(record, K.XNDDT * 8) * HALF_STEP_SQUARED;
  store<f64>(record, load<f64>(record, K.XLI * 8) + turned, K.XLI * 8);
  store<f64>(record, load<f64>(record, K.XNI * 8) + gained, K.XNI * 8);
  store<f64>(record, load<f64>(record, K.ATIME * 8) + stepMin, K.ATIME * 8);
  rates(record, kind);
}

/** Sets `resonantMotion` and `resonantLongitude` so many minutes after epoch. `minutes` must be finite. */
export function resonate(record: usize, kind: i32, minutes: f64): void {
  const atMin = load<f64>(record, K.ATIME * 8);
  // A new record's `ATIME` is NaN, which is neither.
  const goesOn = atMin === 0.0 || (minutes * atMin > 0.0 && abs<f64>(minutes) >= abs<f64>(atMin));
  if (!goesOn) restart(record, kind);
  const stepMin = minutes > 0.0 ? STEP_MIN : -STEP_MIN;
  while (abs<f64>(minutes - load<f64>(record, K.ATIME * 8)) >= STEP_MIN) advance(record, kind, stepMin);
  const ft = minutes - load<f64>(record, K.ATIME * 8);
  const xndt = load<f64>(record, K.XNDT * 8);
  resonantMotion = load<f64>(record, K.XNI * 8) + xndt * ft + load<f64>(record, K.XNDDT * 8) * ft * ft * 0.5;
  resonantLongitude = load<f64>(record, K.XLI * 8) + load<f64>(record, K.XLDOT * 8) * ft + xndt * ft * ft * 0.5;
}
