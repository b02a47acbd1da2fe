/** Kepler's equation in the theory's vector form: u = E + ayn cos E - axn sin E, for E. */
import { cosine, SMALL_RAD, sine, smallCosine, smallSine, withinTurn } from "./scalar-math";

/** What `solveKepler` found. */
export let sinE: f64 = 0.0;
export let cosE: f64 = 0.0;

/** Square of the largest eccentricity for which the short way holds: 1/64. */
const SMALL_ECC2: f64 = 0.000244140625;

/** Sets `sinE` and `cosE`. */
export function solveKepler(uRad: f64, axn: f64, ayn: f64, ecc2: f64): void {
  if (ecc2 < SMALL_ECC2) nearlyCircular(uRad, axn, ayn);
  else iterate(withinTurn(uRad), axn, ayn);
}

/**
 * E - u by series about u, off by e^5 / 2 at most, then one Newton step whose slope comes from the series too: within
 * 1e-16 for one division and one sine and cosine.
 */
// @ts-ignore: decorator
@inline function nearlyCircular(uRad: f64, axn: f64, ayn: f64): void {
  const sinU = sine(uRad);
  const cosU = cosine(uRad);
  const es = axn * sinU - ayn * cosU;
  const ec = axn * cosU + ayn * sinU;
  const inverse = 1.0 / (1.0 - ec);
  const d0 = es * inverse;
  const d1 = d0 - d0 * d0 * (0.5 * es + ec * d0 * 0.16666666666666666) * inverse;
  const sinD = smallSine(d1);
  const cosD = smallCosine(d1);
  const sin1 = sinU * cosD + cosU * sinD;
  const cos1 = cosU * cosD - sinU * sinD;
  const d2 = (axn * sin1 - ayn * cos1 - d1) * inverse * (1.0 - es * d1 * inverse);
  sinE = sin1 + cos1 * d2;
  cosE = cos1 - sin1 * d2;
}

/**
 * Newton with bounded steps, ten at most, as Vallado et al. (2006) have it: where it does not end well, nor do they.
 * After a small step the sine and cosine are turned, not worked out anew.
 */
function iterate(uRad: f64, axn: f64, ayn: f64): void {
  let e = uRad;
  let sin = sine(e);
  let cos = cosine(e);
  for (let i = 1; i <= 10; i++) {
    let step = (uRad - ayn * cos + axn * sin - e) / (1.0 - cos * axn - sin * ayn);
    if (abs<f64>(step) >= 0.95) step = copysign<f64>(0.95, step);
    // Their last step goes unused too; so does a NaN.
    if (i === 10 || !(abs<f64>(step) >= 1e-12)) break;
    e += step;
    if (abs<f64>(step) <= SMALL_RAD) {
      const sinStep = smallSine(step);
      const cosStep = smallCosine(step);
      const turned = sin * cosStep + cos * sinStep;
      cos = cos * cosStep - sin * sinStep;
      sin = turned;
    } else {
      sin = sine(e);
      cos = cosine(e);
    }
  }
  sinE = sin;
  cosE = cos;
}
