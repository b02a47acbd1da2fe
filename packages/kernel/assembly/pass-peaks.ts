/** The highest point of a pass: at an end of it, or where the elevation turns. */
import * as K from "../src/pass-plan";
import { at, seen, seenBySgp4, sine, sineSlope, whole } from "./pass-geometry";

/** Interpolated this well, the sine of an elevation is good to 1e-6: more is SGP4's to say. */
const ENOUGH_SIN_KM: f64 = 2e-4;

/** When (whole ms) and the sine of the elevation then, of a pass from one instant to another. */
export function writePeak(plan: usize, index: i32, row: usize, fromMs: f64, toMs: f64): void {
  const site = whole(plan, K.SITES) + <usize>index * (K.SITE_LENGTH << 3);
  const firstMs = at(plan, K.FIRST_MS);
  const stepMs = at(plan, K.BASE_STEP_MS);
  const fill = at(plan, K.FILL);
  seen(plan, site, (fromMs - firstMs) / stepMs);
  let best = fromMs;
  let most = sine;
  seen(plan, site, (toMs - firstMs) / stepMs);
  if (sine > most) {
    best = toMs;
    most = sine;
  }
  const last = floor(((toMs - firstMs) / stepMs) * fill);
  let node = floor(((fromMs - firstMs) / stepMs) * fill);
  seen(plan, site, node / fill);
  let before = sineSlope;
  for (; node <= last; node += 1.0) {
    seen(plan, site, (node + 1.0) / fill);
    const after = sineSlope;
    if (before > 0 && after <= 0) {
      const steps = turnOfElevation(plan, site, node / fill, (node + 1.0) / fill);
      const ms = max(fromMs, min(toMs, firstMs + steps * stepMs));
      seen(plan, site, (ms - firstMs) / stepMs);
      if (sine > most) {
        best = ms;
        most = sine;
      }
    }
    before = after;
  }
  if (at(plan, K.ERROR_KM) > ENOUGH_SIN_KM) {
    seenBySgp4(plan, site, best);
    most = sine;
  }
  store<f64>(whole(plan, K.ROW_PEAK_MS) + (row << 3), floor(best + 0.5));
  store<f64>(whole(plan, K.ROW_PEAK_SIN) + (row << 3), min(1.0, most));
}

/** Where the slope of the elevation's sine is zero, by false position (Illinois), in base steps. */
function turnOfElevation(plan: usize, site: usize, from: f64, to: f64): f64 {
  let a = from;
  let b = to;
  seen(plan, site, a);
  let fa = sineSlope;
  seen(plan, site, b);
  let fb = sineSlope;
  let x = a;
  let side = 0;
  for (let n = 0; n < 60 && b - a > 1e-7; n++) {
    const last = x;
    x = n < 30 ? (fb * a - fa * b) / (fb - fa) : 0.5 * (a + b);
    seen(plan, site, x);
    if (sineSlope == 0 || abs(x - last) < 1e-8) break;
    if (sineSlope < 0) {
      b = x;
      fb = sineSlope;
      if (side == 1) fa *= 0.5;
      side = 1;
    } else {
      a = x;
      fa = sineSlope;
      if (side == -1) fb *= 0.5;
      side = -1;
    }
  }
  return x;
}
